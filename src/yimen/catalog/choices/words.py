"""Closed lists of the catalogue. (GB/T 39046-2020 annex A, GB/T 39554.2-2020)"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=56)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]

ItemKind = Literal[
    "行政许可", "行政给付", "行政确认", "行政奖励", "行政裁决", "行政征收", "行政检查", "其他行政权力", "公共服务",
]  # fmt: skip
Audience = Literal["自然人", "法人", "企业法人", "事业法人", "社会组织法人", "行政机关", "其他组织"]
Level = Literal["国家", "省", "市", "县", "镇", "村"]
DayUnit = Literal["工作日", "自然日", "小时", "月"]
MaterialKind = Literal["申请表格", "证照", "证明", "文书", "其他"]
Source = Literal["申请人自备", "政府部门核发", "中介机构出具", "其他"]
Exemption = Literal["电子证照", "数据共享", "告知承诺"]
ResultKind = Literal["证照", "批文", "其他"]
Depth = Literal["一级", "二级", "三级", "四级"]
Delivery = Literal["窗口领取", "邮寄", "电子"]


class CaseType(StrEnum):
    """即办件: decided on the spot; 承诺件: within a promised time. (GB/T 39046 A.6)"""

    INSTANT = "即办件"
    PROMISE = "承诺件"


class Necessity(StrEnum):
    """Whether a material must be there: always, only in some situations, or may follow later (容缺)."""

    REQUIRED = "必要"
    OPTIONAL = "非必要"
    TOLERATED = "容缺"


class EditionState(models.TextChoices):
    """The life of an edition (rules of the catalogue: 在用, 挂起, 取消)."""

    DRAFT = "draft", _("草稿")
    RELEASED = "released", _("在用")
    SUSPENDED = "suspended", _("暂停")
    CANCELLED = "cancelled", _("取消")


def chain(slug: str) -> str:
    """The ledger chain of one item: all its editions' story."""
    return f"item:{slug}"
