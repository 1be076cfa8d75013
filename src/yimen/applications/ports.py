"""Sockets: what the case, a later room, says about an application that was submitted; data services that prove what a

material would prove (数据共享).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from yimen.law.resolution import ServiceAnswer


@dataclass(frozen=True)
class Opening:
    """What may still be changed in a submitted application: the materials and fields of an open supplement notice.

    owed: the case is not decided yet, so that what may come later (容缺) may still come.
    """

    materials: frozenset[str] = field(default_factory=frozenset)
    fields: frozenset[str] = field(default_factory=frozenset)
    owed: bool = False


CLOSED = Opening()

_openings: list[Callable[[str], Opening]] = []


def plug_opening(ask: Callable[[str], Opening]) -> None:
    """The room that keeps cases says what is open for supplement, by number."""
    if ask not in _openings:
        _openings.append(ask)


def opening(number: str) -> Opening:
    return _openings[0](number) if _openings else CLOSED


# the records of one subject, the instant -> why they may not commit themselves, "" when nothing stands against it.
Bar = Callable[[Sequence[int], datetime], str]

_bars: list[Bar] = []


def plug_bar(ask: Bar) -> None:
    """A room that knows of serious bad credit bars its people from commitments (国办发〔2020〕42号)."""
    if ask not in _bars:
        _bars.append(ask)


def barred(subjects: Sequence[int], at: datetime) -> bool:
    """Does some room know a reason?"""
    return any(ask(subjects, at) for ask in _bars)


# the records of one subject, the instant -> what the service has, None when it doesn't answer or knows nothing.
Service = Callable[[Sequence[int], datetime], ServiceAnswer | None]

_services: dict[str, Service] = {}


def plug_service(code: str, ask: Service) -> None:
    """A room that reaches a data service of another department offers it under the code that materials name.

    It is asked within a page: whoever plugs it in answers in time or says None, and sees that the look is recorded.
    """
    _services[code] = ask


def unplug_service(code: str) -> None:
    """The service is no longer to be had."""
    _services.pop(code, None)


def answers_of(codes: Collection[str], subjects: Sequence[int], at: datetime) -> Mapping[str, ServiceAnswer]:
    """What the plugged services among these answer. One that fails is as if it weren't there."""
    found = {code: _services[code](subjects, at) for code in codes if code in _services}
    return {code: answer for code, answer in found.items() if answer is not None}
