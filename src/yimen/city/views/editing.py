"""The one shape of the administration's forms: show, clean, command, answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from yimen.city.forms import RefusableForm
from yimen.kit.errors import Refusal


def edit(
    request: HttpRequest,
    form_class: type[RefusableForm],
    *,
    save: Callable[[dict[str, Any]], object],
    title: str,
    back: str,
    nav: str,
    initial: dict[str, Any] | None = None,
    **more: Any,
) -> HttpResponse:
    """A page with one form; `save` gets the cleaned data and makes the command call. Ends at `back`."""
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except Refusal as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(back)
    context = {"form": form, "title": title, "back": back, "nav": nav, **more}
    return render(request, "city/edit.html", context, status=422 if form.is_bound else 200)
