"""Fill the registers from a list of divisions and departments (the format of demo/data/catalog/departments.json)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yimen.city import access
from yimen.city.choices import LEVEL_ORDER, Level
from yimen.city.commands.places import put_agency, put_division
from yimen.city.models import Division
from yimen.kit.actor import Actor
from yimen.kit.commands import command

LEVELS = {"市": Level.CITY, "县": Level.COUNTY, "镇": Level.TOWN, "村": Level.VILLAGE}


@command
def load_divisions(data: Mapping[str, Any], *, by: Actor, at: datetime) -> dict[str, int]:
    """Enter divisions, then every department's agencies; all or nothing. Returns how many of each. Raises Invalid."""
    access.require(by, access.ADMINISTRATION)
    places: dict[str, Division] = {}
    for row in sorted(data["divisions"], key=lambda row: LEVEL_ORDER[LEVELS[row["level"]]]):
        places[row["code"]] = put_division(
            code=row["code"],
            name=row.get("display_name") or row["name"],
            level=LEVELS[row["level"]],
            parent=places.get(row["parent"]),
            by=by,
            at=at,
        )
    agencies = [
        _put(department, row, places, by, at) for department in data["departments"] for row in department["instances"]
    ]
    return {"divisions": len(places), "agencies": len(agencies)}


def _put(
    department: Mapping[str, Any], row: Mapping[str, Any], places: Mapping[str, Division], by: Actor, at: datetime
) -> int:
    place = places[row["division"]]
    agency = put_agency(
        code=row["code"],
        name=row["name"],
        department=department["code"],
        division=place,
        short=row.get("short") or (row["name"] if place.level == Level.TOWN else department["name"]),
        kind=department.get("kind") or "",
        phone=department.get("hotline") or "",
        window_phone=row.get("window_phone") or department.get("window_phone") or "",
        work=department.get("duty") or "",
        by=by,
        at=at,
    )
    return agency.pk
