"""The desk of the issuing agency: what waits for a signature, what was signed, one licence with all that happened."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.files.queries import download
from yimen.kit.actor import Actor
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.time import day_of, now
from yimen.law.masking import mask_name
from yimen.ui.words import plain_date
from yimen.vault import access, ports, queries
from yimen.vault.choices import EndKind, HolderKind, State, VersionKind
from yimen.vault.commands import filed
from yimen.vault.models import Licence

TONES = {State.SIGNED: "good", State.DRAWN: "info", State.SUSPENDED: "warn", State.EXPIRED: "warn"}


@duty(*access.MAKERS)
@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    """To be signed, or signed; or one by its whole number."""
    actor, asked = actor_of(request), request.GET.get("q", "").strip()
    step = "signed" if request.GET.get("step") == "signed" else "sign"
    agencies = sorted(actor.agencies)
    if asked:
        shown, rows = None, [_row(each) for each in queries.numbered(agencies, asked)[:50]]
    else:
        found = queries.to_sign(agencies) if step == "sign" else queries.of_agencies(agencies)
        by = ("drawn_at", "id") if step == "sign" else ("-issued_at", "-id")
        shown = page(found, by=by, cursor=request.GET.get("cursor"), size=50)
        rows = [_row(each) for each in shown.items]
    steps = [("sign", _("待签发")), ("signed", _("已签发"))]
    context = {
        "rows": rows, "page": shown, "q": asked, "step": step, "nav": "issuing", "columns": _columns(step),
        "steps": [{"label": word, "url": f"?step={key}", "current": key == step and not asked} for key, word in steps],
    }  # fmt: skip
    return render(request, "vault/issuing.html", context)


def _columns(step: str) -> list[dict[str, Any]]:
    when = _("制证") if step == "sign" else _("签发")
    return [
        {"key": "kind", "label": _("证照"), "kind": "strong", "wide": True},
        {"key": "number", "label": _("编号"), "kind": "text"},
        {"key": "holder", "label": _("持证主体"), "kind": "text", "wide": True},
        {"key": "when", "label": when, "kind": "when"},
        {"key": "state", "label": _("状态"), "kind": "text"},
    ]


def _row(licence: Licence) -> dict[str, Any]:
    person = licence.holder.kind == HolderKind.NATURAL
    return {
        "kind": licence.kind.name,
        "number": licence.number if not person else queries.shown_number(licence),
        "holder": mask_name(licence.holder_name) if person else licence.holder_name,
        "when": licence.issued_at or licence.drawn_at,
        "state": str(licence.state_on(day_of(now())).label),
        "url": reverse("vault:issued", args=[licence.pk]),
    }


@duty(*access.MAKERS)
@require_safe
def issued(request: HttpRequest, pk: int) -> HttpResponse:
    """One licence of one's own agency; the look is recorded."""
    actor, at = actor_of(request), now()
    licence = queries.at_desk(pk, by=actor, at=at)
    life, state = queries.life_of(licence), licence.state_on(day_of(at))
    context = {
        "licence": licence,
        "state": str(state.label),
        "tone": TONES.get(state, "neutral"),
        "rows": _rows(licence, life),
        "facts": [{"label": fact.label, "value": fact.value} for fact in queries.facts(licence)],
        "verbs": [] if licence.state == State.DRAWN else _verbs(licence, state, actor),
        "life": life,
        "events": _events(licence, life),
        "case_url": ports.case_page(licence.case),
        "waiting": licence.state == State.DRAWN,
        "with_case": queries.signed_with_case(licence),
        "own": licence.drawn_by is not None and licence.drawn_by == actor.user,
        "may_sign": any(actor.may(each, licence.agency_id) for each in access.SIGNERS),
        "nav": "issuing",
    }
    return render(request, "vault/issued.html", context)


