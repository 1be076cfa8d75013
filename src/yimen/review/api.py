"""The door for programs: an opinion on a task."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from yimen.cases import queries as cases
from yimen.cases.queries import CaseShape
from yimen.kit.guards import actor_of
from yimen.kit.rest import moment
from yimen.review import commands, schemas

router = Router(tags=["办件"])


@router.post("/cases/{number}/opine", response=CaseShape, summary="出具意见")
def opine_on_case(request: HttpRequest, number: str, body: schemas.OpinionGiven) -> CaseShape:
    """对一个审查环节（tasks 中的 id）出具意见；不同意的应当说明理由。受理人不能参与审查。"""
    by, at = actor_of(request), moment(request)
    case = cases.find(number, by=by, at=at)
    commands.opine(case, task=body.task, opinion=body.opinion, text=body.text, by=by, at=at, seen=body.version)
    return cases.shape(case, by, at)  # an opinion leaves the case's own row as it is
