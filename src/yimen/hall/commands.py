"""Giving windows their authority, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from yimen.hall import access
from yimen.hall.models import WindowAuthorisation
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid
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
    """An agency entrusts acceptance to a window, for all its items or the named ones. (许可法 24)

    Who may: the administrator, the hall manager, the leader of that agency, the platform. Raises Forbidden, Invalid.
    """
    access.require_entrusting(by, agency)
    _require_order(since, until)
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
def authorise_for_all(
    *,
    window: int,
    agencies: Sequence[int],
    since: date,
    document_no: str,
    decides_instant: bool,
    by: Actor,
    at: datetime,
) -> None:
    """One paper entrusts the acceptance of several agencies, for all their items, to a window: as `authorise`."""
    for agency in agencies:
        access.require_entrusting(by, agency)
    WindowAuthorisation.objects.bulk_create(
        WindowAuthorisation(
            window_id=window, agency_id=agency, decides_instant=decides_instant, document_no=document_no, since=since
        )
        for agency in agencies
    )
    ledger.record(
        f"window:{window}", "authorised", by=by, at=at, ground=document_no,
        agencies=list(agencies), decides_instant=decides_instant, since=since,
    )  # fmt: skip


@command
def withdraw(authorisation: WindowAuthorisation, *, until: date, reason: str, by: Actor, at: datetime) -> None:
    """The authorisation ends on a day. What was accepted under it stays accepted. Who may: as `authorise`."""
    access.require_entrusting(by, authorisation.agency_id)
    _require_order(authorisation.since, until)
    authorisation.until = until
    authorisation.save(update_fields=["until"])
    ledger.record(f"window:{authorisation.window_id}", "authority-ended", by=by, at=at, ground=reason, until=until)


def _require_order(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise Invalid(
            [{"field": "until", "code": "ends_before_it_begins", "message": "授权的截止日期不得早于开始日期。"}]
        )
