"""My data on one page: copies to take away, what I asked to have put right, what is held and may be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.identity.choices import CorrectionWay, Finding
from yimen.identity.ports import Value
from yimen.identity.queries import copies_of, corrections_about, same_person, values_about
from yimen.kit.telling import translated
from yimen.kit.time import day_of
from yimen.law.masking import mask_numbers_in
from yimen.portal.queries.standing import spoken_for, whose
from yimen.vault.queries import facts, held_by

if TYPE_CHECKING:
    from yimen.identity.models import Correction, DataCopy, Subject
    from yimen.kit.actor import Actor

COPIES_SHOWN = 5


def page(one: Subject, actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything that the page shows."""
    copies = [_copy(each, at) for each in copies_of(one.pk, actor)[:COPIES_SHOWN]]
    return {
        "one": one,
        "own": actor.is_one(one.pk),
        "copies": copies,
        "making": any(each["making"] for each in copies),
        "corrections": [correction_row(each) for each in corrections_about(same_person(one.pk))],
        "whose": whose(spoken_for(actor, at), one, actor),
    }


def _copy(copy: DataCopy, at: datetime) -> dict[str, Any]:
    fresh = copy.until is not None and copy.until > at and copy.gone_at is None
    return {
        "asked_at": copy.asked_at,
        "making": copy.ready_at is None,
        "until": copy.until,
        "gone": copy.ready_at is not None and not fresh,
        "parts": [
            {"number": part.number, "size": part.size, "url": reverse("portal:copy_file", args=[copy.pk, part.number])}
            for part in copy.parts.all()
            if fresh
        ],
    }


def correction_row(row: Correction) -> dict[str, Any]:
    """One of them in words."""
    return {
        "label": translated(row.label),
        "source": translated(row.source_words),
        "was": row.was,
        "said": row.said,
        "noticed": row.way == CorrectionWay.NOTICED,
        "office": row.agency.name if row.agency else _("政务服务窗口"),
        "asked_at": row.asked_at,
        "due_on": row.due_on,
        "answered_at": row.answered_at,
        "corrected": row.finding in (Finding.CORRECTED, Finding.KNOWN),
        "finding": _(Finding(row.finding).label) if row.finding else "",
        "answer": row.answer,
    }


def sources(one: Subject) -> list[dict[str, Any]]:
    """What is held, by whose register it is, each value with the way to ask for its correction."""
    waiting = {(each.source, each.key) for each in corrections_about(same_person(one.pk)) if each.answered_at is None}
    groups = []
    for words, values in groupby(values_about(one), key=lambda value: (value.source, value.words)):
        rows = [
            {"value": value, "shown": mask_numbers_in(value.shown), "asked": (value.source, value.key) in waiting}
            for value in values
        ]
        groups.append({"title": words[1], "rows": rows})
    return groups


def licence_values(subjects: Sequence[int]) -> list[Value]:
    """What stands on the licences of somebody, for corrections: the office that issued one answers for it."""
    found = []
    for licence in held_by(list(subjects)):
        day = f" {day_of(licence.issued_at):%Y-%m-%d}" if licence.issued_at else ""
        for key, fact in zip(licence.fields, facts(licence), strict=True):
            found.append(
                Value(
                    source=f"licence:{licence.pk}",
                    words=f"{licence.kind.name}{day}",
                    key=key,
                    label=fact.label,
                    shown=fact.value,
                    agency=licence.agency_id,
                )
            )
    return found
