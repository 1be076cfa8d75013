"""Counting what an application saved. Nothing here is anybody's deed: what is counted can be counted again, so it has

no entry in the ledger and is no @command.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from yimen.analytics.models import Saving
from yimen.analytics.queries import facts
from yimen.kit.locks import wait_turn

if TYPE_CHECKING:
    from yimen.applications.models import Application

MEASURES = (
    "asked", "spared", "committed", "later", "fields_asked", "fields_known", "visits_usual", "visits_made",
    "visits_spared",
)  # fmt: skip
_SUMS = ", ".join(f"{each} = analytics_tally.{each} + %s" for each in ("applications", *MEASURES))
TALLY = f"""
INSERT INTO analytics_tally (month, item_id, agency_id, applications, {", ".join(MEASURES)})
VALUES (%s, %s, %s, {", ".join(["GREATEST(%s, 0)"] * (1 + len(MEASURES)))})
ON CONFLICT (month, agency_id, item_id) DO UPDATE SET {_SUMS}
"""  # noqa: S608 - the names of our own columns
MATERIAL = """
INSERT INTO analytics_materialtally (month, item_id, agency_id, material, name, licence, way, count)
VALUES (%s, %s, %s, %s, %s, %s, %s, 1)
ON CONFLICT (month, agency_id, item_id, material, way, name, licence)
DO UPDATE SET count = analytics_materialtally.count + 1
"""


@transaction.atomic
def count(application: Application, at: datetime) -> Saving:
    """Count an application, or count it anew after something came about: the sums change by the difference.

    Its materials are counted once, as they were on the day of submission.
    """
    wait_turn(f"analytics.saving:{application.pk}")
    month = facts.month_of(application)
    now = facts.figures(application)
    before = Saving.objects.filter(application=application).first()
    known = {each: getattr(before, each) for each in MEASURES} if before else dict.fromkeys(MEASURES, 0)
    saving, made = Saving.objects.update_or_create(
        application=application,
        defaults={**now, "counted_at": at},
        create_defaults={
            **now, "counted_at": at, "month": month, "item_id": application.item_id, "agency_id": application.agency_id,
        },
    )  # fmt: skip
    _add(application, saving.month, {each: now[each] - known[each] for each in MEASURES}, new=made)
    if made:
        _add_materials(application, saving.month)
    return saving


def _add(application: Application, month: date, more: Mapping[str, int], *, new: bool) -> None:
    changes = [int(new), *(more[each] for each in MEASURES)]
    if any(changes):
        with connection.cursor() as cursor:
            cursor.execute(TALLY, [month, application.item_id, application.agency_id, *changes, *changes])


def _add_materials(application: Application, month: date) -> None:
    """In one order for all, so that two workers never wait for each other."""
    where = (month, application.item_id, application.agency_id)
    rows = sorted((each.key, each.name, each.licence, each.way) for each in facts.materials(application))
    with connection.cursor() as cursor:
        cursor.executemany(MATERIAL, [(*where, *row) for row in rows])
