"""Doors for programs: the field library, open to everybody."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from yimen.kit.rest import Listed
from yimen.sheets import schemas
from yimen.sheets.queries import library_field, search_library

router = Router(tags=["数据元"])


@router.get("/fields", response=Listed[schemas.ElementShape], auth=None, summary="数据元库")
def list_fields(request: HttpRequest, asked: Query[schemas.ElementsAsked]) -> dict[str, object]:
    """不用登录：表单可以选用的数据元——含义、填写方式、权威来源、敏感程度、从哪里预填；`q` 按名称、代码、含义查找。"""
    found, begin, end = search_library(asked.q), asked.cursor, asked.cursor + asked.size
    shown = [schemas.ElementShape.of(each) for each in found[begin:end]]
    return {"items": shown, "next": str(end) if end < len(found) else None}


@router.get("/fields/{code}", response=schemas.ElementShape, auth=None, summary="一个数据元")
def get_field(request: HttpRequest, code: str) -> schemas.ElementShape:
    """不用登录：一个数据元，停用的写明由哪个代替。"""
    return schemas.ElementShape.of(library_field(code))
