"""Comments at the desk: one that may not be read by everybody is hidden with why; who said it may be asked back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yimen.catalog import access
from yimen.catalog.commands import commenting
from yimen.catalog.models import Comment
from yimen.catalog.queries import consulting
from yimen.catalog.views.consulting_forms import HidingForm
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.ui.acting import act


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, comment: int) -> HttpResponse:
    """Hide one, with why."""
    found = _mine(request, comment)
    back = reverse("catalog:consultation", args=[found.consultation_id])

    def run(cleaned: dict[str, Any]) -> str:
        commenting.hide_comment(found, reason=cleaned["reason"], by=actor_of(request), at=now())
        messages.success(request, _("这条意见已隐藏，公开页面上显示编号和理由。"))
        return back

    facts = [
        {"label": _("编号"), "value": _("第 %(number)s 号") % {"number": consulting.number_of(found)}},
        {"label": _("意见"), "value": found.text},
    ]
    context = {"title": _("隐藏一条意见"), "button": _("隐藏"), "back": back, "facts": facts, "nav": "consultations"}
    form = HidingForm(request.POST if request.method == "POST" else None)
    return act(request, form, run=run, template="catalog/consult_form.html", context=context)


@duty("editor")
@require_POST
def show(request: HttpRequest, comment: int) -> HttpResponse:
    """Take the hiding back."""
    found = _mine(request, comment)
    commenting.show_comment(found, by=actor_of(request), at=now())
    messages.success(request, _("这条意见已恢复公开。"))
    return HttpResponseRedirect(reverse("catalog:consultation", args=[found.consultation_id]))


@duty("editor")
@never_cache
@require_POST
def contact(request: HttpRequest, comment: int) -> HttpResponse:
    """How to reach whoever said it. Every look is written down."""
    found = _mine(request, comment)
    said = commenting.read_contact(found, by=actor_of(request), at=now())
    context = {
        "comment": found,
        "number": consulting.number_of(found),
        "contact": said,
        "back": reverse("catalog:consultation", args=[found.consultation_id]),
        "nav": "consultations",
    }
    return render(request, "catalog/consult_contact.html", context)


def _mine(request: HttpRequest, number: int) -> Comment:
    found = Comment.objects.select_related("consultation__item").filter(pk=number).first()
    if found is None:
        raise commenting.NoSuchComment
    access.require_editor(actor_of(request), found.consultation.item.agency_id)
    return found
