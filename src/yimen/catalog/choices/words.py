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
Basis = Literal[
    "法律", "行政法规", "国务院决定", "部门规章", "地方性法规", "省政府规章", "市政府规章", "规范性文件", "其他",
]  # fmt: skip
PowerSource = Literal["法定本级行使", "上级下放", "上级授权", "同级授权", "上级委托", "同级委托"]
AgencyNature = Literal["法定机关", "授权组织", "受委托组织", "其他"]
Channel = Literal["窗口办理", "电脑端网上办理", "移动端网上申请", "快递申请", "其他"]
Scope = Literal["全国", "跨省", "跨市", "跨县"]
SystemLevel = Literal["国家级", "省级", "市级"]
OnlineStage = Literal[
    "互联网咨询", "互联网收件", "互联网预审", "互联网受理", "互联网办理", "办理结果信息反馈", "电子证照反馈", "其他",
]  # fmt: skip
PlaceKind = Literal["行政服务中心", "部门服务窗口", "单位办公室", "案件发生地", "代办点", "便民服务中心"]
MaterialForm = Literal["纸质", "电子化", "纸质/电子化"]
PaperKind = Literal["受理", "补正", "不予受理", "特别程序", "延长", "准予", "不予"]
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
    """The life of an edition: draft → checked → staffing office → legal office → released. (rules of the catalogue

    库管理: 编制、法制 approve; 在用, 挂起, 取消)
    """

    DRAFT = "draft", _("草稿")
    CHECKED = "checked", _("待编制审核")
    STAFFED = "staffed", _("待法制审核")
    APPROVED = "approved", _("待生效")
    RELEASED = "released", _("在用")
    SUSPENDED = "suspended", _("暂停")
    CANCELLED = "cancelled", _("取消")
    PAST = "past", _("历史版本")


class PassageKind(models.TextChoices):
    """What happened to an edition or a measure on its way, and to whom it went."""

    BEGUN = "begun", _("起草")
    SUBMITTED = "submitted", _("检查通过，送审")
    STAFFING = "staffing", _("编制审核通过")
    LEGAL = "legal", _("法制审核通过")
    RETURNED = "returned", _("退回修改")
    RELEASED = "released", _("发布生效")
    SUSPENDED = "suspended", _("暂停办理")
    RESUMED = "resumed", _("恢复办理")
    CANCELLED = "cancelled", _("取消")
    REBASED = "rebased", _("并入现行版本的改动")


class MeasureKind(models.TextChoices):
    """What may be decided about an item beside a new edition. (108号 事项库管理: 暂停、取消、拆分、合并)"""

    SUSPEND = "suspend", _("暂停")
    RESUME = "resume", _("恢复")
    CANCEL = "cancel", _("取消")
    SPLIT = "split", _("拆分")
    MERGE = "merge", _("合并")


class MeasureState(models.TextChoices):
    """Two offices approve, then it takes effect on its day."""

    CHECKED = "checked", _("待编制审核")
    STAFFED = "staffed", _("待法制审核")
    APPROVED = "approved", _("待生效")
    DONE = "done", _("已生效")
    RETURNED = "returned", _("已退回")


class Reach(models.TextChoices):
    """For whom a change counts: those who apply from its day on, or everybody whose matter is still open."""

    NEW = "new", _("只适用于新的申请")
    ALL = "all", _("也适用于在办的办件")


class ProofOutcome(models.TextChoices):
    """What became of a proof after the public was heard."""

    KEPT = "kept", _("予以保留")
    CHANGED = "changed", _("改为其他方式")
    DROPPED = "dropped", _("取消")


UNRELEASED = (EditionState.DRAFT, EditionState.CHECKED, EditionState.STAFFED, EditionState.APPROVED)


def chain(slug: str) -> str:
    """The ledger chain of one item: all its editions' story."""
    return f"item:{slug}"
