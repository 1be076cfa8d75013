"""Levels of divisions, kinds of windows, the duties a post may give and how far they reach."""

from __future__ import annotations

from django.db import models


class Level(models.TextChoices):
    CITY = "city", "市"
    COUNTY = "county", "县"
    TOWN = "town", "镇"
    VILLAGE = "village", "村"


LEVEL_ORDER = {level: place for place, level in enumerate(Level.values)}


class WindowKind(models.TextChoices):
    """国发〔2022〕5号: what a window is there for."""

    COMPREHENSIVE = "comprehensive", "综合窗口（无差别）"
    SECTOR = "sector", "综合窗口（分领域）"
    SPECIALIST = "specialist", "专业窗口"
    HAND_OUT = "hand_out", "出件窗口"
    ADVICE = "advice", "咨询帮办窗口"
    CROSS_REGION = "cross_region", "跨域通办窗口"
    CANT_GET_IT_DONE = "cant_get_it_done", "办不成事反映窗口"


class Duty(models.TextChoices):
    """What a post allows. The value is what `Actor.duties` holds."""

    CLERK = "clerk", "受理"
    REVIEWER = "reviewer", "审查"
    CHIEF = "chief", "决定"
    DELIVERER = "deliverer", "出件送达"
    EDITOR = "editor", "事项编制"
    STAFFING = "staffing", "编办审核"
    LEGAL = "legal", "法制审核"
    SUPERVISOR = "supervisor", "效能监督"
    HALL_MANAGER = "hall_manager", "大厅管理"
    ADMINISTRATOR = "administrator", "系统管理"


CASE_DUTIES = frozenset({Duty.CLERK, Duty.REVIEWER, Duty.CHIEF, Duty.DELIVERER})

# Nobody watches or administers the work they do themselves; nobody approves the catalogue they wrote
# (GB/T 22239 三员分离, 受审分离). That who accepted a case may not decide it is asked for each case, not here:
# one person may do both, only not to one case.
APART: tuple[tuple[frozenset[Duty], frozenset[Duty]], ...] = (
    (frozenset({Duty.SUPERVISOR}), CASE_DUTIES | {Duty.ADMINISTRATOR}),
    (frozenset({Duty.ADMINISTRATOR}), CASE_DUTIES | {Duty.EDITOR, Duty.STAFFING, Duty.LEGAL}),
    (frozenset({Duty.EDITOR}), frozenset({Duty.STAFFING, Duty.LEGAL})),
)


def clash(duties: set[str] | frozenset[str]) -> tuple[Duty, Duty] | None:
    """Two of these duties that one person may not have together, or None."""
    for some, others in APART:
        for one in sorted(some & duties):
            for other in sorted(others & duties):
                return Duty(one), Duty(other)
    return None


class Reach(models.TextChoices):
    """For which agencies a post's duties hold."""

    AGENCY = "agency", "本部门"
    DIVISION = "division", "本区划及以下的部门"
    ALL = "all", "全市所有部门"


class RevokedFor(models.TextChoices):
    """Why a key is revoked. (RFC 5280, 5.3.1; 电子签名法 15: whoever knows that it leaked must say so at once)"""

    COMPROMISED = "compromised", "私钥泄露或者可能泄露"
    SUPERSEDED = "superseded", "已换用新密钥，旧密钥提前停用"
    AFFILIATION = "affiliation", "机关名称或者隶属关系变更"
    CEASED = "ceased", "机关撤销或者不再签发"


def city_chain(what: str, code: object) -> str:
    """The ledger chain of one thing of the city's registers: city:agency:441400-SJ."""
    return f"city:{what}:{code}"


CALENDAR_CHAIN = "city:calendar"
