"""What may be changed now: everything in a draft; after submission what a notice, or a promise, keeps open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from yimen.applications.commands.refusals import NotOpen
from yimen.applications.models import Application
from yimen.applications.ports import Opening, opening
from yimen.applications.queries import lacking, owed, remember, whole
from yimen.kit.prepared import prepared


def lock(application: Application) -> Application:
    """Rows that point here may still come from others meanwhile: the lock leaves the key alone."""
    (locked,) = _locking(application.pk)
    return remember(locked)


@prepared
def _locking(key: int) -> QuerySet[Application]:
    return whole().select_for_update(of=("self",), no_key=True).filter(pk=key)


def touch(application: Application, at: datetime) -> None:
    application.saved_at = at
    application.save(update_fields=["saved_at"])


def require_open_fields(application: Application, answers: Mapping[str, Any]) -> None:
    if not application.is_draft and not set(answers) <= _open_now(application).fields:
        raise NotOpen


def require_open_material(application: Application, key: str) -> None:
    if not application.is_draft and key not in _open_now(application).materials:
        raise NotOpen


def _open_now(application: Application) -> Opening:
    """What a notice asks for, and whatever a changed answer brings up; what may come later while it has not come."""
    given = opening(application.number)
    materials, fields = set(given.materials), set(given.fields)
    if materials or fields:
        for lack in lacking(application):
            (fields if lack.kind == "field" else materials).add(lack.key)
    if given.owed:
        materials |= {each.key for each in owed(application)}
    return Opening(frozenset(materials), frozenset(fields), given.owed)
