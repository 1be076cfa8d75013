"""Sockets: which case somebody works on (无办件不得调证), and which items issue a kind of licence anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound


@dataclass(frozen=True)
class Matter:
    """A case as the licence library needs it. Whoever asked for it may open the case at their desk.

    kinds: codes of the kinds that the item asks for, fills its form from, or gives. holders: the applicant and whoever
    acts for them, all their records. licences: those that were handed in. own: it is the asker's own case.
    url: its page at the desk. intake: not yet submitted; whoever asks takes it in at a window that may.
    """

    number: str
    item: str
    agency: int
    department: str
    open: bool
    kinds: frozenset[str]
    holders: frozenset[int]
    licences: frozenset[int]
    own: bool = False
    url: str = ""
    intake: bool = False


# case number -> its page at the desk
CasePage = Callable[[str], str]
_case_pages: list[CasePage] = []


def plug_case_page(page: CasePage) -> None:
    """The room that keeps the cases says where one is shown."""
    _case_pages[:] = [page]


def case_page(number: str) -> str:
    """The address of the case that produced a licence, "" where nobody keeps cases."""
    return _case_pages[0](number) if number and _case_pages else ""


# case number, actor, instant -> the applicant's own page of the case, "" for whoever may not see it
OwnCasePage = Callable[[str, Actor, datetime], str]
_own_case_pages: list[OwnCasePage] = []


def plug_own_case_page(page: OwnCasePage) -> None:
    """The room that has people's pages says where somebody follows their own case."""
    _own_case_pages[:] = [page]


def own_case_page(number: str, by: Actor, at: datetime) -> str:
    """The address of the case that produced a licence, for its holder; "" where there is none, or not for them."""
    return _own_case_pages[0](number, by, at) if number and _own_case_pages else ""


@dataclass(frozen=True)
class Renewal:
    """An item that gives a kind of licence: where somebody whose licence ends goes on. agency: whose item it is."""

    agency: int
    label: str
    url: str


# Gives the case that the actor may open at the desk. Raises NotFound for every other number.
Desk = Callable[[str, Actor, datetime], Matter]
# Of each kind (code) the items that give it.
Renewals = Callable[[Collection[str]], Mapping[str, Sequence[Renewal]]]

_desks: list[Desk] = []
_renewals: list[Renewals] = []


def plug_desk(desk: Desk) -> None:
    """The room that keeps the cases says which one somebody works on."""
    _desks[:] = [desk]


def matter(number: str, by: Actor, at: datetime) -> Matter:
    """Raises NotFound where the actor may not open such a case, or no room keeps cases."""
    if not _desks:
        raise NotFound
    return _desks[0](number, by, at)


def plug_renewals(renewals: Renewals) -> None:
    """The room that has the pages of items says where a licence is renewed."""
    _renewals[:] = [renewals]


def renewals(kinds: Collection[str]) -> Mapping[str, Sequence[Renewal]]:
    """By kind; nothing where nobody plugged in."""
    return _renewals[0](kinds) if _renewals else {}
