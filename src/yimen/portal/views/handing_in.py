"""Materials: what is here already, uploads, licences from the vault, taking back; files again for their owner."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.applications import commands
from yimen.applications.queries import documents, find
from yimen.files.queries import download
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import now
from yimen.portal.queries import materials as materials_of
from yimen.portal.views.draft import as_person, back_to, with_draft
from yimen.portal.views.taking import taken
from yimen.sheets.queries import file_of


@signed_in
@require_http_methods(["GET", "POST"])
@with_draft
def materials(request: HttpRequest, application: Any) -> HttpResponse:
    """Every material with what is handed in for it. One may always go on: the check says what is missing."""
    if request.method == "POST":
        return redirect("portal:check", application.number)
    groups = materials_of.page(application, now())
    return render(request, "portal/materials.html", {"application": application, "groups": groups})


@signed_in
@require_POST
def upload(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """One or several files for a material, the licence that lies in the vault, or the promise to bring it later."""
    application = find(number, by=as_person(actor_of(request)), at=now())
    attach = partial(commands.attach, application, key, by=as_person(actor_of(request)), at=now())
    error = taken(request, attach)
    htmx = getattr(request, "htmx", False)
    if error or htmx:
        status = 422 if error else 200
        face = materials_of.face(application, key, now(), error=error)
        if htmx:
            return render(request, "portal/_upload.html", {"face": face}, status=status)
        return render(
            request,
            "portal/upload_failed.html",
            {"face": face, "application": application, "back": _back(application)},
            status=status,
        )
    return back_to(request, _back(application), anchor=f"upload-{key}")


@signed_in
@require_POST
def remove(request: HttpRequest, number: str, document: int) -> HttpResponse:
    """Take one back."""
    application = find(number, by=as_person(actor_of(request)), at=now())
    found = _document(application, document)
    commands.remove(found, by=as_person(actor_of(request)), at=now())
    return back_to(request, _back(application), anchor=f"upload-{found.material}")


@signed_in
@require_POST
def decline(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Not to use the licence or earlier paper that would stand in: the upload opens instead."""
    application = find(number, by=as_person(actor_of(request)), at=now())
    commands.decline(application, key, by=as_person(actor_of(request)), at=now())
    return back_to(request, _back(application), anchor=f"upload-{key}")


@signed_in
@require_GET
def document(request: HttpRequest, number: str, document: int) -> HttpResponseBase:
    """The file, to look at what one has handed in."""
    found = _document(find(number, by=as_person(actor_of(request)), at=now()), document)
    if found.file_id is None:
        raise NotFound
    return download(found.file_id, inline="download" not in request.GET)


@signed_in
@require_GET
def form_file(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """The file with which a field of the form was answered."""
    application = find(number, by=as_person(actor_of(request)), at=now())
    found = file_of(application.edition.doc, application.answers, name)
    return download(found, inline="download" not in request.GET)


def _document(application: Any, pk: int) -> Any:
    """One of the application's documents. Raises NotFound."""
    found = next((each for each in documents(application) if each.pk == pk), None)
    if found is None:
        raise NotFound
    return found


def _back(application: Any) -> str:
    return reverse("portal:materials" if application.is_draft else "portal:supplement", args=[application.number])
