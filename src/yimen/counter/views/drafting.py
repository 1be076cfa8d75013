"""What the pages of an item's draft and of a package's draft do alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.kit.errors import NotFound
from yimen.sheets import queries as sheets

if TYPE_CHECKING:
    from yimen.sheets.choices import Sheet

Errors = list[dict[str, str]]
Sections = list[dict[str, Any]]


def typed_into(request: HttpRequest, sheet: Sheet, sections: Sections) -> dict[str, Any]:
    """What was typed into the fields that stand on the page, and the files that were sent for them."""
    names = {field["name"] for section in sections for field in section["fields"]}
    return sheets.from_post(request.POST, sheet, names, files=request.FILES)


def address_again(
    request: HttpRequest, sheet: Sheet, form: Callable[[Mapping[str, Any], Collection[str]], Sections]
) -> HttpResponse:
    """An address field again, with the lists below what was chosen. form: (what was typed, names of fields)."""
    name = request.GET.get("field", "")
    sections = form(sheets.from_post(request.GET, sheet, {name}), {name})
    if not sections:
        raise NotFound
    return render(request, "counter/_field.html", {"field": sections[0]["fields"][0]})


def giving_up(request: HttpRequest, discard: Callable[[], object], *, consequence: str, back: str) -> HttpResponse:
    """Give a draft up, after a question."""
    if request.method == "POST":
        discard()
        messages.success(request, _("草稿已放弃。"))
        return HttpResponseRedirect(reverse("counter:start"))
    context = {
        "title": _("放弃这份草稿？"),
        "consequence": consequence,
        "action_url": request.path,
        "action_label": _("放弃草稿"),
        "cancel_url": back,
        "danger": True,
        "nav": "counter",
    }
    return render(request, "ui/confirm.html", context)
