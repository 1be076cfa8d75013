"""The instant of a request: read once, so that a command and its answer speak of the same moment."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from yimen.kit.time import now


def moment(request: HttpRequest) -> datetime:
    """When this request was first asked for its time."""
    known: datetime | None = getattr(request, "yimen_moment", None)
    if known is None:
        known = request.yimen_moment = now()  # type: ignore[attr-defined]
    return known
