"""Reading cases: one by number, lists by visibility, the public look-up, the replay against the ledger."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from yimen.applications.access import own_business
from yimen.applications.ports import CLOSED, Opening
from yimen.cases.access import visible
from yimen.cases.models import Case
from yimen.kit.actor import Actor
from yimen.kit.commands import memo
from yimen.kit.conditions import holds
from yimen.kit.errors import NotFound
from yimen.kit.paging import Page, page
from yimen.kit.prepared import prepared
from yimen.kit.rows import Among
from yimen.law.states import BEFORE_DECISION, State
from yimen.ledger.choices import case_chain
from yimen.ledger.commands import count_attempt, require_few_attempts
from yimen.ledger.queries import facts_of, stories

if TYPE_CHECKING:
    from yimen.ledger.models import Entry

JOINS = ("item", "edition", "subject", "agency", "window")

# The edition's document is kept by each process (catalog), and no verb asks for the profile: 20 KB of a row saved.
UNREAD = ("edition__document", "subject__profile")

# What a list has no use for: whole editions, sealed texts.
UNLISTED = ("password", "edition__document", "subject__profile")

# What entries must explain: every column that has a meaning in law.
REPLAYED = (
    "state", "version", "due_on", "received_at", "accepted_at", "accepted_by_id", "deemed", "decided_at",
    "decided_by_id", "outcome", "closed_at", "subject_id", "item_id", "edition_id", "agency_id",
)  # fmt: skip


class NoSuchCase(NotFound):
    code = "no_such_case"
    sentence = "没有找到编号为“{number}”的办件，请核对编号。"


class NoMatch(NotFound):
    """Deliberately the same for a wrong number and a wrong password: it never tells whether somebody has a case."""

    code = "no_match"
    sentence = "办件编号或者查询密码不正确，请核对回执上的编号和密码。"


def find(number: str, *, by: Actor, at: datetime) -> Case:
    """A case the actor may see; others are as if they didn't exist."""
    found = _numbered(number)
    if not found or not holds(visible(by, at), found[0]):
        raise NoSuchCase(number=number)
    return found[0]


def whole() -> QuerySet[Case]:
    """Cases with all that a verb or a page of one case asks for."""
    return Case.objects.select_related(*JOINS, "application").defer(*UNREAD)


def seen_by(actor: Actor, at: datetime) -> QuerySet[Case]:
    """All cases the actor may see."""
    return Case.objects.filter(visible(actor, at))


def listed(
    actor: Actor,
    at: datetime,
    *,
    states: list[str] | None = None,
    item: str = "",
    mine: bool = False,
    due_before: date | None = None,
    cursor: str | None = None,
    size: int = 50,
) -> Page[Case]:
    """A page of the cases one may see, newest first."""
    rows = seen_by(actor, at).select_related("item", "edition", "subject", "agency").defer(*UNLISTED)
    if states:
        rows = rows.filter(state__in=states)
    if item:
        rows = rows.filter(item__slug=item)
    if mine:
        rows = rows.filter(own_business(actor, at))
    if due_before:
        rows = rows.filter(due_on__lt=due_before)
    return page(rows, by=("-id",), cursor=cursor, size=size)


GUESSES_PER_HOUR = 20


def find_public(number: str, password: str, *, asker: str, at: datetime, limit: int) -> Case:
    """The public look-up by number and query password. Raises TooOften, NoMatch.

    Wrong guesses are counted per asker and minute, and per number and hour, so that six digits can't be tried out
    from many addresses; whether the number exists makes no difference.
    """
    wanted = number.strip().upper()[:40]
    by_asker, by_number = f"lookup:{asker}", f"lookup-of:{wanted}"
    require_few_attempts(by_asker, at=at, limit=limit)
    require_few_attempts(by_number, at=at, limit=GUESSES_PER_HOUR, hourly=True)
    found = Case.objects.select_related(*JOINS).defer(*UNREAD).filter(number=wanted).first()
    known = found.password if found else "------"
    if not hmac.compare_digest(known.encode(), password.strip().encode()) or found is None:
        count_attempt(by_asker, at=at, limit=limit)
        count_attempt(by_number, at=at, limit=GUESSES_PER_HOUR, hourly=True)
        raise NoMatch
    return found


def remember(case: Case) -> Case:
    """Within a command the locked row is the one that everybody gets: nobody else can change it meanwhile."""
    memo()[f"cases:{case.number}"] = case
    return case


def remembered(number: str) -> Case | None:
    """The row that this command has locked already."""
    known: Case | None = memo().get(f"cases:{number}")
    return known


def of_number(number: str) -> Case:
    """A case whoever asks: for later rooms, whose own rule of visibility holds. Raises NoSuchCase."""
    known = remembered(number)
    if known is not None:
        return known
    found = _numbered(number)
    if not found:
        raise NoSuchCase(number=number)
    return found[0]


@prepared
def _numbered(number: str) -> QuerySet[Case]:
    return whole().filter(number=number)


def of_numbers(numbers: Iterable[str]) -> dict[str, Case]:
    """Several cases by number, bare rows."""
    return Case.objects.in_bulk(set(numbers), field_name="number")


def in_agencies(agencies: Iterable[int]) -> QuerySet[Case]:
    """The cases of some agencies, for rooms that look over them."""
    return Case.objects.filter(Among("agency_id", agencies)).select_related("agency", "item")


def of_application(number: str) -> Case | None:
    return Case.objects.filter(application__number=number).select_related(*JOINS).defer(*UNREAD).first()


def opening(number: str) -> Opening:
    """What an open supplement notice lets the applicant change; before the decision also what may come later."""
    case = Case.objects.filter(number=number).only("state").prefetch_related("supplements").first()
    if case is None or State(case.state) not in BEFORE_DECISION:
        return CLOSED
    open_ones = [notice for notice in case.supplements.all() if notice.supplied_at is None]
    keys = (each["key"] for notice in open_ones for each in notice.materials)
    names = (each["name"] for notice in open_ones for each in notice.fields)
    return Opening(frozenset(keys), frozenset(names), owed=True)


def replay(size: int = 2000) -> Iterator[str]:
    """Every case whose row is not what its ledger entries make of it; the entries of many cases in one statement."""
    after = 0
    while batch := list(Case.objects.filter(pk__gt=after).order_by("pk")[:size]):
        told = stories(case_chain(case.number) for case in batch)
        for case in batch:
            yield from _differences(case, told.get(case_chain(case.number), []))
        after = batch[-1].pk


def _differences(case: Case, entries: list[Entry]) -> Iterator[str]:
    try:
        told = told_row(entries)
    except (KeyError, TypeError, ValueError, AttributeError):  # somebody wrote something else over an entry
        yield f"case {case.number}: its entries can't be read"
        return
    for name in REPLAYED:
        stored = plain(getattr(case, name))
        if told.get(name) != stored:
            yield f"case {case.number}: {name} is {stored!r}, the ledger says {told.get(name)!r}"


def told_row(entries: list[Entry]) -> dict[str, Any]:
    """The row as its entries tell it: later ones win."""
    row: dict[str, Any] = {}
    for entry in entries:
        row |= facts_of(entry).get("row", {})
    return row


def plain(value: Any) -> Any:
    """A column's value as the ledger writes it; instants in one zone, so that equal instants are equal texts."""
    if isinstance(value, datetime):
        from yimen.kit.time import local

        return local(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value
