"""Extending a decision's limit. Rule in words: docs/rules/extensions.md

Once, by so many working days, by the right leader, with a reason that the applicant is told (许可法 42).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .refusals import Objection
from .said import said
from .terms import Unit


class Handling(StrEnum):
    """How a case is handled: by one agency, or by several together (统一办理、联合办理、集中办理)."""

    ORDINARY = "ordinary"
    JOINT = "joint"


class Approver(StrEnum):
    """Whose approval an extension has."""

    AGENCY_LEADER = "agency_leader"
    GOVERNMENT_LEADER = "government_leader"

    @property
    def label(self) -> str:
        """The approver in Chinese."""
        return said("本行政机关负责人") if self is Approver.AGENCY_LEADER else said("本级人民政府负责人")


@dataclass(frozen=True, slots=True)
class Cap:
    """The most an extension may add (working days), who must approve it, and the rule's source and validity."""

    days: int
    approver: Approver
    article: str
    valid_from: date


CAPS: dict[Handling, Cap] = {
    Handling.ORDINARY: Cap(10, Approver.AGENCY_LEADER, "许可法第四十二条第一款", date(2004, 7, 1)),
    Handling.JOINT: Cap(15, Approver.GOVERNMENT_LEADER, "许可法第四十二条第二款", date(2004, 7, 1)),
}


def check(
    *,
    days: int,
    handling: Handling = Handling.ORDINARY,
    approver: Approver,
    already_extended: int = 0,
    reason: str,
    unit: Unit = Unit.WORKING_DAY,
    overdue: bool = False,
) -> Objection | None:
    """May the limit be extended like this? None, or an Objection whose code is one of

    already_extended, hours_not_extendable, days_out_of_range, approver_too_low, reason_missing, already_overdue.

    days: asked for, in `terms.extension_unit(unit)`; already_extended: days granted before; overdue: is the limit past.
    """
    cap = CAPS[handling]
    refused = _time_objection(days, cap, already_extended, unit, overdue)
    if refused:
        return refused
    if cap.approver is Approver.GOVERNMENT_LEADER and approver is not Approver.GOVERNMENT_LEADER:
        return Objection(
            "approver_too_low", said("联合办理的延长须经{approver}批准。", approver=cap.approver.label), cap.article
        )
    if not reason.strip():
        return Objection("reason_missing", "应当将延长期限的理由告知申请人，请填写理由。", cap.article)
    return None


def _time_objection(days: int, cap: Cap, already_extended: int, unit: Unit, overdue: bool) -> Objection | None:
    if already_extended:
        return Objection(
            "already_extended", said("期限只能延长一次，本办件已延长{days}日。", days=already_extended), cap.article
        )
    if unit is Unit.HOUR:
        return Objection("hours_not_extendable", "以小时计算的期限不适用延长。", cap.article)
    if not 1 <= days <= cap.days:
        return Objection("days_out_of_range", said("可以延长1至{days}个工作日。", days=cap.days), cap.article)
    if overdue:
        return Objection("already_overdue", "期限已经届满，不能再延长。", cap.article)
    return None
