"""How licences of a kind look: the layout of now, and those that older licences keep."""

from __future__ import annotations

from django.db.models import QuerySet

from yimen.vault.models import KindLayout


def layout_now(kind: int) -> KindLayout | None:
    """The newest layout of a kind; None for a kind that never got one."""
    return layouts_of(kind).first()


def layouts_of(kind: int) -> QuerySet[KindLayout]:
    """All layouts of a kind, the newest first."""
    return KindLayout.objects.filter(kind=kind).order_by("-version")
