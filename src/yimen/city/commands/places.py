"""Divisions, agencies, halls, windows."""

from __future__ import annotations

import re
from datetime import datetime

from yimen.city import access
from yimen.city.choices import LEVEL_ORDER, Level, WindowKind, city_chain
from yimen.city.commands.putting import complaint, put
from yimen.city.models import Agency, Division, Hall, Window
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid
from yimen.ledger.commands import record

CODE = re.compile(r"^\d{6}(\d{3}(\d{3})?)?$", re.ASCII)


@command
def put_division(*, code: str, name: str, level: str, parent: Division | None, by: Actor, at: datetime) -> Division:
    """Enter a division or correct it. A town may stand directly under a city. Raises Invalid."""
    access.require(by, access.ADMINISTRATION)
    _require_place(code, name, level, parent)
    path = f"{parent.path if parent else ''}{code}/"
    row, changed = put(Division, {"code": code}, {"name": name, "level": level, "parent": parent, "path": path})
    record(city_chain("division", code), "division_put", by=by, at=at, changed=changed)
    return row


def add_division(*, code: str, name: str, level: str, parent: Division | None, by: Actor, at: datetime) -> Division:
    """A new division; what stands under that code already isn't written over. Raises Forbidden, Invalid."""
    access.require(by, access.ADMINISTRATION)
    if Division.objects.filter(code=code).exists():
        raise Invalid([complaint("code", "已有这个代码的区划。", "taken")])
    return put_division(code=code, name=name, level=level, parent=parent, by=by, at=at)


def _require_place(code: str, name: str, level: str, parent: Division | None) -> None:
    errors = []
    if not CODE.match(code):
        errors.append(complaint("code", "区划代码为 6、9 或 12 位数字。"))
    if not name.strip():
        errors.append(complaint("name", "请填写区划名称。", "required"))
    if level not in Level.values:
        errors.append(complaint("level", "请选择区划级别。"))
    elif parent and LEVEL_ORDER[parent.level] >= LEVEL_ORDER[level]:
        errors.append(complaint("parent", "上级区划的级别必须更高。"))
    known = Division.objects.filter(code=code).first()
    if known and known.parent_id != (parent.pk if parent else None):
        errors.append(complaint("parent", "区划不能改挂到别的上级；撤并请新设区划。"))
    if errors:
        raise Invalid(errors)


@command
def put_agency(
    *,
    code: str,
    name: str,
    department: str,
    division: Division,
    short: str = "",
    kind: str = "",
    uscc: str | None = None,
    phone: str = "",
    window_phone: str = "",
    address: str = "",
    work: str = "",
    by: Actor,
    at: datetime,
) -> Agency:
    """Enter an agency or correct it. Raises Invalid."""
    access.require(by, access.ADMINISTRATION)
    _require_filled(code=code, name=name, department=department)
    if uscc and Agency.objects.filter(uscc=uscc).exclude(code=code).exists():
        raise Invalid([complaint("uscc", "已有部门使用这个统一社会信用代码。", "taken")])
    values = {
        "name": name,
        "department": department,
        "division": division,
        "short": short or name,
        "kind": kind,
        "uscc": uscc or None,
        "phone": phone,
        "window_phone": window_phone,
        "address": address,
        "work": work,
    }
    row, changed = put(Agency, {"code": code}, values)
    record(city_chain("agency", code), "agency_put", by=by, at=at, changed=changed)
    return row


@command
def put_hall(
    *,
    code: str,
    name: str,
    division: Division,
    address: str,
    phone: str = "",
    open_hours: str = "",
    bus_lines: str = "",
    by: Actor,
    at: datetime,
) -> Hall:
    """Enter a hall or correct it. Also the hall manager. Raises Invalid."""
    access.require(by, access.HALLS)
    _require_filled(code=code, name=name, address=address)
    values = {
        "name": name,
        "division": division,
        "address": address,
        "phone": phone,
        "open_hours": open_hours,
        "bus_lines": bus_lines,
    }
    row, changed = put(Hall, {"code": code}, values)
    record(city_chain("hall", code), "hall_put", by=by, at=at, changed=changed)
    return row


@command
def put_window(*, hall: Hall, number: str, name: str, kind: str, by: Actor, at: datetime) -> Window:
    """Enter a window of a hall or correct it. Also the hall manager. Raises Invalid."""
    access.require(by, access.HALLS)
    _require_filled(number=number, name=name)
    if kind not in WindowKind.values:
        raise Invalid([complaint("kind", "请选择窗口类型。")])
    row, changed = put(Window, {"hall": hall, "number": number}, {"name": name, "kind": kind})
    record(city_chain("hall", hall.code), "window_put", by=by, at=at, number=number, changed=changed)
    return row


def _require_filled(**values: str) -> None:
    errors = [complaint(field, "请填写此项。", "required") for field, value in values.items() if not value.strip()]
    if errors:
        raise Invalid(errors)
