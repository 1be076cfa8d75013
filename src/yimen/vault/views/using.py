"""Using licences at the desk (用证): from a case, with a purpose. Every look, copy and citation goes one road."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yimen.files.queries import download
from yimen.kit.errors import Invalid, NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.telling import translated
from yimen.kit.time import now
from yimen.ui.acting import act
from yimen.vault import access, commands, queries
from yimen.vault.choices import STANDING_WORDS, Trust, UseKind
from yimen.vault.commands.uploading import COMPARING
from yimen.vault.commands.using import LONGEST
from yimen.vault.forms.issuing import CompareForm
from yimen.vault.views.deeds import DEEDS

# Purposes that are offered; the words stand in the log as they are, in Chinese.
PURPOSES = ("审查申请材料", "核对申请人身份", "核对表单填写内容", "核对原许可情况", "制作审批结果")


@duty(*access.MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """The licences that a case may use, each one click and one purpose away; or one by its number (按编号引用)."""
    error, typed = "", ""
    if request.method == "POST":
        typed = request.POST.get("number", "")[:120]
        try:
            return _cited(request, number, typed)
        except (commands.NothingQuoted, commands.NotUsable, Invalid) as refusal:
            error = translated(refusal.detail)
    actor, at = actor_of(request), now()
    case = commands.opened_case(number, by=actor, at=at)
    context = {
        "case": case,
        "rows": [_row(each, case, at) for each in queries.for_matter(case)],
        "purposes": PURPOSES,
        "number_field": {
            "name": "number", "label": _("证照编号"), "kind": "text", "required": True, "value": typed,
            "error": error, "hint": _("本部门颁发的证照，申请人报编号即可，不用交原件或者复印件。"),
        },
        "errors": [{"field": "number", "message": error}] if error else [],
        "nav": "worklist",
    }  # fmt: skip
    return render(request, "vault/of_case.html", context, status=422 if error else 200)


@duty(*access.MAKERS)
@require_safe
def licence(request: HttpRequest, pk: int) -> HttpResponse:
    """One licence for one case and one purpose. Without a case nothing opens, and the attempt is written down."""
    case, purpose = request.GET.get("case", "")[:60], _purpose(request.GET)
    if case and not purpose:
        return HttpResponseRedirect(_case_url(case))
    at, actor = now(), actor_of(request)
    found, use, matter = commands.opened(pk, case=case, purpose=purpose, by=actor, at=at)
    stands = queries.standing_of(found, at)
    context = {
        "licence": found,
        "case": matter,
        "use": use,
        "purpose": purpose,
        "valid": stands == "valid",
        "unseen": stands == "unseen",
        "scanned": found.trust != Trust.A and bool(found.file_id),
        "word": translated(STANDING_WORDS[stands][0]),
        "advice": translated(STANDING_WORDS[stands][1]),
        "card": queries.card(found, at) | {"url": ""},
        "rows": [{"label": fact.label, "value": fact.value} for fact in queries.facts(found)],
        "back": _case_url(matter.number),
        "nav": "worklist",
    }
    return render(request, "vault/used.html", context)


@duty(*access.MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The applicant has the original here: what they uploaded is compared with it, for a case that needs it."""
    at, actor, case = now(), actor_of(request), (request.POST.get("case") or request.GET.get("case", ""))[:60]
    found, _use, matter = commands.opened(pk, case=case, purpose=COMPARING, by=actor, at=at)
    if found.trust != Trust.C:
        raise commands.NoSuchMove
    back = f"{reverse('vault:use', args=[pk])}?{urlencode({'case': matter.number, 'purpose': COMPARING})}"

    def run(given: dict[str, Any]) -> str:
        commands.compare(pk, case=matter.number, **given, by=actor, at=at)
        messages.success(request, _("已登记核验，可信等级为 B 级。"))
        return back

    form = CompareForm(request.POST if request.method == "POST" else None, initial={"valid_to": found.valid_to})
    context = {
        "title": _("核验原件"), "caption": f"{found.kind.name} · {matter.number}", "back": back, "nav": "worklist",
        "consequence": DEEDS["compare"].means(),
        "rows": [{"label": fact.label, "value": fact.value} for fact in queries.facts(found)],
        "action_label": _("与原件核对一致"),
    }  # fmt: skip
    return act(request, form, run=run, template="ui/deed.html", context=context)


@duty(*access.MAKERS)
@require_safe
def scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The scan of what somebody uploaded, for a case that needs it: a use like any other. Compared, it says so."""
    case = request.GET.get("case", "")[:60]
    found, _use, _matter = commands.opened(pk, case=case, purpose=COMPARING, by=actor_of(request), at=now())
    if found.trust == Trust.A or not found.file_id:
        raise NotFound
    marked = queries.marked_scan(found)
    return download(str(found.file_id), inline=True) if marked is None else _pdf(marked, f"scan-{found.pk}.pdf")


@duty(*access.MAKERS)
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A marked copy (加注件): its purpose, case and last day stand on every page."""
    at, case = now(), request.POST.get("case", "")[:60]
    found, use, _matter = commands.opened(
        pk, case=case, purpose=_purpose(request.POST), kind=UseKind.COPIED, by=actor_of(request), at=at
    )
    return _pdf(queries.marked_copy(found, use), f"copy-{use.pk}.pdf", f"{found.kind.name}-加注件-{use.pk}.pdf")


def _pdf(content: bytes, plain: str, name: str = "") -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(name or plain)}"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _cited(request: HttpRequest, number: str, typed: str) -> HttpResponse:
    purpose = _purpose(request.POST)
    found, _use = commands.cite(typed, case=number, purpose=purpose, by=actor_of(request), at=now())
    messages.success(request, _("已按编号引用“%s”，不用再收复印件；引用已经记录。") % found.kind.name)
    query = urlencode({"case": number, "purpose": purpose})
    return HttpResponseRedirect(f"{reverse('vault:use', args=[found.pk])}?{query}")


def _row(found: Any, case: Any, at: Any) -> dict[str, Any]:
    stands = queries.standing_of(found, at)
    return {
        "pk": found.pk,
        "kind": found.kind.name,
        "issuer": found.issuer,
        "number": queries.shown_number(found),
        "valid_to": found.valid_to,
        "valid": stands == "valid",
        "word": translated(STANDING_WORDS[stands][0]),
        "handed_in": found.pk in case.licences,
    }


def _purpose(given: Any) -> str:
    """Typed words count more than a chosen line."""
    return str(given.get("words", "").strip() or given.get("purpose", ""))[:LONGEST]


def _case_url(number: str) -> str:
    return reverse("vault:of_case", args=[number])
