"""Sockets: what later rooms add to a case: verbs of their own, what hinders a decision, lines of the case page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal

if TYPE_CHECKING:
    from yimen.cases.models import Case

# Says why an actor can't do a verb now; None when nothing stands in the way.
Check = Callable[["Case", Actor, datetime], Refusal | None]


@dataclass(frozen=True)
class VerbRule:
    """A verb as doors offer it. name: as in the API; label: on the button; check: why not, for this case and actor."""

    name: str
    label: str
    check: Check
    order: int = 50


VERBS: dict[str, VerbRule] = {}
HINDRANCES: list[Callable[[Case, str], Refusal | None]] = []
PARTS: dict[str, Callable[[Case, Actor, datetime], Any]] = {}


def plug_verb(rule: VerbRule) -> None:
    VERBS[rule.name] = rule


def plug_hindrance(hindrance: Callable[[Case, str], Refusal | None]) -> None:
    """A later room's reason why the case can't be decided with an outcome yet (an open review task)."""
    if hindrance not in HINDRANCES:
        HINDRANCES.append(hindrance)


def plug_part(name: str, part: Callable[[Case, Actor, datetime], Any]) -> None:
    """A later room's part of the case as the API and pages show it (`tasks`, `results`)."""
    PARTS[name] = part


def hindrance(case: Case, outcome: str) -> Refusal | None:
    return next((why for ask in HINDRANCES if (why := ask(case, outcome)) is not None), None)


def parts(case: Case, actor: Actor, at: datetime) -> Mapping[str, Any]:
    return {name: part(case, actor, at) for name, part in PARTS.items()}
