"""Consultations as the public sees them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.catalog.choices import ProofOutcome
from yimen.catalog.choices.consulting import ConsultationState
from yimen.catalog.queries import consulting
from yimen.law.masking import mask_name

if TYPE_CHECKING:
    from yimen.catalog.models import Consultation

VOICES = 50
LOOKS = {
    ConsultationState.UPCOMING: ("neutral", "calendar"),
    ConsultationState.OPEN: ("info", "speakerphone"),
    ConsultationState.WAITING: ("warn", "clock"),
    ConsultationState.CONCLUDED: ("good", "check"),
}
OUTCOMES = {
    ProofOutcome.KEPT: ("neutral", "check"),
    ProofOutcome.CHANGED: ("good", "arrows-exchange"),
    ProofOutcome.DROPPED: ("good", "circle-x"),
}


def tabs(state: str, asked: str, today: date) -> list[dict[str, Any]]:
    """The states with how many stand in each; all of them first."""
    rows = consulting.consultations(asked=asked)
    counts = consulting.counts_by_state(rows, today)
    every = [("", _("全部"), sum(counts.values()))]
    every += [(value, str(label), counts[value]) for value, label in ConsultationState.choices]
    return [
        {"label": label, "count": count, "current": value == state, "url": _link(state=value, q=asked)}
        for value, label, count in every
    ]


def _link(**given: str) -> str:
    kept = {name: value for name, value in given.items() if value}
    return reverse("portal:consultations") + (f"?{urlencode(kept)}" if kept else "")


def line(found: Consultation, today: date) -> dict[str, Any]:
    """One in a list, and what heads its page."""
    state = consulting.state_of(found, today)
    tone, icon = LOOKS[state]
    return {
        "number": found.pk,
        "title": found.title,
        "proof": found.material_name,
        "item": found.item.name,
        "agency": found.item.agency.name,
        "opens_on": found.opens_on,
        "closes_on": found.closes_on,
        "said": found.said,  # type: ignore[attr-defined]  # counted by the query
        "state": state,
        "face": {"tone": tone, "icon": icon, "word": state.label},
        "left": _left(found, state, today),
        "outcome": outcome(found),
        "url": reverse("portal:consultation", args=[found.pk]),
    }


def outcome(found: Consultation) -> dict[str, str] | None:
    """What became of the proof."""
    if not found.outcome:
        return None
    tone, icon = OUTCOMES[ProofOutcome(found.outcome)]
    return {"tone": tone, "icon": icon, "word": str(found.get_outcome_display())}


def _left(found: Consultation, state: str, today: date) -> str:
    if state == ConsultationState.OPEN:
        days = (found.closes_on - today).days
        return _("还剩 %(days)s 天") % {"days": days} if days else _("今天截止")
    if state == ConsultationState.UPCOMING:
        return _("%(days)s 天后开始") % {"days": (found.opens_on - today).days}
    return ""


def voices(found: Consultation, after: str | None) -> dict[str, Any]:
    """A page of what was said. after: the number of the last one seen."""
    start = int(after) if after and after.isascii() and after.isdecimal() and len(after) < 7 else 0
    said = consulting.comments_of(found, after=start, size=VOICES + 1)
    return {
        "items": [_voice(each) for each in said[:VOICES]],
        "next": str(start + VOICES) if len(said) > VOICES else None,
    }


def _voice(each: consulting.Said) -> Mapping[str, Any]:
    hidden = each.comment.hidden_at is not None
    return {
        "number": each.number,
        "name": "" if hidden else each.comment.name,
        "at": each.comment.said_at,
        "text": "" if hidden else each.comment.text,
        "hidden": each.comment.hidden_because if hidden else "",
    }


def shown_name(name: str) -> str:
    """How a name is shown beside what its bearer said."""
    return mask_name(name)
