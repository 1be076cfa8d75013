"""The due-date calculator: a limit, with every day that counts and every day that doesn't."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yimen.kit.guards import public
from yimen.kit.time import day_of, now
from yimen.portal.forms import DueForm
from yimen.portal.queries.due import reckoned
from yimen.ui import inputs


@public
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """Everything stands in the address, so that an answer can be sent to somebody."""
    form = DueForm(request.GET, today=day_of(now()))
    button = inputs.row_button(request.GET)
    answer = None
    if form.asked and not button:
        terms = form.read()
        answer = reckoned(terms) if terms else None
    if button:
        form.press(button)
    status = 422 if form.errors else 200
    return render(
        request, "portal/due.html", {"fields": form.fields(), "errors": form.errors, "answer": answer}, status=status
    )
