"""Doors for programs: find items, read the current edition. Open to everybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from yimen.catalog import schemas
from yimen.catalog.choices import EditionDocument
from yimen.catalog.queries import current, difference, edition, search
from yimen.catalog.queries.editions import released_editions
from yimen.kit.rest import Listed

router = Router(tags=["事项"])


@router.get("/items", response=Listed[schemas.ItemLine], auth=None, summary="查找事项")
def list_items(request: HttpRequest, asked: Query[schemas.ItemsAsked]) -> dict[str, Any]:
    """不用登录：用平常的话查找事项，或者按部门、主题、对象、人生事件浏览。"""
    found = search(**asked.model_dump())
    return {"items": [schemas.ItemLine.of(hit) for hit in found.items], "next": found.next}


@router.get("/schemas/item", response=dict[str, Any], auth=None, summary="事项文件的 JSON Schema")
def get_schema(request: HttpRequest) -> dict[str, Any]:
    """不用登录：一个版本的全部要素（GB/T 39046 表 4 和国家实施清单）的 JSON Schema，用来编写和校验事项文件。"""
    return EditionDocument.model_json_schema()


@router.get("/items/{slug}/editions", response=Listed[schemas.EditionLine], auth=None, summary="事项的各个版本")
def list_editions(request: HttpRequest, slug: str) -> dict[str, Any]:
    """不用登录：已经发布过的版本，新的在前；历史版本的日期没有确认的为空。"""
    found = released_editions(slug)
    return {"items": [schemas.EditionLine.of(each) for each in found], "next": None}


@router.get("/items/{slug}/editions/{int:version}", response=schemas.EditionShape, auth=None, summary="事项的一个版本")
def get_edition(request: HttpRequest, slug: str, version: int) -> schemas.EditionShape:
    """不用登录：办件按受理时的版本办理，可以在这里查到。"""
    return schemas.EditionShape.of(edition(slug, version))


@router.get(
    "/items/{slug}/editions/{int:version}/difference", response=Listed[schemas.ChangeShape], auth=None,
    summary="和另一个版本的区别",
)  # fmt: skip
def get_difference(request: HttpRequest, slug: str, version: int, asked: Query[schemas.Against]) -> dict[str, Any]:
    """不用登录：相对于 `against` 版本，逐项、逐份材料列出新增、删去和改动的内容。"""
    changes = difference(edition(slug, asked.against).doc, edition(slug, version).doc)
    return {"items": [schemas.ChangeShape.of(each) for each in changes], "next": None}


@router.get("/items/{slug}", response=schemas.EditionShape, auth=None, summary="事项的现行版本")
def get_item(request: HttpRequest, slug: str) -> schemas.EditionShape:
    """不用登录：办事指南的全部内容，包括材料、表单、环节、期限、依据。"""
    return schemas.EditionShape.of(current(slug))
