"""Events carry news forward: an earlier room speaks, later rooms hear.

`hear(E, now=True, why=...)` runs in the speaker's transaction; `hear(E)` runs later as a job that is
deferred in the speaker's transaction, so it commits or vanishes with what it is about.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from yimen.kit.commands import together

E = TypeVar("E", bound="Event")

EVENTS: dict[str, type[Event]] = {}
HEARERS: dict[str, list[Hearer]] = {}


@dataclass(frozen=True)
class Event:
    """A fact in the past tense. Fields are numbers, strings and times only, so that it can be a job's argument."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        EVENTS[event_name(cls)] = cls


@dataclass(frozen=True)
class Hearer:
    event: str
    name: str
    run: Callable[[Any], None]
    now: bool
    why: str


def event_name(cls: type[Event]) -> str:
    """`cases.CaseAccepted`: the room and the class."""
    return f"{cls.__module__.split('.')[1]}.{cls.__name__}"


def hear(event: type[E], *, now: bool = False, why: str = "") -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a reaction. `now` needs a reason: it runs inside somebody else's transaction."""
    if now and not why:
        raise TypeError("a reaction that runs now must say why")

    def register(reaction: Callable[[E], None]) -> Callable[[E], None]:
        room = reaction.__module__.split(".")[1]
        hearer = Hearer(event_name(event), f"{room}.{reaction.__name__}", reaction, now, why)
        HEARERS.setdefault(hearer.event, []).append(hearer)
        return reaction

    return register


def speak(event: Event) -> None:
    """Tell everybody who hears: at once, or by a job of the same transaction."""
    hearers = HEARERS.get(event_name(type(event)), [])
    for hearer in hearers:
        if hearer.now:
            hearer.run(event)
    later = [hearer.name for hearer in hearers if not hearer.now]
    if later:
        _defer(event, later)


def _defer(event: Event, reactions: list[str]) -> None:
    name, facts = event_name(type(event)), pack(event)
    for reaction in reactions:
        together(_defer_all, {"event": name, "reaction": reaction, "facts": facts})


def _defer_all(jobs: list[dict[str, Any]]) -> None:
    from yimen.kit.tasks import deliver

    deliver.batch_defer(*jobs)


def pack(event: Event) -> dict[str, Any]:
    """The event as JSON values; times as ISO text."""
    return {key: _plain(value) for key, value in dataclasses.asdict(event).items()}


def unpack(name: str, facts: dict[str, Any]) -> Event:
    cls = EVENTS[name]
    kinds = {field.name: str(field.type) for field in dataclasses.fields(cls)}
    return cls(**{key: _typed(kinds[key], value) for key, value in facts.items()})


def hearer_named(event: str, reaction: str) -> Hearer:
    return next(hearer for hearer in HEARERS[event] if hearer.name == reaction)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _typed(kind: str, value: Any) -> Any:
    if value is None or not isinstance(value, str):
        return value
    if "datetime" in kind:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if "date" in kind else value
