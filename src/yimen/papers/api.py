"""The door for programs: a paper as PDF/A."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router

from yimen.files.queries import download
from yimen.kit.guards import actor_of
from yimen.kit.rest import moment
from yimen.papers.access import require_reader
from yimen.papers.commands import finished
from yimen.papers.queries import by_number

router = Router(tags=["文书"])
PDF = {
    "responses": {
        200: {
            "description": "PDF/A",
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.get("/papers/{number}/pdf", response=None, summary="文书 PDF", openapi_extra=PDF)
def get_paper_pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """文书的 PDF/A 文件，带有签章和验证码。能够查看办件的人都可以读取。"""
    paper = by_number(number)
    require_reader(actor_of(request), paper)
    return download(str(finished(paper, at=moment(request)).file_id))
