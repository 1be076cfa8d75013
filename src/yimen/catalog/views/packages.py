"""One-thing packages at the editors' desk: the list, one with its versions, changing it."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yimen.catalog.access import DESK, require_write_package
from yimen.catalog.choices import PackageDocument, package_chain
from yimen.catalog.commands import packaging as commands
from yimen.catalog.models import PackageEdition
from yimen.catalog.queries import faces, packaging
from yimen.catalog.queries.packaging import picturing, writing
from yimen.catalog.views.package_life import waiting_page
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.telling import translated
from yimen.kit.time import now
from yimen.ledger.queries import latest
from yimen.ui import inputs

LARGEST = 1024 * 1024
CODE = r"[a-z0-9]+(-[a-z0-9]+)*"


@duty(*DESK)
@require_safe
def packages(request: HttpRequest) -> HttpResponse:
    """What is released, what is in the making."""
    drafts = {draft.code: draft for draft in packaging.package_drafts()}
    context = {
        "rows": picturing.rows(drafts),
        "columns": picturing.columns(),
        "may_edit": actor_of(request).may("editor"),
        "nav": "catalog_packages",
    }
    return render(request, "catalog/packages.html", context)


@duty(*DESK)
@require_safe
def package(request: HttpRequest, code: str, version: int | None = None) -> HttpResponse:
    """One version: its members, what is merged, where the conflicts are; all versions and who made them."""
    versions = list(packaging.package_versions(code))
    found = next((each for each in versions if version in (None, each.version)), None)
    if found is None:
        raise packaging.NoSuchPackage
    context = {
        "package": found,
        "document": found.doc,
        "versions": versions,
        "newest": found == versions[0],
        "ended": found.package.ended_at,
        "picture": picturing.picture(found.doc),
        "facts": picturing.facts(found.doc, found),
        "findings": picturing.findings([each for each in _problems(found) if each.stops], found.document),
        "story": picturing.story(latest(package_chain(code), 20)),
        "draft": next((draft for draft in packaging.package_drafts() if draft.code == code), None),
        "may_edit": actor_of(request).may("editor"),
        "nav": "catalog_packages",
    }
    return render(request, "catalog/package.html", context)


@duty(*DESK)
@require_safe
def document(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """A version as a file, to be changed and uploaded again."""
    found = next((each for each in packaging.package_versions(code) if each.version == version), None)
    if found is None:
        raise packaging.NoSuchPackage
    body = json.dumps(found.document, ensure_ascii=False, indent=1)
    answer = HttpResponse(body + "\n", content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(code)}-{version}.json"
    return answer


@duty("editor")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new package, empty or from a file; either becomes a draft."""
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            raw = _sent(request) if request.FILES.get("file") else _begun(request)
            over = request.POST.get("over") == "1"
            draft = commands.save_package_draft(
                raw, code=raw["code"], revision=0, by=actor_of(request), at=now(), over=over
            )
            return redirect("catalog:package_draft", draft.code)
        except Invalid as wrong:
            errors = wrong.errors
        except Refusal as refused:
            errors = [{"field": "code", "message": refused.detail}]
    said = {each["field"]: each["message"] for each in errors}
    fields = [
        {"name": "name", "label": _("名称"), "kind": "text", "required": True},
        {"name": "code", "label": _("代码"), "kind": "text", "required": True,
         "hint": _("小写英文、数字和连字符，出现在网址里，以后不能改。例如：open-restaurant")},
    ]  # fmt: skip
    file = {
        "name": "file",
        "label": _("“一件事”文件（JSON）"),
        "kind": "file",
        "accept": ".json,application/json",
        "required": True,
        "hint": _("最大 1 MB。文件成为草稿，检查以后再送审。"),
        "error": said.get("file", ""),
    }
    context = {
        "errors": errors,
        "fields": [
            {**each, "value": request.POST.get(str(each["name"]), ""), "error": said.get(str(each["name"]), "")}
            for each in fields
        ],
        "file": file,
        "nav": "catalog_packages",
    }
    return render(request, "catalog/package_new.html", context, status=422 if errors else 200)


