"""One's own licences, one of them, its PDF, its log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.files.queries import download
from yimen.identity.queries import principals_of, same_person
from yimen.kit.commands import remembering
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import now
from yimen.law.presenting import Standing
from yimen.ui.words import plain_date
from yimen.vault import access, ports, queries
from yimen.vault.choices import State, Trust
from yimen.vault.commands import filed

if TYPE_CHECKING:
    from yimen.vault.models import Licence

RECENT = 5
AT_ONCE, SOONEST = 24, 5
"""How many licences stand on one page, and how many of those that end soon stand before them."""


@signed_in
@require_safe
@remembering()
def mine(request: HttpRequest) -> HttpResponse:
    """My licences, and those of whoever lets me see theirs."""
    at, actor = now(), actor_of(request)
    subjects = access.holders(actor, at)
    held = list(queries.with_freezes(queries.held_by(subjects)))
    sought, first = request.GET.get("q", "").strip()[:60], _number(request.GET.get("from", ""))
    found = queries.like(held, sought) if sought else held
    first = min(first, max(0, len(found) - 1) // AT_ONCE * AT_ONCE)
    endings = [] if sought or first else queries.endings(held, at)
    soon = "soon" in request.GET
    principals = principals_of(actor.subject, at) if actor.subject else []
    own = same_person(actor.subject) if actor.subject else ()
    context = {
        "wallets": []
        if soon and endings
        else queries.wallets(found[first : first + AT_ONCE], own, queries.names_of(actor, principals), at),
        "endings": endings if soon else endings[:SOONEST],
        "more_endings": 0 if soon else len(endings[SOONEST:]),
        "only_soon": soon and bool(endings),
        "q": sought,
        "many": len(held) > AT_ONCE,
        "count": len(found),
        "shown": (first + 1, min(first + AT_ONCE, len(found))),
        "before": _page(sought, first - AT_ONCE) if first else "",
        "after": _page(sought, first + AT_ONCE) if first + AT_ONCE < len(found) else "",
    }
    return render(request, "vault/mine.html", context)


def _number(text: str) -> int:
    return int(text) // AT_ONCE * AT_ONCE if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _page(sought: str, first: int) -> str:
    pairs = {"q": sought, "from": str(max(0, first)) if first > 0 else ""}
    return "?" + urlencode({name: value for name, value in pairs.items() if value})


@signed_in
@require_safe
@remembering()
def licence(request: HttpRequest, pk: int) -> HttpResponse:
    """One licence: what stands on it, what can be done with it, who used it."""
    actor, at, found = actor_of(request), now(), readable(request, pk)
    rows = queries.shown_facts(found)
    if found.issuer not in {row["value"] for row in rows}:
        rows.append({"label": _("颁发机关"), "value": found.issuer})
    rows += [
        {"label": _("电子证照标识"), "value": found.identifier or ""},
        {"label": _("可信等级"), "value": _trust(found)},
    ]
    word, advice = queries.standing_words(found, at)
    unseen = found.trust == Trust.C and found.state == State.SIGNED
    frozen = queries.freeze_of(found)
    uses = queries.uses_of([found.pk], size=RECENT)
    context = {
        "licence": found,
        "card": queries.licence_card(found, at) | {"url": ""},
        "rows": rows,
        "unseen": unseen,
        "case_url": ports.own_case_page(found.case, actor, at),
        "versions": [each for each in queries.life_of(found).versions if each.state != State.DRAWN],
        "take_back": unseen and access.may_take_back(found, by=actor, at=at),
        "scanned": found.trust != Trust.A and bool(found.file_id),
        "word": "" if unseen else word,
        "advice": advice,
        "renewals": queries.renewals_of(found),
        "renewable": queries.standing_of(found, at) == Standing.EXPIRED or bool(queries.endings([found], at)),
        "uses": queries.lines(uses.items),
        "more_uses": bool(uses.next),
        "may_freeze": access.may_freeze(found, by=actor, at=at),
        "frozen": frozen,
        "may_lift": frozen is not None and access.may_lift(frozen, found, by=actor, at=at),
        "verify_url": queries.verify_address(found),
    }
    return render(request, "vault/licence.html", context)


@signed_in
@require_safe
def uses(request: HttpRequest, pk: int) -> HttpResponse:
    """Who used it: every use, in words."""
    found = readable(request, pk)
    page = queries.uses_of([found.pk], cursor=request.GET.get("cursor"))
    context = {
        "licence": found,
        "page": page,
        "lines": queries.lines(page.items),
        "checks": [] if request.GET.get("cursor") else queries.checks_of(found.pk),
    }
    return render(request, "vault/uses.html", context)


@signed_in
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The signed layout file for its holder: made once, the same bytes for whoever compares them.

    What was uploaded is its own scan: nothing is made up around what nobody has seen.
    """
    found = readable(request, pk)
    if found.trust == Trust.C and found.file_id:
        return HttpResponseRedirect(reverse("vault:scan", args=[pk]))
    return download(filed(found, at=now()).file_id, inline="download" not in request.GET)


def _trust(found: Licence) -> str:
    """The level; of one whose original was compared, where and on which day."""
    moves = queries.life_of(found).moves if found.trust == Trust.B else []
    told = [f"{move.office} · {plain_date(move.at)}" for move in moves[-1:]]
    return "；".join([_(found.get_trust_display()), *told])


def readable(request: HttpRequest, pk: int) -> Licence:
    """A licence of one's own, or of whoever lets one see theirs. Raises NotFound for every other."""
    found = queries.own_licence(pk)
    if found is None:
        raise NotFound
    access.require_see(found, by=actor_of(request), at=now())
    return found


def number_of(value: Any) -> int:
    """A number that a form carried; 0 for anything else."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
