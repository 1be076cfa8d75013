"""What is decided about an item and does not count yet: people who plan ahead should know."""

from __future__ import annotations

from datetime import date

from yimen.catalog.choices import EditionState
from yimen.catalog.models import Edition


def coming(edition: Edition, *, today: date) -> Edition | None:
    """The edition that both offices approved and that takes the place of this one on a later day."""
    if not getattr(edition, "followed", True):
        return None
    rows = Edition.objects.filter(item=edition.item_id, state=EditionState.APPROVED, planned_from__gt=today)
    return rows.first()
