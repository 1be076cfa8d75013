"""The door for programs: cards."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from yimen.kit.errors import Forbidden
from yimen.kit.guards import actor_of
from yimen.kit.rest import Listed, listed
from yimen.supervision import schemas
from yimen.supervision.access import SEEING
from yimen.supervision.queries import cards

router = Router(tags=["效能监督"])


@router.get("/cards", response=Listed[schemas.CardShape], summary="预警和红黄牌")
def list_cards(request: HttpRequest, asked: Query[schemas.CardsAsked]) -> dict[str, Any]:
    """本岗位所及部门的预警、黄牌、红牌，最新的在前；可按级别、办件编号查询。"""
    by = actor_of(request)
    if not by.duties & SEEING:
        raise Forbidden
    return listed(cards(by, level=asked.level or "", case=asked.case, cursor=asked.cursor), schemas.CardShape.of)
