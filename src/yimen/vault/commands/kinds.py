"""Defining kinds of licences."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.ledger.commands import record
from yimen.vault.choices import KindDocument
from yimen.vault.models import LicenceKind


@command
def define_kind(document: KindDocument, *, by: Actor, at: datetime) -> LicenceKind:
    """Make or change a kind of licence. Its serial (part of every identifier) is given once and stays."""
    values = {
        "name": document.name,
        "issuing_department": document.issuing_department,
        "holder_kind": document.holder_kind,
        "validity": document.validity or "",
        "validity_years": document.validity_years,
        "key_fields": list(document.key_fields),
        "note": document.note or "",
    }
    last = LicenceKind.objects.aggregate(last=Max("serial"))["last"] or 0
    kind, made = LicenceKind.objects.update_or_create(
        code=document.code, defaults=values, create_defaults={**values, "serial": last + 1}
    )
    record(f"licence_kind:{kind.code}", "defined" if made else "changed", by=by, at=at, fields=values["key_fields"])
    return kind
