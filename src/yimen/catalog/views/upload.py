"""Uploading a document: checked first, released on a second click by the same command that loads folders."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yimen.catalog import queries
from yimen.catalog.commands import BadFile, Unchanged, agency_of, parse
from yimen.catalog.commands import release as release_edition
from yimen.catalog.queries import Problem
from yimen.kit.errors import Invalid
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now

LARGEST = 1024 * 1024


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file and see what is wrong with it, or what it would release."""
    if request.method != "POST":
        return _page(request)
    sent = request.FILES.get("file")
    if sent is None or not sent.size:
        return _page(request, error=_("请选择一个 JSON 文件。"), status=422)
    if sent.size > LARGEST:
        return _page(request, error=_("文件超过 1 MB，请核对是否选错。"), status=422)
    return _checked(request, sent.read())


@duty("editor")
@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Release what was checked a moment ago; it is checked again."""
    content = request.POST.get("document", "").encode()
    try:
        document, problems = queries.check(parse(content))
        if document is None:
            raise BadFile(*problems)
        edition = release_edition(document, agency=agency_of(document), by=actor_of(request), at=now())
    except BadFile as bad:
        return _page(request, problems=bad.problems, status=422)
    except Invalid as refused:
        problems = [Problem(error["field"], error["message"]) for error in refused.errors]
        return _page(request, problems=problems, status=422)
    except Unchanged as same:
        return _page(request, error=same.detail, status=same.status)
    messages.success(request, _("已发布：{name}，第 {n} 版。").format(name=document.name, n=edition.version))
    return HttpResponseRedirect(reverse("catalog:item", args=[document.slug]))


def _checked(request: HttpRequest, content: bytes) -> HttpResponse:
    try:
        raw = parse(content)
        document, problems = queries.check(raw)
        if document is None:
            raise BadFile(*problems)
        agency = agency_of(document)
    except BadFile as bad:
        return _page(request, problems=bad.problems, status=422)
    facts = [
        {"label": _("事项"), "value": document.name},
        {"label": _("实施主体"), "value": agency.name},
        {"label": _("材料"), "value": _("{n} 项").format(n=len(document.materials))},
        {"label": _("表单字段"), "value": _("{n} 项").format(n=len(document.form_fields))},
        {"label": _("环节"), "value": "→".join(step.name for step in document.steps)},
        {"label": _("时限"), "value": document.decision_limits.sentence},
    ]
    return _page(request, facts=facts, document=content.decode("utf-8-sig"))


def _page(request: HttpRequest, *, status: int = 200, error: str = "", **more: Any) -> HttpResponse:
    field = {
        "name": "file",
        "label": _("事项文件（JSON）"),
        "kind": "file",
        "required": True,
        "accept": ".json,application/json",
        "hint": _("可以先在事项页下载现行版本，修改后再上传。最大 1 MB。"),
        "error": error,
    }
    columns = [
        {"key": "field", "label": _("位置"), "kind": "strong"},
        {"key": "reason", "label": _("问题"), "kind": "text"},
    ]
    context = {"file": field, "columns": columns, "nav": "catalog", **more}
    return render(request, "catalog/upload.html", context, status=status)
