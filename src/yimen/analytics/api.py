"""The door for programs: what was saved."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from yimen.analytics import queries, schemas
from yimen.analytics.access import READING
from yimen.kit.errors import Forbidden
from yimen.kit.guards import actor_of

router = Router(tags=["减材料成效"])
PERIOD = r"^[12]\d{3}(Q[1-4]|-(0[1-9]|1[0-2]))?$"


class Asked(Schema):
    """period: a year, quarter or month; agency: a code."""

    period: str | None = Field(default=None, pattern=PERIOD, description="2026、2026Q3 或者 2026-11；不写为全部")
    agency: str = Field(default="", max_length=40, description="部门代码；不写为本岗位所及的全部部门")


@router.get("/savings", response=list[schemas.SavedShape], summary="少交的材料、自动填好的内容、少跑的次数")
def list_savings(request: HttpRequest, asked: Query[Asked]) -> list[schemas.SavedShape]:
    """按部门合计，免提交最多的在前；给出部门代码的，按该部门的事项合计。"""
    actor, span = actor_of(request), queries.span(asked.period or "")
    if not actor.duties & set(READING):
        raise Forbidden
    found = queries.by_item(actor, span, asked.agency) if asked.agency else queries.by_agency(actor, span)
    return [schemas.SavedShape.of(each) for each in found]


@router.get("/savings/materials", response=list[schemas.RankedShape], summary="材料复用分析")
def list_materials(request: HttpRequest, asked: Query[Asked]) -> list[schemas.RankedShape]:
    """要求最多的材料在前，最多 500 种，附每种取得方式的次数和建议。"""
    actor = actor_of(request)
    if not actor.duties & set(READING):
        raise Forbidden
    found = queries.ranking(actor, queries.span(asked.period or ""), asked.agency)
    return [schemas.RankedShape.of(each) for each in found[:500]]
