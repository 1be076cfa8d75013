"""Posts: what whoever holds one may do, and how far."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yimen.city import access
from yimen.city.choices import Duty, Reach, city_chain, clash
from yimen.city.commands.putting import complaint, put
from yimen.city.models import Agency, Division, Hall, Post, Window
from yimen.city.ports import before_duties_change
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, Refusal
from yimen.law.said import said
from yimen.ledger.commands import record


class DutiesClash(Refusal):
    """受审分离, 三员分离: some duties may not meet in one person."""

    code = "duties_clash"
    sentence = "“{one}”与“{other}”不能由同一人承担。"


@command
def put_post(
    *,
    code: str,
    name: str,
    duties: Iterable[str],
    reach: str,
    agency: Agency | None = None,
    hall: Hall | None = None,
    division: Division | None = None,
    window: Window | None = None,
    by: Actor,
    at: datetime,
) -> Post:
    """Enter a post or correct it. Its holders get or lose the duties at once. Raises Invalid, DutiesClash."""
    access.require(by, access.ADMINISTRATION)
    given = sorted(set(duties))
    _require_post(code, name, given, reach, agency, division)
    require_compatible(given)
    before_duties_change(code, frozenset(given), at)
    values = {
        "name": name,
        "duties": given,
        "reach": reach,
        "agency": agency,
        "hall": hall,
        "division": division,
        "window": window,
    }
    row, changed = put(Post, {"code": code}, values)
    record(city_chain("post", code), "post_put", by=by, at=at, changed=changed, duties=given, reach=reach)
    return row


def require_compatible(duties: Iterable[str]) -> None:
    """Raises DutiesClash when two of these may not meet in one person."""
    pair = clash(frozenset(duties))
    if pair:
        raise DutiesClash(one=said(str(pair[0].label)), other=said(str(pair[1].label)))


def _require_post(
    code: str, name: str, duties: list[str], reach: str, agency: Agency | None, division: Division | None
) -> None:
    errors = []
    if not code.strip() or not name.strip():
        errors.append(complaint("name", "请填写岗位名称和编号。", "required"))
    if not duties or not set(duties) <= set(Duty.values):
        errors.append(complaint("duties", "请至少选择一项职责。", "required"))
    if reach not in Reach.values:
        errors.append(complaint("reach", "请选择职责范围。"))
    if reach == Reach.AGENCY and agency is None:
        errors.append(complaint("agency", "职责范围为本部门时，请选择部门。", "required"))
    if reach == Reach.DIVISION and division is None:
        errors.append(complaint("division", "职责范围为本区划时，请选择区划。", "required"))
    if errors:
        raise Invalid(errors)
