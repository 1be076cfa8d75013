"""Keys of agencies: the list, those of one, replacing and revoking one."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city import commands, queries
from yimen.city.choices import Duty
from yimen.city.forms import KeyRevokeForm
from yimen.city.models import SigningKey
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.signing import KeyKind, key_store
from yimen.kit.time import CHINA, now
from yimen.ui.acting import ActForm, act
from yimen.ui.words import plain_date

COLUMNS = ("name", "sm2", "x509", "gone")


@duty(Duty.ADMINISTRATOR)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Whose keys sign now, and until when their certificates last."""
    columns = [
        {"key": "name", "label": _("签发机关"), "kind": "strong"},
        {"key": "sm2", "label": _("国密签名密钥"), "kind": "text"},
        {"key": "x509", "label": _("PDF 签章证书"), "kind": "text"},
        {"key": "gone", "label": _("已吊销"), "kind": "number"},
    ]
    context = {"rows": [_row(each) for each in queries.keyrings()], "columns": columns, "store": key_store()}
    return render(request, "city/keys.html", {**context, "nav": "keys", "authority": queries.authority_key()})


def _row(ring: queries.Keyring) -> dict[str, Any]:
    sm2, x509 = ring.now.get(KeyKind.SM2), ring.now.get(KeyKind.X509)
    return {
        "name": ring.name,
        "sm2": _("第 %(number)s 号") % {"number": sm2.number} if sm2 else "—",
        "x509": _("第 %(number)s 号，%(day)s到期") % {"number": x509.number, "day": _ends(x509)} if x509 else "—",
        "gone": ring.revoked,
        "url": reverse("city:keys_of", args=[ring.holder or "authority"]),
    }


@duty(Duty.ADMINISTRATOR)
@require_safe
def keys_of(request: HttpRequest, holder: str) -> HttpResponse:
    """All keys that a holder has and had."""
    code, name = _holder(holder)
    shown = [_shown(key) for key in queries.keys_of(code)]
    if not shown:
        raise NotFound
    context = {"name": name, "holder": holder, "keys": shown, "kinds": _kinds(code, holder), "nav": "keys"}
    return render(request, "city/keys_of.html", context)


def _kinds(code: str, holder: str) -> list[dict[str, Any]]:
    """What can be made anew: the authority has certificates only."""
    wanted = [KeyKind.X509] if code == queries.AUTHORITY else list(KeyKind)
    return [{"label": kind.label, "url": reverse("city:rotate_key", args=[holder, kind.value])} for kind in wanted]


def _shown(key: SigningKey) -> dict[str, Any]:
    """One key as facts; what it signed is counted only here and where it is revoked."""
    rows = [
        {"label": _("密钥编号"), "value": key.name},
        {"label": _("启用"), "value": plain_date(key.since)},
        {"label": _("停用"), "value": plain_date(key.until) if key.until else _("使用中")},
        {"label": _("证书有效期至"), "value": _ends(key)} if key.certificate else None,
        {"label": _("签发过"), "value": _counted(queries.signed_with(key)) or _("还没有")},
    ]
    if key.revoked_at:
        rows += [
            {"label": _("吊销原因"), "value": key.get_reason_display()},
            {"label": _("此后签发的不再有效"), "value": _instant(key.distrusted_from)},
            {"label": _("说明"), "value": key.note},
        ]
    state = ("bad", _("已吊销")) if key.revoked_at else ("neutral", _("已换发")) if key.until else ("good", _("使用中"))
    own = key.holder != queries.AUTHORITY and key.revoked_at is None
    return {
        "title": _("%(kind)s 第 %(number)s 号") % {"kind": key.get_kind_display(), "number": key.number},
        "tone": state[0],
        "state": state[1],
        "rows": [row for row in rows if row],
        "revoke_url": reverse("city:revoke_key", args=[key.name]) if own else "",
    }


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def rotate_key(request: HttpRequest, holder: str, kind: str) -> HttpResponse:
    """A new key from now on."""
    code, name = _holder(holder)
    if kind not in KeyKind.values or (code == queries.AUTHORITY and kind != KeyKind.X509):
        raise NotFound
    back = reverse("city:keys_of", args=[holder])

    def run(given: dict[str, Any]) -> str:
        key = commands.rotate_key(code, KeyKind(kind), name=name, by=actor_of(request), at=now())
        messages.success(request, _("新密钥 %(key)s 已启用。") % {"key": key.name})
        return back

    context = {
        "title": _("换发%(kind)s") % {"kind": KeyKind(kind).label},
        "caption": name,
        "consequence": _("换发后，新签发的文书和证照用新密钥签名。旧密钥不再签名，它以前签发的仍然有效。"),
        "action_label": _("换发"),
        "back": back,
        "nav": "keys",
    }
    return act(request, ActForm(request.POST or None), run=run, template="ui/deed.html", context=context)


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_key(request: HttpRequest, name: str) -> HttpResponse:
    """It counts no longer: from now, or from when it was in wrong hands."""
    key = queries.signing_key(name)
    if key.holder == queries.AUTHORITY:
        raise NotFound
    owner, back = queries.holder_name(key.holder), reverse("city:keys_of", args=[key.holder])

    def run(given: dict[str, Any]) -> str:
        by, at = actor_of(request), now()
        since = _since(given["distrusted_on"], given["distrusted_time"])
        commands.revoke_key(
            key, reason=given["reason"], note=given["note"], distrusted_from=since, by=by, at=at,
            successor=owner if given["successor"] else "",
        )  # fmt: skip
        messages.success(request, _("密钥 %(key)s 已吊销，并列入公开的吊销名单。") % {"key": key.name})
        return back

    context = {
        "title": _("吊销密钥 %(key)s") % {"key": key.name},
        "caption": owner,
        "consequence": _("吊销后不能恢复。失信时间以后用它签发的内容，核验时一律显示“签名密钥已作废”。"),
        "points": _points(key),
        "danger": True,
        "action_label": _("吊销"),
        "back": back,
        "nav": "keys",
    }
    form = KeyRevokeForm(request.POST if request.method == "POST" else None, initial={"successor": True})
    return act(request, form, run=run, template="ui/deed.html", context=context)


def _points(key: SigningKey) -> list[str]:
    signed = _counted(queries.signed_with(key))
    told = _("它一共签发过：%(signed)s。填写了更早的失信时间，那以后的就要重新签发。") % {"signed": signed}
    return [told if signed else _("它还没有签发过任何内容。"), _("吊销名单立即公开，任何人都可以下载核对。")]


def _holder(said: str) -> tuple[str, str]:
    code = queries.AUTHORITY if said == "authority" else said
    return code, queries.holder_name(code)


def _since(day: Any, hour: time | None) -> datetime | None:
    return datetime.combine(day, hour or time(0), tzinfo=CHINA) if day else None


def _counted(signed: list[tuple[str, int]]) -> str:
    return "、".join(_("%(words)s %(number)s 份") % {"words": words, "number": number} for words, number in signed)


def _ends(key: SigningKey) -> str:
    return plain_date(queries.certificate_ends(key))


def _instant(at: datetime | None) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if at else ""
