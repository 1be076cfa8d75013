"""A small city, made by commands: one city, two counties, towns, villages, a few agencies, a hall, posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yimen.city import commands, queries
from yimen.city.choices import Duty, Level, Reach, WindowKind
from yimen.city.models import Agency, Division, Hall, Post, Window
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.kit.time import CHINA

AT = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
SYSTEM = Actor.system()

CITY, COUNTY, TOWN, VILLAGE = "441400", "441402", "441402004", "441402004001"
PLACES = (
    (CITY, "岭东市", Level.CITY, None),
    (COUNTY, "梅江区", Level.COUNTY, CITY),
    ("441403", "梅县区", Level.COUNTY, CITY),
    (TOWN, "江南街道", Level.TOWN, COUNTY),
    ("441402102", "三角镇", Level.TOWN, COUNTY),
    ("441403100", "松口镇", Level.TOWN, "441403"),
    (VILLAGE, "梅龙社区居委会", Level.VILLAGE, TOWN),
)
NAMES = {"SJ": "市场监督管理局", "WJ": "卫生健康局", "ZW": "政务服务和数据管理局", "GA": "公安局"}


def divisions(at: datetime = AT) -> dict[str, Division]:
    """All places of the small city, by code."""
    made: dict[str, Division] = {}
    for code, name, level, parent in PLACES:
        made[code] = commands.put_division(
            code=code, name=name, level=level, parent=made[parent] if parent else None, by=SYSTEM, at=at
        )
    return made


def agency(department: str = "SJ", division: str = COUNTY, at: datetime = AT) -> Agency:
    """The agency of a department at a place; the place comes into being with it."""
    place = _place(division, at)
    return commands.put_agency(
        code=f"{division}-{department}",
        name=f"{place.name}{NAMES.get(department, department)}",
        department=department,
        division=place,
        short=NAMES.get(department, department),
        phone="12345",
        by=SYSTEM,
        at=at,
    )


def hall(division: str = COUNTY, at: datetime = AT) -> Hall:
    place = _place(division, at)
    return commands.put_hall(
        code=f"{division}-H1",
        name=f"{place.name}政务服务中心",
        division=place,
        address="江南路 1 号",
        phone="0753-12345",
        open_hours="周一至周五 08:30–12:00，14:30–17:30",
        by=SYSTEM,
        at=at,
    )


def window(
    place: Hall | None = None, number: str = "1", kind: str = WindowKind.COMPREHENSIVE, at: datetime = AT
) -> Window:
    return commands.put_window(hall=place or hall(), number=number, name="综合受理", kind=kind, by=SYSTEM, at=at)


def post(
    *duties: str,
    agency: Agency | None = None,
    division: Division | None = None,
    hall: Hall | None = None,
    window: Window | None = None,
    reach: str | None = None,
    code: str | None = None,
    name: str = "",
    at: datetime = AT,
) -> Post:
    """A post with these duties. Reach: the agency if one is given, else the division if one is given, else all."""
    given: Iterable[str] = duties or (Duty.CLERK,)
    span = reach or (Reach.AGENCY if agency else Reach.DIVISION if division else Reach.ALL)
    words = "、".join(Duty(each).label for each in given)
    where = agency.code if agency else division.code if division else "all"
    return commands.put_post(
        code=code or f"{where}-{'-'.join(given)}",
        name=name or f"{words}岗",
        duties=given,
        reach=span,
        agency=agency,
        division=division,
        hall=hall,
        window=window,
        by=SYSTEM,
        at=at,
    )


def _place(code: str, at: datetime) -> Division:
    try:
        return queries.division(code)
    except NotFound:
        return divisions(at)[code]
