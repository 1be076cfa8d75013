"""Doors for programs: find items, read the current edition. Open to everybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from yimen.catalog import schemas
from yimen.catalog.queries import current, search
from yimen.kit.rest import Listed

router = Router(tags=["事项"])


@router.get("/items", response=Listed[schemas.ItemLine], auth=None, summary="查找事项")
def list_items(request: HttpRequest, asked: Query[schemas.ItemsAsked]) -> dict[str, Any]:
    """不用登录：用平常的话查找事项，或者按部门、主题、对象、人生事件浏览。"""
    found = search(**asked.model_dump())
    return {"items": [schemas.ItemLine.of(hit) for hit in found.items], "next": found.next}


@router.get("/items/{slug}", response=schemas.EditionShape, auth=None, summary="事项的现行版本")
def get_item(request: HttpRequest, slug: str) -> schemas.EditionShape:
    """不用登录：办事指南的全部内容，包括材料、表单、环节、期限、依据。"""
    return schemas.EditionShape.of(current(slug))
