"""Every morning: who promised to bring material is reminded; what hasn't come by its day is noted and told."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

from yimen.applications import commands as applications
from yimen.applications.queries.promising import promises_until
from yimen.cases.models import Case
from yimen.city.queries import calendar
from yimen.kit.actor import Actor
from yimen.kit.time import day_of, now
from yimen.law.limits import Limit, due_on
from yimen.law.states import BEFORE_DECISION
from yimen.notices import commands as notices

AHEAD = Limit(2)
"""Working days before its day on which a promise is recalled."""


@app.periodic(cron="30 7 * * *")
@app.task(name="cases.promises", queueing_lock="cases.promises", pass_context=False)
def promises(timestamp: int = 0) -> None:
    """Remind and note."""
    follow_promises(at=now())


def follow_promises(*, at: datetime) -> tuple[int, int]:
    """How many were reminded and how many weren't kept. Done twice on a day it says nothing twice."""
    today, by = day_of(at), Actor.system()
    open_cases = {}
    soon = due_on(opened=today, limit=AHEAD, calendar=calendar())
    waiting = list(promises_until(soon))
    if waiting:
        numbers = [each.application.number for each in waiting]
        rows = Case.objects.filter(number__in=numbers, state__in=[state.value for state in BEFORE_DECISION])
        open_cases = {case.number: case for case in rows}
    reminded = broken = 0
    for each in waiting:
        case = open_cases.get(each.application.number)
        if case is None or each.until is None:
            continue
        material = case.edition.doc.material(each.material)
        name, day = material.name if material else each.material, f"{each.until.month}月{each.until.day}日"
        late = each.until < today
        if late:
            applications.note_broken(each, by=by, at=at)
        notices.send(
            subject=case.subject_id,
            about=case.number,
            title="承诺后补的材料没有按期补交" if late else "承诺后补的材料快到期了",
            body=(
                f"您申请的“{case.item_name}”，承诺{day}前补交的“{name}”还没有收到。补交以前不能批准，可能作出不予批准的决定；"
                "一年内不能再承诺后补。请尽快补交。"
                if late
                else f"您申请的“{case.item_name}”，承诺后补的“{name}”请在{day}前补交，登录后上传就可以。"
            ),
            once=f"promise:{'late' if late else 'soon'}:{each.pk}",
            by=by,
            at=at,
        )
        broken, reminded = broken + late, reminded + (not late)
    return reminded, broken
