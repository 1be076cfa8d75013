"""Earlier answers and papers used again in an application for a package: asked once, for all its items."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yimen.applications.commands.together import fill_in_package, take_out_of_package
from yimen.kit.guards import signed_in
from yimen.portal.views.reusing import said, taken_out
from yimen.portal.views.together import with_package


@signed_in
@require_POST
@with_package
def answer(request: HttpRequest, application: Any) -> HttpResponse:
    """Agree or decline beside a draft; agreed, what is known fills what is still empty."""
    said(request, application, fill_in_package)
    return redirect("portal:package_tasks", application.number)


@signed_in
@require_POST
@with_package
def remove(request: HttpRequest, application: Any) -> HttpResponse:
    """Take out what came from other items."""
    taken_out(request, application, take_out_of_package)
    return redirect("portal:package_tasks", application.number)
