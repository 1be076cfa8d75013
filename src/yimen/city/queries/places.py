"""Divisions, agencies, halls, windows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.conf import settings
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import Length, StrIndex

from yimen.city.choices import LEVEL_ORDER, Level
from yimen.city.models import Agency, Division, Hall, Window
from yimen.kit.commands import keep_once
from yimen.kit.errors import NotFound
from yimen.kit.rows import Among
from yimen.law.said import said

M = TypeVar("M", bound=Model)


def division(code: str) -> Division:
    """Raises NotFound."""
    return _one(Division.objects.all(), said("没有这个行政区划。"), code=code)


def own_city() -> Division | None:
    """The city whose house this is; None before anything is entered."""
    return Division.objects.filter(code=settings.YIMEN_CITY_DIVISION).first()


def children(code: str, level: str | None = None) -> list[Division]:
    """The divisions directly under one, of one level if asked."""
    rows = Division.objects.filter(parent__code=code)
    return list(rows.filter(level=level) if level else rows)


def divisions_named(asked: str, under: str) -> QuerySet[Division]:
    """Those whose name holds a word or whose code begins with it, anywhere; nothing asked: those directly under one."""
    if asked:
        return Division.objects.select_related("parent").filter(Q(name__icontains=asked) | Q(code__startswith=asked))
    return Division.objects.select_related("parent").filter(parent__code=under)


def divisions_above(place: Division) -> list[Division]:
    """The way down to a division, the city first, itself left out."""
    codes = place.path.strip("/").split("/")[:-1]
    return sorted(Division.objects.filter(code__in=codes), key=lambda each: each.path)


def divisions_below(place: Division) -> QuerySet[Division]:
    """This division and everything under it."""
    return Division.objects.filter(path__startswith=place.path)


def division_names(code: str) -> str:
    """The way down to a division as an address begins (no city): 梅江区江南街道梅龙社区居委会. "" if unknown."""
    place = Division.objects.filter(code=code).first()
    if place is None:
        return ""
    codes = place.path.strip("/").split("/")
    above = Division.objects.filter(code__in=codes).exclude(level=Level.CITY).order_by("path")
    return "".join(each.name for each in above) or place.name


def address_lists(value: Mapping[str, str], *, city: str | None = None) -> dict[str, list[dict[str, str]]]:
    """What the address field offers: counties, the towns of the chosen county, the villages of the chosen town.

    value: codes or names under "county" and "town". A city without counties offers its towns at once.
    """
    top = city or settings.YIMEN_CITY_DIVISION
    under = children(top)
    counties = [each for each in under if each.level == Level.COUNTY]
    county = _chosen(counties, value.get("county", ""))
    towns = [each for each in under if each.level == Level.TOWN] if not counties else []
    if county:
        towns = children(county.code, Level.TOWN)
    town = _chosen(towns, value.get("town", ""))
    villages = children(town.code, Level.VILLAGE) if town else []
    return {"counties": _options(counties), "towns": _options(towns), "villages": _options(villages)}


def address_text(value: Mapping[str, str] | str | None) -> str:
    """An address as people write it: county, town, village by name, then the detail. Text stays as it is."""
    if not value:
        return ""
    if isinstance(value, str):
        return value
    lowest = value.get("village") or value.get("town") or value.get("county") or ""
    return division_names(lowest) + (value.get("detail") or "")


def address_parts(text: str, *, city: str | None = None) -> dict[str, str]:
    """A written address as the parts of the address field: the divisions that it begins with, the rest as detail.

    What isn't recognised stays in the detail: an address of another city, a village under a name of its own. One
    statement.
    """
    return dict(keep_once(f"city.address_parts:{city}:{text}", lambda: _recognised(text, city)))


def _recognised(text: str, city: str | None) -> dict[str, str]:
    top, rest = division(city or settings.YIMEN_CITY_DIVISION), "".join(text.split())
    rest = re.sub(rf"^(\w{{2,7}}(省|自治区))?{re.escape(top.name)}", "", rest)
    named = Division.objects.annotate(place=StrIndex(Value(rest), F("name"))).filter(
        path__startswith=top.path, place__gt=0
    )
    above, parts = top.pk, dict.fromkeys(("county", "town", "village"), "")
    for each in sorted(named, key=lambda one: (LEVEL_ORDER[one.level], -len(one.name))):
        if each.parent_id == above and rest.startswith(each.name):
            above, rest, parts[each.level] = each.pk, rest.removeprefix(each.name), each.code
    return parts | {"detail": rest if above != top.pk else text}


def agencies() -> QuerySet[Agency]:
    return Agency.objects.select_related("division")


def agency_choices(ids: Iterable[int]) -> list[tuple[int, str]]:
    """(id, short name) of some agencies, for a select."""
    rows = Agency.objects.filter(Among("id", ids)).values_list("pk", "short", "name")
    return [(pk, short or name) for pk, short, name in rows]


def agencies_named(asked: str) -> QuerySet[Agency]:
    """By a part of the name, the code, or the division's name; all when nothing is asked."""
    part = Q(name__icontains=asked) | Q(code__icontains=asked) | Q(division__name__icontains=asked)
    return agencies().filter(part) if asked else agencies()


def agency(code: str) -> Agency:
    """Raises NotFound."""
    return _one(agencies(), "没有这个部门。", code=code)


def agency_for(department: str, place: Division) -> Agency | None:
    """The agency of a department that serves a place: its own, else the next one above."""
    codes = place.path.strip("/").split("/")
    found = agencies().filter(department=department, division__code__in=codes)
    return max(found, key=lambda each: len(each.division.path), default=None)


def halls() -> QuerySet[Hall]:
    return Hall.objects.select_related("division")


def hall(code: str) -> Hall:
    """Raises NotFound."""
    return _one(halls(), said("没有这个政务大厅。"), code=code)


def windows(place: Hall | None = None) -> QuerySet[Window]:
    rows = Window.objects.select_related("hall").order_by("hall__code", Length("number"), "number")  # 2 before 10
    return rows.filter(hall=place) if place else rows


def window(window_id: int) -> Window:
    """Raises NotFound."""
    return _one(windows(), said("没有这个窗口。"), pk=window_id)


def _one(rows: QuerySet[M], sentence: str, **key: object) -> M:
    found = rows.filter(**key).first()
    if found is None:
        raise NotFound(sentence)
    return found


def _chosen(places: list[Division], word: str) -> Division | None:
    return next((each for each in places if word and word in (each.code, each.name)), None)


def _options(places: list[Division]) -> list[dict[str, str]]:
    return [{"code": each.code, "name": each.name} for each in places]
