"""One application for a package: its steps, the pages of the merged form, papers, the check, and item by item."""

from __future__ import annotations

import functools
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.applications.choices import Presented
from yimen.applications.commands import NoSuchLicence, NotDeferrable
from yimen.applications.commands import together as commands
from yimen.applications.queries.together import (
    assembly_of,
    find_package_application,
    find_paper,
    package_lacking,
    package_owed,
)
from yimen.catalog.queries import packaging
from yimen.files.queries import download
from yimen.kit.commands import remembering
from yimen.kit.errors import NotFound, Refusal
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import day_of, now
from yimen.kit.typed import take_typed
from yimen.portal.queries import filling, packages
from yimen.portal.queries import together as reading
from yimen.portal.queries.applicants import chosen
from yimen.portal.views.draft import View, as_person, back_to
from yimen.portal.views.packages import subject_field
from yimen.sheets import queries as sheets
from yimen.ui import inputs

USES = (Presented.LICENCE, Presented.PROMISE)


def with_package(view: View) -> View:
    """Give the view the application instead of its number."""

    @functools.wraps(view)
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
    steps = reading.tasks(application)
    following = next((step for step in steps if step["state"] == "current"), None)
    done = sum(step["state"] == "done" for step in steps)
    context = {"application": application, "document": application.package.doc, "steps": steps, "following": following}
    return render(request, "portal/package_tasks.html", context | {"done": done, "total": len(steps)})


@signed_in
@require_http_methods(["GET", "POST"])
@with_package
def form(request: HttpRequest, application: Any, section: int) -> HttpResponse:
    """One page of the merged form. Right answers are kept even when others are wrong; nothing typed is lost."""
    if request.method == "GET":
        typed = take_typed(request)
        return _form_page(request, application, section, typed=_posted(typed, application) if typed else None)
    raw, button = _posted(request.POST, application), inputs.row_button(request.POST)
    if button:
        return _form_page(request, application, section, typed=inputs.apply(raw, button))
    errors = _keep(request, application, raw)
    application.refresh_from_db()
    wrong, names = {each["field"] for each in errors}, set(raw)
    errors += [
        {"field": each.key, "code": "missing", "message": filling.said(each)}
        for each in package_lacking(application)
        if each.kind == "field" and each.key in names - wrong
    ]
    if errors:
        return _form_page(request, application, section, typed=raw, errors=errors)
    if request.GET.get("return") == "check":
        return redirect("portal:package_check", application.number)
    following = filling.page_after(reading.pages_of(application), names)
    if following:
        return redirect("portal:package_form", application.number, following)
    return redirect("portal:package_materials", application.number)


