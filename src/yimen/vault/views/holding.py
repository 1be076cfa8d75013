"""One's own licences, one of them, its PDF."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import day_of, now
from yimen.papers.queries import licence_pdf
from yimen.vault import access, queries
from yimen.vault.choices import State
from yimen.vault.models import Licence


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My licences, and those of whoever lets me see theirs."""
    at = now()
    held = queries.held_by(access.holders(actor_of(request), at))
    cards = [queries.card(licence, at) for licence in held]
    return render(request, "vault/mine.html", {"valid": _of(cards, "valid"), "ended": _of(cards, "valid", invert=True)})


@signed_in
@require_safe
def licence(request: HttpRequest, pk: int) -> HttpResponse:
    """One licence: what stands on it, and the QR for whoever wants to check it."""
    found, at = _readable(request, pk), now()
    rows = queries.shown_facts(found)
    if found.agency.name not in {row["value"] for row in rows}:
        rows.append({"label": _("颁发机关"), "value": found.agency.name})
    rows += [
        {"label": _("电子证照标识"), "value": found.identifier or ""},
        {"label": _("可信等级"), "value": found.get_trust_display()},
    ]
    context = {
        "licence": found,
        "card": queries.card(found, at) | {"url": ""},
        "rows": rows,
        "verify_url": queries.verify_address(found),
        "ended": _ended(found, at),
    }
    return render(request, "vault/licence.html", context)


@signed_in
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The licence as PDF/A for its holder."""
    found = _readable(request, pk)
    answer = HttpResponse(licence_pdf(queries.paper(found)), content_type="application/pdf")
    name = quote(f"{found.kind.name}.pdf")
    answer["Content-Disposition"] = f"inline; filename=\"licence-{found.pk}.pdf\"; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _readable(request: HttpRequest, pk: int) -> Licence:
    found = queries.one(pk)
    if found is None:
        raise NotFound
    access.require_see(found, by=actor_of(request), at=now())
    return found


def _of(cards: list[dict[str, Any]], state: str, *, invert: bool = False) -> list[dict[str, Any]]:
    return [each for each in cards if (each["state"] == state) is not invert]


def _ended(found: Licence, at: Any) -> str:
    state = found.state_on(day_of(at))
    if state == State.SIGNED:
        return ""
    why = f"：{found.ended_why}" if found.ended_why else ""
    return f"{state.label}{why}"
