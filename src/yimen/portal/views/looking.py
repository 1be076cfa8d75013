"""Who has looked at my data, and “这次查看不对劲”."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.identity import commands as identity
from yimen.identity.queries import look_of, own_report
from yimen.kit.commands import remembering
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import now
from yimen.portal.queries import looking, standing
from yimen.portal.views.draft import as_person
from yimen.ui.acting import ActForm, act, text


class WordsForm(ActForm):
    text = text(_("补充说明"), lines=4, required=False, longest=500)


@signed_in
@never_cache
@require_GET
@remembering()
def looks(request: HttpRequest) -> HttpResponse:
    """Every look, newest first: office, post, what, why, when (个人信息保护法 44)."""
    actor, at = as_person(actor_of(request)), now()
    one = standing.chosen(standing.may_see_looks(actor, at), request.GET.get("of"))
    context = looking.seen_page(
        one,
        actor,
        at,
        office=request.GET.get("office", "")[:100],
        case=request.GET.get("case", "")[:40],
        cursor=request.GET.get("cursor"),
    )
    return render(request, "portal/looks.html", context)


@signed_in
@require_POST
def report(request: HttpRequest, subject: int, seq: int) -> HttpResponse:
    """One click; words can be added on the page that follows. A second click finds it reported."""
    actor, at = as_person(actor_of(request)), now()
    look_of(standing.chosen(standing.may_see_looks(actor, at), subject).pk, seq, at)
    try:
        made = identity.report_look(subject, seq, by=actor, at=at)
    except identity.ReportedAlready:
        made = own_report(subject, seq)
    else:
        messages.success(request, _("已经反映给监督部门。"))
    return redirect("portal:look_report", made.pk)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_report(request: HttpRequest, number: int) -> HttpResponse:
    """What one reported, what came of it; while it waits one may add words or take it back."""
    actor, at = as_person(actor_of(request)), now()
    found = own_report(pk=number)
    standing.chosen(standing.may_see_looks(actor, at), found.subject_id)
    look = look_of(found.subject_id, found.seq, at)
    context = {"row": looking.lines([look], [found.subject_id])[0], "report": looking.report_row(found)}

    def run(cleaned: dict[str, str]) -> str:
        if request.POST.get("step") == "withdraw":
            identity.withdraw_look_report(found, by=actor, at=at)
            messages.success(request, _("已经撤回。"))
        else:
            identity.add_to_report(found, text=cleaned["text"], by=actor, at=at)
            messages.success(request, _("已保存。"))
        return request.path

    form = WordsForm(request.POST if request.method == "POST" else None, initial={"text": found.text})
    return act(request, form, run=run, template="portal/look_report.html", context=context)
