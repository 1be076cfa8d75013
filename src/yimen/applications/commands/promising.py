"""A promise to bring material later that wasn't kept."""

from __future__ import annotations

from datetime import datetime

from yimen.applications import access
from yimen.applications.models import Document
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain


@command
def note_broken(document: Document, *, by: Actor, at: datetime) -> None:
    """What was promised hasn't come by its day: it counts against the applicant for a year. The platform, once."""
    access.require_system(by)
    if not Document.objects.filter(pk=document.pk, broken_at=None).update(broken_at=at):
        return
    material = document.application.edition.doc.material(document.material)
    ledger.record(
        case_chain(document.application.number), "promise_broken", by=by, at=at,
        material=document.material, names=material.name if material else document.material, document=document.pk,
    )  # fmt: skip
