"""How long a promise to bring a secondary material later may run (容缺受理). Rule in words: docs/rules/tolerance.md

国发〔2022〕5号; local rules (e.g. 化府办〔2025〕22号): in principle not longer than the item's statutory limit.
"""

from __future__ import annotations

from .terms import Limit, Unit

SOURCE = "容缺受理补齐期限"


def tolerance_limit(*, statutory: Limit, city_days: int, edition_days: int | None = None) -> Limit | None:
    """The limit of a promise: the edition's or the city's working days, never more than the item's statutory limit.

    None where nothing may be promised: no days are given, or the item is decided at once. A statutory limit in other
    units than working days is compared by its days as they are (hours: none).
    """
    days = city_days if edition_days is None else edition_days
    if statutory.instant or statutory.unit is Unit.HOUR or days <= 0:
        return None
    if statutory.unit is not Unit.MONTH:
        days = min(days, statutory.amount)
    return Limit(days, Unit.WORKING_DAY if statutory.unit is not Unit.NATURAL_DAY else Unit.NATURAL_DAY, SOURCE)