@duty("editor")
@require_POST
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin to change a released package."""
    commands.open_package_draft(packaging.package_named(code), by=actor_of(request), at=now())
    return redirect("catalog:package_draft", code)


@duty(*DESK)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The editor: every button keeps what was typed. What the offices have is read here, with what they can do."""
    held, actor = packaging.package_draft(code), actor_of(request)
    if request.method == "GET":
        mine = held.in_hand and actor.may("editor")
        return _editor(request, held, held.document) if mine else waiting_page(request, held)
    require_write_package(actor)
    values = _typed(request, held.document)
    button = inputs.row_button(request.POST)
    if button:
        shown = inputs.apply(values, button)
        return _editor(request, held, writing.document_of(_whole(shown), held.document), rows=shown)
    raw = picturing.declared(writing.document_of(values, held.document), request.POST)
    revision = request.POST.get("revision", "")
    try:
        commands.save_package_draft(
            raw, code=code, revision=int(revision) if revision.isdecimal() else 0, by=actor, at=now(),
            over=request.POST.get("over") == "1",
        )  # fmt: skip
    except commands.DraftMoved as moved:
        return _editor(request, packaging.package_draft(code), raw, moved=translated(moved.detail), status=409)
    except Refusal as refused:
        return _editor(request, packaging.package_draft(code), raw, refused=refused, status=refused.status)
    if request.POST.get("do") == "submit":
        return redirect("catalog:package_submit", code)
    anchor = "#merged" if {"join", "part", "undo"} & set(request.POST) else ""
    return redirect(f"{reverse('catalog:package_draft', args=[code])}{anchor}")


@duty("editor")
@require_POST
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What is wrong with what is typed now; nothing is kept."""
    held = packaging.package_draft(code)
    raw = writing.document_of(_typed(request, held.document), held.document)
    _document, findings = packaging.check_package_whole(raw)
    return render(request, "catalog/_package_findings.html", {"findings": picturing.findings(findings, raw)})


@duty("editor")
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Give the draft up, after a question."""
    held = packaging.package_draft(code)
    if request.method == "POST":
        commands.discard_package_draft(held, by=actor_of(request), at=now())
        messages.success(request, _("草稿已放弃。"))
        return redirect("catalog:packages")
    context = {
        "frame": "ui/desk.html",
        "title": _("放弃“{name}”的草稿？").format(name=held.document.get("name") or code),
        "consequence": _("草稿里的修改不再保留，不能恢复；已经发布的版本不受影响。"),
        "action_url": reverse("catalog:package_discard", args=[code]),
        "action_label": _("放弃草稿"),
        "cancel_url": reverse("catalog:package_draft", args=[code]),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


def _problems(found: PackageEdition) -> list[packaging.Finding]:
    """What is wrong with a released package now: an item may have been suspended since."""
    _document, findings = packaging.check_package_whole(found.document)
    return findings


def _editor(
    request: HttpRequest,
    held: Any,
    raw: dict[str, Any],
    *,
    rows: dict[str, Any] | None = None,
    moved: str = "",
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    found, findings = packaging.check_package_whole(raw)
    sections = writing.fields(raw)
    if rows:
        for field in (each for section in sections.values() for each in section):
            field["value"] = rows.get(field["name"], field["value"])
    context = {
        "draft": held,
        "raw": raw,
        "sections": sections,
        "findings": picturing.findings(findings, raw),
        "stops": sum(each.stops for each in findings),
        "picture": picturing.picture(found) if found else None,
        "declared": picturing.declarations(raw),
        "moved": moved,
        "story": faces.story(held.passages.select_related("edition").order_by("-id")),
        "refused": translated(refused.detail) if refused else "",
        "nav": "catalog_packages",
    }
    return render(request, "catalog/package_draft.html", context, status=status)


def _typed(request: HttpRequest, raw: dict[str, Any]) -> dict[str, Any]:
    return inputs.read(request.POST, writing.every_field(raw))


def _whole(values: dict[str, Any]) -> dict[str, Any]:
    """Rows that are still empty are shown, not kept."""
    return {
        name: [row for row in value if any(row.values())] if value and isinstance(value[0], dict) else value
        for name, value in values.items()
        if isinstance(value, list)
    } | {name: value for name, value in values.items() if not isinstance(value, list)}


def _begun(request: HttpRequest) -> dict[str, Any]:
    name, code = request.POST.get("name", "").strip(), request.POST.get("code", "").strip()
    errors = [] if name else [{"field": "name", "code": "name_missing", "message": _("请填写名称。")}]
    if not re.fullmatch(CODE, code) or len(code) > 56:
        errors.append({"field": "code", "code": "bad_code", "message": _("代码只能用小写英文、数字和连字符。")})
    if errors:
        raise Invalid(errors)
    return {"code": code, "name": name, "life_event": "", "lead_department": "", "description": "", "items": []}


def _sent(request: HttpRequest) -> dict[str, Any]:
    sent = request.FILES.get("file")
    wrong = {"field": "file", "code": "bad_file"}
    if sent is None or (sent.size or 0) > LARGEST:
        raise Invalid([{**wrong, "message": _("文件超过 1 MB，请核对是否选错。")}])
    try:
        raw = json.loads(sent.read().decode("utf-8-sig"))
    except ValueError:
        raise Invalid([{**wrong, "message": _("文件不是 JSON 格式。")}]) from None
    if not isinstance(raw, dict) or set(raw) - set(PackageDocument.model_fields):
        raise Invalid([{**wrong, "message": _("文件不是一个“一件事”。")}])
    return raw