@duty(*access.MAKERS)
@require_safe
def issued_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Its signed layout file, for the agency that issued it; the look is recorded."""
    licence = queries.at_desk(pk, by=actor_of(request), at=now())
    return download(filed(licence, at=now()).file_id, inline=True)


def _rows(licence: Licence, life: queries.Life) -> list[dict[str, Any]]:
    shares = [f"{row.name}（{row.share}）" if row.share else row.name for row in life.holders]
    rows = [
        {"label": _("编号"), "value": licence.number},
        {"label": _("证照标识"), "value": licence.identifier or _("签发时生成")},
        {"label": _("版本"), "value": f"{licence.version:03d} · {VersionKind(licence.made_as).label!s}"},
        {"label": _("持证主体"), "value": shares or licence.holder_name},
        {"label": _("颁发机关"), "value": licence.issuer},
        {"label": _("有效期"), "value": _validity(licence)},
        {"label": _("可信等级"), "value": _(licence.get_trust_display())},
    ]
    if licence.signed_with:
        rows.append({"label": _("签名密钥"), "value": licence.signed_with.name})
    return rows


def _validity(licence: Licence) -> str:
    if licence.valid_from is None and licence.valid_to is None:
        return _("签发时确定") if licence.state == State.DRAWN else _("长期")
    since = plain_date(licence.valid_from) if licence.valid_from else "…"
    if licence.valid_to is None:
        return _("%(since)s起长期有效") % {"since": since}
    return _("%(since)s 至 %(until)s") % {"since": since, "until": plain_date(licence.valid_to)}


ENDABLE = frozenset({State.SIGNED, State.SUSPENDED, State.EXPIRED})
# What can be done with a licence in a state, the duty it needs, and how it looks.
DEEDS: tuple[tuple[str, Any, frozenset[State], tuple[str, ...], str], ...] = (
    ("next", lambda: _("变更、延续或者换发"), frozenset({State.SIGNED, State.EXPIRED}), access.MAKERS, "primary"),
    ("compare", lambda: _("核验原件"), frozenset({State.SIGNED}), access.MAKERS, "primary"),
    ("relate", lambda: _("关联证照"), frozenset({State.SIGNED, State.SUSPENDED}), access.MAKERS, "secondary"),
    ("resume", lambda: _("恢复（解除暂扣）"), frozenset({State.SUSPENDED}), ("chief",), "primary"),
    ("suspend", lambda: _("暂扣"), frozenset({State.SIGNED}), ("chief",), "secondary"),
    (
        "end",
        lambda: _("注销、吊销、撤销…"),
        frozenset({State.SIGNED, State.SUSPENDED, State.EXPIRED}),
        ("chief",),
        "danger",
    ),
)


def _verbs(licence: Licence, state: State, actor: Actor) -> list[dict[str, Any]]:
    wanted = [each for each in DEEDS if state in each[2] and (each[0] != "compare" or licence.trust == "C")]
    return [
        {
            "label": label(),
            "url": reverse("vault:deed", args=[licence.pk, key]),
            "allowed": any(actor.may(each, licence.agency_id) for each in duties),
            "reason": "" if any(actor.may(each, licence.agency_id) for each in duties) else _("由本机关负责人办理"),
            "variant": variant,
        }
        for key, label, _states, duties, variant in wanted
    ]


def _events(licence: Licence, life: queries.Life) -> list[dict[str, Any]]:
    """What happened, oldest first, for the timeline."""
    told: list[dict[str, Any]] = [{"at": licence.drawn_at, "title": _("制证")}]
    if licence.issued_at:
        told.append({"at": licence.issued_at, "title": _("签发"), "tone": "good"})
    for row in life.suspensions:
        told.append({"at": row.began_at, "title": _("暂扣"), "text": f"{row.ground} {row.reason}", "tone": "warn"})
        if row.ended_at:
            told.append({"at": row.ended_at, "title": _("解除暂扣"), "text": row.ended_why})
    for move in life.moves:
        title = _("核验原件，可信等级 %(before)s → %(after)s") % {"before": move.before, "after": move.after}
        told.append({"at": move.at, "title": title, "text": " ".join((move.office, move.device, move.note)).strip()})
    for again in life.restorations:
        told.append({"at": again.gave_way_at or again.at, "title": _("被新版本取代")})
        text = _("取代它的第 %(number)d 版被撤销") % {"number": again.annulled.version}
        told.append({"at": again.at, "title": _("恢复有效"), "text": text, "tone": "good"})
    if licence.ended_at:
        title = str(EndKind(licence.ended_kind).label) if licence.ended_kind else _("被新版本取代")
        text = " ".join((licence.ended_ground, licence.ended_why)).strip()
        told.append({"at": licence.ended_at, "title": title, "text": text, "tone": "bad"})
    return sorted(told, key=lambda each: each["at"])
