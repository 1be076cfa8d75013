"""The door for programs: the due-date calculator."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from yimen.city.queries import calendar, office_hours
from yimen.clocks import schemas
from yimen.kit.telling import translated
from yimen.kit.time import CHINA
from yimen.law.limits import Limit, reckon

router = Router(tags=["期限"])


@router.get("/public/due", response=schemas.DueShape, auth=None, summary="期限计算")
def reckon_due(request: HttpRequest, asked: Query[schemas.DueAsked]) -> schemas.DueShape:
    """不用登录：按工作日、自然日、办公小时或者月计算到期日，逐日说明计入和不计入的日期。起算日不计入。"""
    reckoning = reckon(
        opened=asked.opens,
        limit=Limit(asked.limit, asked.unit),
        pauses=asked.pauses,
        extension=asked.extension,
        calendar=calendar(),
        hours=office_hours(),
    )
    return schemas.DueShape(
        opened=asked.opened,
        limit=asked.limit,
        unit=asked.unit,
        extension=asked.extension,
        due=reckoning.due,
        due_at=reckoning.due_at.replace(tzinfo=CHINA),
        provisional=reckoning.provisional,
        counted=reckoning.counted,
        not_counted=[
            schemas.SpanShape(first=first, last=last, reason=translated(why))
            for first, last, why in reckoning.not_counted
        ],
        reckoning=[translated(each) for each in reckoning.sentences()],
    )
