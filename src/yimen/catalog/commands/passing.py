"""A step on the way of an edition or a measure is written down."""

from __future__ import annotations

from datetime import datetime

from yimen.catalog.choices import PassageKind
from yimen.catalog.models import Edition, Measure, Passage
from yimen.kit.actor import Actor


def pass_on(thing: Edition | Measure, kind: PassageKind, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Who did it, from which post, and why."""
    Passage.objects.create(
        edition=thing if isinstance(thing, Edition) else None,
        measure=thing if isinstance(thing, Measure) else None,
        kind=kind,
        at=at,
        user=by.user,
        name=by.name,
        post=by.post_name,
        office=by.office_name,
        reason=reason,
    )
