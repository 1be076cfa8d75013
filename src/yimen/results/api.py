"""Doors for programs: issue and deliver."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from yimen.cases import queries as cases
from yimen.cases.queries import CaseShape
from yimen.kit.guards import actor_of
from yimen.kit.rest import moment
from yimen.results import commands, schemas

router = Router(tags=["办件"])
NOTHING = schemas.IssueGiven()


@router.post("/cases/{number}/issue", response=CaseShape, summary="签发结果")
def issue_results(request: HttpRequest, number: str, body: schemas.IssueGiven = NOTHING) -> CaseShape:
    """签发决定后制作的证照和文书，证照进入申请人的证照库（许可法 44）。可能取代几份旧证的，用 replaces 说明。"""
    by, at = actor_of(request), moment(request)
    done = commands.issue(cases.find(number, by=by, at=at), by=by, at=at, seen=body.version, replaces=body.replaces)
    return cases.shape(done, by, at)


@router.post("/cases/{number}/deliver", response=CaseShape, summary="送达")
def deliver_results(request: HttpRequest, number: str, body: schemas.DeliverGiven) -> CaseShape:
    """窗口领取（登记领取人）、邮寄（快递单号）或者电子送达；送达后办结。"""
    by, at = actor_of(request), moment(request)
    given = body.model_dump(exclude={"version"})
    done = commands.deliver(cases.find(number, by=by, at=at), **given, by=by, at=at, seen=body.version)
    return cases.shape(done, by, at)
