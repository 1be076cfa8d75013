"""May what a visitor wrote and handed in earlier serve other items? What they said, who wrote it down, on a sheet."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from yimen.applications.choices import WORDING, WORDINGS, Channel, Said
from yimen.applications.queries import consenting
from yimen.ui.words import people_datetime

if TYPE_CHECKING:
    from yimen.applications.models import ReuseConsent
    from yimen.identity.models import Subject


def page(visitor: Subject, at: datetime) -> dict[str, Any]:
    """What is read to them, what they have said so far, and the sheet to hand over while it counts."""
    said = consenting(visitor, at)
    row = said.given or said.last
    return {
        "wordings": [_(each) for each in WORDINGS[row.wording if said.given and row else WORDING]],
        "given": said.given,
        "last": said.last,
        "rows": _rows(visitor, row) if row else [],
    }


def asked(visitor: Subject, at: datetime) -> bool:
    """Have they said anything about it before?"""
    return consenting(visitor, at).asked


def _rows(visitor: Subject, row: ReuseConsent) -> list[dict[str, str]]:
    """Who, by whose word, when, where, and which clerk wrote it down."""
    at_window = f"{row.window.hall.name} {row.window.number} {row.window.name}" if row.window else ""
    facts = [
        (_("姓名（名称）"), visitor.name),
        (_("证件号码"), visitor.masked_number),
        (_("表示"), _("撤回同意") if row.revoked_at else _(Said(row.said).label)),
        (_("由谁表示"), row.voice or visitor.name),
        (_("时间"), people_datetime(row.revoked_at or row.said_at)),
        (_("方式"), _(Channel(row.channel).label)),
        (_("窗口"), at_window),
        (_("经办人员"), row.said_by.name if row.voice else ""),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]
