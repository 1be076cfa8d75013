"""Giving windows their authority, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from yimen.hall.models import WindowAuthorisation
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.ledger import commands as ledger


@command
def authorise(
    *,
    window: int,
    agency: int,
    since: date,
    by: Actor,
    at: datetime,
    items: Sequence[str] = (),
    decides_instant: bool = False,
    document_no: str = "",
    until: date | None = None,
) -> WindowAuthorisation:
    """An agency entrusts acceptance to a window, for all its items or the named ones. (许可法 24)"""
    given = WindowAuthorisation.objects.create(
        window_id=window,
        agency_id=agency,
        items=list(items),
        decides_instant=decides_instant,
        document_no=document_no,
        since=since,
        until=until,
    )
    ledger.record(
        f"window:{window}", "authorised", by=by, at=at, ground=document_no,
        agency=agency, items=list(items), decides_instant=decides_instant, since=since, until=until,
    )  # fmt: skip
    return given


@command
def withdraw(authorisation: WindowAuthorisation, *, until: date, reason: str, by: Actor, at: datetime) -> None:
    """The authorisation ends on a day. What was accepted under it stays accepted."""
    authorisation.until = until
    authorisation.save(update_fields=["until"])
    ledger.record(f"window:{authorisation.window_id}", "authority-ended", by=by, at=at, ground=reason, until=until)
