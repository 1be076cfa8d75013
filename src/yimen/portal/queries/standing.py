"""In whose name somebody stands here: oneself, one's firms and wards, and what each lets one see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yimen.identity.access import SPEAKING
from yimen.identity.choices import MandateKind
from yimen.identity.queries import principals_of, same_person, subject
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound

if TYPE_CHECKING:
    from yimen.identity.models import Mandate, Subject


def oneself(actor: Actor) -> Subject:
    """Raises NotFound for an account without a person."""
    if actor.subject is None:
        raise NotFound("这个账号没有个人资料。")
    return subject(actor.subject)


def spoken_for(actor: Actor, at: datetime) -> list[Subject]:
    """Oneself, and those whose data and mandates one disposes of: firms one represents, wards."""
    if actor.subject is None:
        return []
    return [oneself(actor), *_once(each for each in principals_of(actor.subject, at) if each.kind in SPEAKING)]


def may_see_looks(actor: Actor, at: datetime) -> list[Subject]:
    """Whose looks one may read: those one speaks for, and firms whose handler one is for everything."""
    if actor.subject is None:
        return []
    held = principals_of(actor.subject, at)
    trusted = (each for each in held if each.kind in SPEAKING or (each.kind == MandateKind.HANDLER and not each.items))
    return [oneself(actor), *_once(trusted)]


def whose(those: Sequence[Subject], one: Subject, actor: Actor) -> list[dict[str, Any]]:
    """For a page that speaks of one of several: all of them, oneself first, and which one it is now."""
    return [
        {"pk": each.pk, "name": each.name, "own": actor.is_one(each.pk), "current": each.pk == one.pk} for each in those
    ]


def firms_of(actor: Actor, at: datetime) -> dict[int, list[Mandate]]:
    """The firms one acts for, each with the mandates under which one does."""
    found: dict[int, list[Mandate]] = {}
    for each in principals_of(actor.subject, at) if actor.subject is not None else ():
        if not each.principal.is_person:
            found.setdefault(each.principal_id, []).append(each)
    return found


def chosen(offered: Iterable[Subject], wanted: str | int | None) -> Subject:
    """The one whose number is asked for, the first where none is. Raises NotFound: of others one learns nothing."""
    rows = list(offered)
    if wanted in (None, ""):
        if rows:
            return rows[0]
        raise NotFound
    found = next((each for each in rows if str(wanted) in map(str, (each.pk, *same_person(each.pk)))), None)
    if found is None:
        raise NotFound
    return found


def _once(mandates: Iterable[Mandate]) -> list[Subject]:
    return list({each.principal_id: each.principal for each in mandates}.values())
