"""One thing done with one licence: signed, thrown away, suspended, given back, ended, related, compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.ui.acting import ActForm, act
from yimen.vault import access, commands, queries
from yimen.vault.choices import EndKind
from yimen.vault.forms.issuing import CompareForm, EndForm, ReasonForm, RelateForm, SuspendForm


@dataclass(frozen=True)
class Deed:
    """title, what it means, the button, the form, the command (licence, given, by, at), what to say afterwards."""

    title: Callable[[], str]
    means: Callable[[], str]
    form: type[ActForm]
    run: Callable[..., Any]
    done: Callable[[], str]
    danger: bool = False


def _end(licence: Any, *, kind: str, **given: Any) -> Any:
    return commands.revoke(licence, kind=EndKind(kind), **given)


DEEDS = {
    "sign": Deed(
        lambda: _("签发证照"),
        lambda: _("用本机关的密钥签名，证照随即生效并存入持证人的证照库。制证的人不能签发。"),
        ActForm, commands.sign, lambda: _("已签发，签章文件随后自动生成。"),
    ),
    "discard": Deed(
        lambda: _("作废这次制证"),
        lambda: _("还没有签发的证照作废后不能再签发，需要的话重新制证。"),
        ReasonForm, commands.discard, lambda: _("这次制证已作废。"), danger=True,
    ),
    "suspend": Deed(
        lambda: _("暂扣证照"),
        lambda: _("暂扣期间核验显示“已暂扣”，不能用来办事，解除后恢复有效。持证人能在自己的证照记录里看到。"),
        SuspendForm, commands.suspend, lambda: _("已暂扣。"), danger=True,
    ),
    "resume": Deed(
        lambda: _("恢复证照"),
        lambda: _("解除暂扣，证照从现在起恢复有效。"),
        ReasonForm, commands.resume, lambda: _("已恢复有效。"),
    ),
    "end": Deed(
        lambda: _("终止证照"),
        lambda: _(
            "终止后不能恢复，核验时显示无效。请先依法告知持证人并听取陈述申辩。撤销新版本的，被它取代的那一版恢复有效。"
        ),
        EndForm, _end, lambda: _("证照已终止。"), danger=True,
    ),
    "relate": Deed(
        lambda: _("关联证照"),
        lambda: _("写明这份证照以哪份证照为前提，或者与哪份证照属于同一事物。"),
        RelateForm, commands.relate, lambda: _("已关联。"),
    ),
    "compare": Deed(
        lambda: _("核验原件"),
        lambda: _("核对一致后登记：可信等级由 C 级升为 B 级，可以直接用来办事。谁、何时、在哪个窗口核验会留存。"),
        CompareForm, commands.verify_original, lambda: _("已登记核验，可信等级为 B 级。"),
    ),
}  # fmt: skip


@duty(*access.MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One page for each of them: what it means, the form, one command."""
    wanted = DEEDS.get(key)
    if wanted is None:
        raise NotFound
    by, at = actor_of(request), now()
    licence = queries.at_desk(pk, by=by, at=at)
    if key in ("sign", "discard") and queries.signed_with_case(licence):
        raise commands.SignedWithItsCase(number=licence.case)
    back = reverse("vault:issued", args=[pk])

    def run(given: dict[str, Any]) -> str:
        wanted.run(licence, **given, by=by, at=at)
        messages.success(request, wanted.done())
        return back

    context = {
        "title": wanted.title(),
        "caption": f"{licence.kind.name} · {licence.number}",
        "consequence": wanted.means(),
        "action_label": wanted.title(),
        "danger": wanted.danger,
        "rows": _shown(licence) if key == "sign" else [],
        "back": back,
        "nav": "issuing",
    }
    form = wanted.form(request.POST if request.method == "POST" else None)
    return act(request, form, run=run, template="ui/deed.html", context=context)


def _shown(licence: Any) -> list[dict[str, str]]:
    told = [{"label": fact.label, "value": fact.value} for fact in queries.facts(licence)]
    return [{"label": _("持证主体"), "value": licence.holder_name}, *told]
