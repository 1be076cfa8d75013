"""One application for a package: its steps, the pages of the merged form, papers, the check, and item by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.applications.commands import together as commands
from yimen.applications.queries.together import (
    assembly_of,
    find_package_application,
    find_paper,
    package_lacking_fields,
    package_owed,
)
from yimen.catalog.queries import packaging
from yimen.files.queries import download
from yimen.kit.commands import remembering
from yimen.kit.errors import NotFound, Refusal
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.telling import translated
from yimen.kit.time import now
from yimen.law.completeness import Missing
from yimen.portal.queries import filling, package_materials, packages, reusing
from yimen.portal.queries import together as reading
from yimen.portal.queries.applicants import chosen
from yimen.portal.views import form_pages
from yimen.portal.views.draft import View, as_person, back_to
from yimen.portal.views.form_pages import FormPages
from yimen.portal.views.packages import subject_field
from yimen.portal.views.taking import taken
from yimen.sheets.queries import file_of


def with_package(view: View) -> View:
    """Give the view the application instead of its number."""

    @wraps(view)
    def opened(request: HttpRequest, number: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = find_package_application(number, by=as_person(actor_of(request)), at=now())
        return view(request, found, *args, **kwargs)

    return opened


@signed_in
@require_GET
@remembering()
@with_package
def tasks(request: HttpRequest, application: Any) -> HttpResponse:
    """The list of steps with what is done."""
    steps = reading.tasks(application, now())
    following = next((step for step in steps if step["state"] == "current"), None)
    done = sum(step["state"] == "done" for step in steps)
    context = {"application": application, "document": application.package.doc, "steps": steps, "following": following}
    reuse = reusing.reuse_together(application, as_person(actor_of(request)), now())
    return render(request, "portal/package_tasks.html", context | {"done": done, "total": len(steps), "reuse": reuse})


class PackagePages(FormPages):
    """The merged form of a package."""

    prefix = "package_"

    @property
    def name(self) -> str:
        return str(self.application.package.doc.name)

    def sheet(self, answers: Mapping[str, Any]) -> Any:
        return assembly_of(self.application).sheet(answers)

    def lacking(self) -> Sequence[Missing]:
        return package_lacking_fields(self.application)

    def answer(self, told: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        return commands.answer_package(self.application, dict(told), by=self.actor, at=now())

    def reload(self) -> None:
        self.application.refresh_from_db()

    def after(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.url("materials"))


@signed_in
@require_http_methods(["GET", "POST"])
@with_package
def form(request: HttpRequest, application: Any, section: int) -> HttpResponse:
    """One page of the merged form."""
    return form_pages.show_or_keep(request, PackagePages(application, as_person(actor_of(request))), section)


@signed_in
@require_POST
@with_package
def autosave(request: HttpRequest, application: Any) -> HttpResponse:
    """Keep what is right so far."""
    return form_pages.autosave(request, PackagePages(application, as_person(actor_of(request))))


@signed_in
@require_GET
@with_package
def divisions(request: HttpRequest, application: Any) -> HttpResponse:
    """An address field again."""
    return form_pages.divisions(request, PackagePages(application, as_person(actor_of(request))))


@signed_in
@require_http_methods(["GET", "POST"])
@with_package
def situation(request: HttpRequest, application: Any) -> HttpResponse:
    """The package's questions again; what still fits is kept."""
    document = application.package.doc
    answers = packages.asked(document, request.POST) if request.method == "POST" else application.situation
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        errors = packages.errors(document, answers)
        if not errors:
            leave = packages.left_out(request.POST)
            try:
                commands.change_situation(
                    application, answers, left_out=leave, by=as_person(actor_of(request)), at=now()
                )
                messages.success(request, _("情形已经更改，还用得上的内容都保留着。"))
                return redirect("portal:package_tasks", application.number)
            except Refusal as refused:
                errors = [
                    {"field": document.questions[0].name if document.questions else "", "message": refused.detail}
                ]
    optional = packaging.resolve(application.package, application.situation).optional
    context = {
        "application": application,
        "document": document,
        "questions": packaging.question_fields(document, answers, wrong=bool(errors)),
        "leaving": packages.leaving(optional, application.left_out),
        "errors": errors,
    }
    return render(request, "portal/package_situation.html", context, status=422 if errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
@remembering()
@with_package
def materials(request: HttpRequest, application: Any) -> HttpResponse:
    """Every material once, with what is handed in for it and who wants it."""
    if request.method == "POST":
        return redirect("portal:package_check", application.number)
    groups = package_materials.page(application, now())
    context = {"application": application, "document": application.package.doc, "groups": groups}
    return render(request, "portal/package_materials.html", context)


@signed_in
@require_POST
@with_package
def upload(request: HttpRequest, application: Any, key: str) -> HttpResponse:
    """One or several files, the licence that lies in the vault, or the promise to bring it later."""
    attach = partial(commands.attach_to_package, application, key, by=as_person(actor_of(request)), at=now())
    error = taken(request, attach)
    htmx, status = getattr(request, "htmx", False), 422 if error else 200
    back = reverse("portal:package_materials", args=[application.number])
    if not error and not htmx:
        return back_to(request, back, anchor=f"upload-{key}")
    face = package_materials.face(application, key, now(), error=error)
    if htmx:
        return render(request, "portal/_upload.html", {"face": face}, status=status)
    context = {"face": face, "application": application, "back": back, "item": application.package.doc.name}
    return render(request, "portal/package_upload_failed.html", context, status=status)


@signed_in
@require_POST
@with_package
def decline(request: HttpRequest, application: Any, key: str) -> HttpResponse:
    """Not to use the licence or earlier paper that would stand in: the upload opens instead, for every item."""
    commands.decline_in_package(application, key, by=as_person(actor_of(request)), at=now())
    return back_to(request, reverse("portal:package_materials", args=[application.number]), anchor=f"upload-{key}")


@signed_in
@require_POST
@with_package
def remove(request: HttpRequest, application: Any, paper: int) -> HttpResponse:
    """Take one back."""
    found = find_paper(application, paper)
    commands.remove_from_package(found, by=as_person(actor_of(request)), at=now())
    url = reverse("portal:package_materials", args=[application.number])
    return back_to(request, url, anchor=f"upload-{found.material}")


@signed_in
@require_GET
def form_file(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """The file with which a field of the form was answered."""
    application = find_package_application(number, by=as_person(actor_of(request)), at=now())
    sheet = assembly_of(application).sheet(application.answers)
    return download(file_of(sheet, application.answers, name), inline="download" not in request.GET)


@signed_in
@require_GET
def document(request: HttpRequest, number: str, paper: int) -> HttpResponseBase:
    """The file, to look at what one has handed in."""
    application = find_package_application(number, by=as_person(actor_of(request)), at=now())
    found = find_paper(application, paper)
    if found.file_id is None:
        raise NotFound
    return download(found.file_id, inline="download" not in request.GET)


@signed_in
@require_http_methods(["GET", "POST"])
@remembering()
@with_package
def check(request: HttpRequest, application: Any) -> HttpResponse:
    """All answers with links to change them; the POST begins the items' own applications."""
    if request.method == "POST":
        commands.divide_package(application, by=as_person(actor_of(request)), at=now())
        return redirect("portal:package_items", application.number)
    assembly, at = assembly_of(application), now()
    context = {
        "application": application,
        "document": application.package.doc,
        "who": filling.who(application),
        "sections": reading.sections(application),
        "materials": package_materials.rows(application, at),
        "gaps": reading.gaps(application, at),
        "later": [translated(each.message) for each in package_owed(application, at)],
        "items": [member.document.name for member in assembly.members],
    }
    return render(request, "portal/package_check.html", context)


@signed_in
@require_GET
@remembering()
@with_package
def items(request: HttpRequest, application: Any) -> HttpResponse:
    """Item by item: what has become of each, and which comes next."""
    steps = reading.part_steps(application, now())
    lines = [line for step in steps for line in step]
    context = {
        "application": application,
        "document": application.package.doc,
        "steps": steps,
        "sent": sum(line.state == "submitted" for line in lines),
        "total": len(lines),
        "following": next((line for line in lines if line.state == "draft" and not line.waits_for), None),
    }
    return render(request, "portal/package_items.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
@with_package
def part(request: HttpRequest, application: Any, slug: str) -> HttpResponse:
    """Begin one item's own application: in whose name."""
    actor, at = as_person(actor_of(request)), now()
    options = reading.part_options(application, slug, actor, at)
    fitting, errors = [each for each in options if each.fits], []
    if request.method == "POST":
        subject = chosen(options, request.POST.get("subject", ""))
        errors = [{"field": "subject", "message": _("请选择以谁的名义申请。")}]
        if subject is not None:
            try:
                begun = commands.begin_part(application, slug, subject=subject, by=actor, at=at)
                return redirect("portal:tasks", begun.application.number if begun.application else "")
            except Refusal as refused:
                errors = [{"field": "subject", "message": refused.detail}]
    context = {
        "application": application,
        "document": application.package.doc,
        "name": assembly_of(application).name_of(slug),
        "fitting": fitting,
        "errors": errors,
        "field": subject_field(fitting, request.POST.get("subject", ""), errors),
    }
    return render(request, "portal/package_part.html", context, status=422 if errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
@with_package
def discard(request: HttpRequest, application: Any) -> HttpResponse:
    """Give the draft up, after a question."""
    if request.method == "POST":
        commands.discard_package(application, by=as_person(actor_of(request)), at=now())
        messages.success(request, _("这份申请已放弃。"))
        return redirect("portal:my")
    number = application.number
    context = {
        "frame": "ui/citizen.html",
        "title": _("放弃这份申请？"),
        "consequence": _(
            "放弃后，“%(item)s”已经填写的内容和上传的材料都不再保留，不能恢复；已经分出去的单项申请不受影响。"
        )
        % {"item": application.package.doc.name},
        "action_url": reverse("portal:package_discard", args=[number]),
        "action_label": _("放弃申请"),
        "cancel_url": reverse("portal:package_tasks", args=[number]),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)