def _form_page(
    request: HttpRequest,
    application: Any,
    section: int,
    *,
    typed: dict[str, Any] | None = None,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    held = {**application.answers, **(typed or {})}
    pages = reading.pages_of(application, held, _short(errors or [], application))
    asked = next((page for page in pages if page.names & set(typed or ())), None)
    page = asked or filling.page_at(pages, section)
    number = application.number
    context = {
        "application": application,
        "document": application.package.doc,
        "page": page,
        "total": len(pages),
        "fields": reading.fields_at(application, page),
        "names": " ".join(sorted(page.names)),
        "errors": errors or [],
        "returning": request.GET.get("return") == "check",
        "autosave_url": reverse("portal:package_autosave", args=[number]),
    }
    return render(request, "portal/package_form.html", context, status=422 if errors else 200)


@signed_in
@require_POST
@with_package
def autosave(request: HttpRequest, application: Any) -> HttpResponse:
    """Keep what is right so far, while somebody types; says what it could not keep."""
    errors = _keep(request, application, _posted(request.POST, application))
    return render(request, "portal/_saved.html", {"at": now(), "wrong": len(errors)})


@signed_in
@require_GET
@with_package
def divisions(request: HttpRequest, application: Any) -> HttpResponse:
    """An address field again, with the lists below what was chosen."""
    name = request.GET.get("field", "")
    typed = sheets.from_post(request.GET, assembly_of(application).sheet(application.answers), {name})
    pages = reading.pages_of(application, {**application.answers, **typed})
    page = next((page for page in pages if name in page.names), None)
    if page is None:
        raise NotFound
    field = next(field for field in reading.fields_at(application, page) if field["name"] == name)
    return render(request, "portal/_field.html", {"field": field})


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
        "questions": packages.questions(document, answers, wrong=bool(errors)),
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
    context = {
        "application": application,
        "document": application.package.doc,
        "faces": reading.faces(application, now()),
        "given": reading.given(application),
    }
    return render(request, "portal/package_materials.html", context)


@signed_in
@require_POST
@with_package
def upload(request: HttpRequest, application: Any, key: str) -> HttpResponse:
    """One or several files, the licence that lies in the vault, or the promise to bring it later."""
    use = request.POST.get("use", "")
    error = _use(request, application, key, Presented(use)) if use in USES else _take(request, application, key)
    htmx, status = getattr(request, "htmx", False), 422 if error else 200
    back = reverse("portal:package_materials", args=[application.number])
    if not error and not htmx:
        return back_to(request, back, anchor=f"upload-{key}")
    face = reading.face(application, key, now(), error=error)
    if htmx:
        return render(request, "portal/_upload.html", {"face": face}, status=status)
    context = {"face": face, "application": application, "back": back, "item": application.package.doc.name}
    return render(request, "portal/package_upload_failed.html", context, status=status)


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
def document(request: HttpRequest, number: str, paper: int) -> HttpResponseBase:
    """The file, to look at what one has handed in."""
    application = find_package_application(number, by=as_person(actor_of(request)), at=now())
    found = find_paper(application, paper)
    if found.file_id is None:
        raise NotFound
    return download(found.file_id, inline="download" not in request.GET)


@signed_in
@require_http_methods(["GET", "POST"])
@with_package
def check(request: HttpRequest, application: Any) -> HttpResponse:
    """All answers with links to change them; the POST begins the items' own applications."""
    if request.method == "POST":
        commands.divide_package(application, by=as_person(actor_of(request)), at=now())
        return redirect("portal:package_items", application.number)
    assembly = assembly_of(application)
    context = {
        "application": application,
        "document": application.package.doc,
        "who": reading.who(application),
        "sections": reading.sections(application),
        "materials": reading.material_rows(application, now()),
        "gaps": reading.gaps(application),
        "later": [each.message for each in package_owed(application)],
        "items": [member.document.name for member in assembly.members],
    }
    return render(request, "portal/package_check.html", context)


@signed_in
@require_GET
@remembering()
@with_package
def items(request: HttpRequest, application: Any) -> HttpResponse:
    """Item by item: what has become of each, and which comes next."""
    steps = reading.part_steps(application)
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


def _posted(post: QueryDict, application: Any) -> dict[str, Any]:
    """The answers of the page that was posted; it says itself which fields it asked."""
    sheet = assembly_of(application).sheet(application.answers)
    names = {field.name for field in sheet.form_fields} & set(post.get("names", "").split())
    return sheets.from_post(post, sheet, names)


def _keep(request: HttpRequest, application: Any, raw: dict[str, Any]) -> list[dict[str, str]]:
    """Save the answers to what is asked, given the answers; what is wrong comes back as errors."""
    at = now()
    sheet = assembly_of(application).sheet(application.answers)
    clean, _errors = sheets.check(sheet, raw, today=day_of(at))
    asked = sheets.asked(sheet, {**application.answers, **clean})
    told = {name: value for name, value in raw.items() if name in asked}
    errors = commands.answer_package(application, told, by=as_person(actor_of(request)), at=at)
    return [{"field": each["field"], "code": each["code"], "message": each["message"]} for each in errors]


def _short(errors: list[dict[str, str]], application: Any) -> dict[str, str]:
    labels = {field.name: field.label for field in assembly_of(application).sheet(application.answers).form_fields}
    return {each["field"]: each["message"].removeprefix(f"{labels.get(each['field'], '')}：") for each in errors}


def _take(request: HttpRequest, application: Any, key: str) -> str:
    """Hand in each file; the sentence about those that were not taken, "" when all were."""
    given = request.FILES.getlist("file")
    failures = [] if given else [_("请选择要上传的文件。")]
    for one in given:
        name = one.name or "file"
        try:
            commands.attach_to_package(application, key, upload=(name, one), by=as_person(actor_of(request)), at=now())
        except Refusal as refusal:
            if refusal.status in (403, 404, 409):
                raise
            failures.append(f"{name}：{refusal.detail}" if len(given) > 1 else refusal.detail)
    return " ".join(failures)


def _use(request: HttpRequest, application: Any, key: str, presented: Presented) -> str:
    try:
        commands.attach_to_package(application, key, presented=presented, by=as_person(actor_of(request)), at=now())
    except (NoSuchLicence, NotDeferrable) as refusal:
        return refusal.detail
    return ""
