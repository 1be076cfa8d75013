"""Which earlier applications of an item somebody may copy."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from yimen.applications.access import own_business
from yimen.applications.choices import Stage
from yimen.applications.models import Application
from yimen.city.choices import Duty
from yimen.identity.queries import same_person

if TYPE_CHECKING:
    from yimen.kit.actor import Actor

OFFERED = 20


def to_copy(item: int, subject: int, *, by: Actor, at: datetime) -> list[Application]:
    """Submitted ones of the same item and applicant that the actor may see, newest first."""
    rows = Application.objects.filter(subject__in=same_person(subject), item=item, stage=Stage.SUBMITTED)
    if Duty.CLERK not in by.duties:
        rows = rows.filter(own_business(by, at))
    return list(rows.select_related("item", "edition", "subject").defer("edition__document").order_by("-id")[:OFFERED])


def named(application: Application) -> str:
    """What tells it from the others: the first text that speaks of the matter, not of who applies."""
    for field in application.edition.doc.form_fields:
        value = application.answers.get(field.name)
        whose = (field.element or field.prefill or "").split(".")[0]
        if field.type.value == "text" and whose not in ("person", "org", "agent") and isinstance(value, str) and value:
            return value[:40]
    return ""
