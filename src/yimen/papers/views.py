"""Doors: the PDF for those who may see the case, and the public page that says whether a paper is genuine."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yimen.files.queries import download
from yimen.kit.crypto import sm3
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, public, signed_in
from yimen.kit.time import now
from yimen.kit.web import address_of
from yimen.ledger.commands import count_attempt
from yimen.papers.access import require_reader
from yimen.papers.commands import finished
from yimen.papers.models import Paper
from yimen.papers.queries import by_number, by_token, code_of, holder_of, is_intact
from yimen.ui.words import plain_date


@signed_in
@require_GET
def pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """The paper itself, shown in the browser; `?download` saves it."""
    paper = by_number(number)
    require_reader(actor_of(request), paper)
    return download(str(finished(paper, at=now()).file_id), inline="download" not in request.GET)


@public
@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Type the code that is printed on the paper."""
    code = request.GET.get("code", "").strip()
    if code:
        return HttpResponseRedirect(reverse("papers:verify", args=[code]))
    error = _("请输入验证码。") if "code" in request.GET else ""
    hint = _("12 个字母和数字，例如 7K3M-9QXT-4D2P；不分大小写。")
    field = {"name": "code", "label": _("验证码"), "kind": "text", "required": True, "hint": hint, "error": error}
    return render(request, "papers/ask.html", {"code": field})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Is it genuine? A POST compares an uploaded file. Says nothing that the holder would mind."""
    count_attempt(f"verify:{address_of(request)}", at=now(), limit=settings.YIMEN_CALLS_PER_MINUTE)
    try:
        paper = finished(by_token(token), at=now())
    except NotFound:
        return render(request, "papers/unknown.html", {"code": token[:20]}, status=404)
    comparison = _compare(request, paper) if request.method == "POST" else {}
    return render(
        request, "papers/verify.html", _facts(paper) | {"comparison": comparison, "upload": _upload(comparison)}
    )


def _facts(paper: Paper) -> dict[str, Any]:
    rows = [
        {"label": _("文书名称"), "value": paper.title},
        {"label": _("文书编号"), "value": paper.number},
        {"label": _("签发机关"), "value": paper.agency},
        {"label": _("签发日期"), "value": plain_date(paper.drawn_at)},
        {"label": _("签发对象"), "value": holder_of(paper)},
        {"label": _("验证码"), "value": code_of(paper.token)},
    ]
    return {"paper": paper, "intact": is_intact(paper), "withdrawn_on": plain_date(paper.withdrawn_at), "rows": rows}


def _upload(comparison: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "file",
        "label": _("选择您手里的 PDF 文件"),
        "kind": "file",
        "required": True,
        "accept": ".pdf",
        "hint": _("只用来比对，不会保存。扫描件、照片和打印件不能这样核对。"),
        "error": comparison.get("error", ""),
    }


def _compare(request: HttpRequest, paper: Paper) -> dict[str, Any]:
    """Does the uploaded file equal the signed one, byte by byte? Nothing of it is kept."""
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile) or not upload.size:
        return {"error": _("请选择要核对的文件。")}
    if upload.size > settings.YIMEN_UPLOAD_LIMIT:
        return {"error": _("文件太大，不是本平台签发的文书。")}
    return {"same": sm3(upload.read()).hex() == paper.digest}
