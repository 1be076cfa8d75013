"""The sweep, and the cards it issues.

The sweep reads only clocks whose next look has come. Each look may issue cards, once per clock and rule, and lets the
law act where it acts by itself: silence becomes acceptance (许可法 32(4)), what was never supplemented is returned.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from yimen.cases import commands as cases
from yimen.cases import queries as case_queries
from yimen.city.queries import calendar, office_hours
from yimen.clocks import commands as clocks
from yimen.clocks import queries as clock_queries
from yimen.identity import queries as people
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.kit.events import speak
from yimen.kit.time import day_of
from yimen.law import cards as legal
from yimen.law.clocks import ClockKind
from yimen.law.limits import Limit, Unit
from yimen.law.states import State
from yimen.ledger import commands as ledger
from yimen.supervision.choices import correction_matter
from yimen.supervision.events import CardIssued
from yimen.supervision.models import Card

if TYPE_CHECKING:
    from yimen.cases.models import Case
    from yimen.clocks.models import Clock
    from yimen.identity.models import Correction

log = logging.getLogger(__name__)
BATCH = 500
SOURCE = "个人信息保护法 46、50；GB/T 35273-2020 8.7"


@dataclass
class Swept:
    """What one sweep did."""

    looked: int = 0
    issued: int = 0
    deemed: int = 0
    returned: int = 0
    failed: int = 0


def sweep(*, at: datetime, by: Actor | None = None) -> Swept:
    """Look at every clock that is due a look at `at`. One bad row never stops it: it is logged and tried again.

    Two sweeps at once do no harm: a card is unique per clock and rule, and a case moves only from the right state.
    """
    actor, done, after = by or Actor.system(), Swept(), 0
    while due := clock_queries.needing_look(at, after=after, size=BATCH):
        after = due[-1].pk
        _look_at(due, actor, at, done)
    return done


def correction_clock(days: int) -> clocks.Start:
    """How long an answer to a correction may take."""
    return clocks.Start(ClockKind.CORRECTION, Limit(days, Unit.NATURAL_DAY, SOURCE))


def untimed_corrections() -> list[Correction]:
    """Those that wait and have no clock: they were asked before corrections were timed."""
    waiting = people.waiting_corrections()
    timed = clock_queries.of_many([correction_matter(each.pk) for each in waiting], [ClockKind.CORRECTION])
    return [each for each in waiting if correction_matter(each.pk) not in timed]


@command
def time_corrections(*, by: Actor, at: datetime) -> int:
    """Whatever waits without a clock gets the one that it had had from its beginning, due on the day that was told.

    The platform. Gives how many there were.
    """
    found = untimed_corrections()
    for each in found:
        days = (each.due_on - day_of(each.asked_at)).days
        clocks.start(correction_matter(each.pk), [correction_clock(days)], agency=each.agency_id, at=each.asked_at)
    ledger.record("supervision", "corrections_timed", by=by, at=at, corrections=[each.pk for each in found])
    return len(found)


class Look(NamedTuple):
    """What one look found: the clocks that were looked at, the cards that were issued."""

    clocks: list[Clock]
    cards: list[Card]


@command
def issue_cards(due: Sequence[Clock], *, by: Actor, at: datetime) -> Look:
    """Issue what the rules hold against some clocks, and note when each is to be looked at next. Speaks CardIssued.

    Clocks that another sweep or a command has in hand are passed over; they stay due a look.
    """
    taken = clocks.to_look_at(due, at=at)
    found = case_queries.of_numbers(clock.about for clock in taken)
    wanted = [card for clock in taken if _stands(clock, found) for card in _cards(clock, found.get(clock.about), at)]
    known = set(Card.objects.filter(clock__in=taken).values_list("clock_id", "rule"))
    fresh = [card for card in wanted if (card.clock_id, card.rule) not in known]
    Card.objects.bulk_create(fresh, ignore_conflicts=True)
    clocks.looked(taken, at=at)
    ledger.record(
        "supervision", "cards", by=by, at=at, looked=len(taken), cards=[[card.number, card.rule] for card in fresh]
    )
    for card in fresh:
        speak(CardIssued(number=card.number, rule=card.rule, level=card.level, agency=card.agency_id, at=at))
    return Look(taken, fresh)


def _look_at(due: list[Clock], by: Actor, at: datetime, done: Swept) -> None:
    """Cards for a batch in one transaction; if it fails, one by one, so that the bad row is found and left."""
    try:
        looks = [issue_cards(due, by=by, at=at)]
    except Exception:
        log.exception("a batch of clocks failed, looking at them one by one")
        looks = [look for clock in due if (look := _look_alone(clock, by, at, done)) is not None]
    for look in looks:
        done.issued += len(look.cards)
        done.looked += len(look.clocks)
        for clock in look.clocks:
            _let_law_act(clock, by, at, done)


def _look_alone(clock: Clock, by: Actor, at: datetime, done: Swept) -> Look | None:
    try:
        return issue_cards([clock], by=by, at=at)
    except Exception:
        log.exception("clock %s of %s could not be looked at", clock.pk, clock.about)
        done.failed += 1
        return None


def _let_law_act(clock: Clock, by: Actor, at: datetime, done: Swept) -> None:
    """A clock on which the law could not act stays due a look. That somebody was quicker is no failure."""
    if not clock_queries.has_lapsed(clock, at):
        return
    try:
        with transaction.atomic():
            _lapse(clock, by, at, done)
    except Refusal as refusal:
        log.info("clock %s of %s: %s", clock.pk, clock.about, refusal.detail)
    except Exception:
        log.exception("the law could not act on clock %s of %s", clock.pk, clock.about)
        done.failed += 1


def _lapse(clock: Clock, by: Actor, at: datetime, done: Swept) -> None:
    if clock.kind not in (ClockKind.ACCEPTANCE, ClockKind.SUPPLEMENT):
        return
    case = case_queries.of_number(clock.about)
    if clock.kind == ClockKind.ACCEPTANCE and case.state == State.RECEIVED:
        cases.deem_accepted(case, by=by, at=at)
        done.deemed += 1
    elif clock.kind == ClockKind.SUPPLEMENT and case.state == State.SUPPLEMENT:
        cases.return_(case, by=by, at=at)
        done.returned += 1


def _stands(clock: Clock, cases: Mapping[str, Case]) -> bool:
    """Is there somebody a card about it can go to?"""
    return clock.about in cases or clock.kind == ClockKind.CORRECTION


def _cards(clock: Clock, case: Case | None, at: datetime) -> list[Card]:
    """The cards whose day has come."""
    facts = {
        "opened": clock_queries.opening(clock),
        "limit": clock_queries.limit_of(clock),
        "pauses": clock_queries.pauses_of(clock),
        "extension": clock.extension,
        "calendar": calendar(),
        "hours": office_hours(),
    }
    today = day_of(at)
    due = [each for each in legal.instants(kind=ClockKind(clock.kind), **facts) if each.day <= today]  # type: ignore[arg-type]
    return [
        Card(
            clock=clock,
            case=case,
            number=clock.about,
            agency_id=case.agency_id if case else clock.agency_id,
            rule=each.code,
            level=legal.BY_CODE[each.code].level,
            reason=legal.explain(each.code, day=each.day, **facts)[:300],  # type: ignore[arg-type]
            facts={"due_on": clock.due_on.isoformat(), "from": each.day.isoformat(), "extension": clock.extension},
            issued_at=at,
        )
        for each in due
    ]
