"""Savings as programs see them."""

from __future__ import annotations

from typing import Any, Self

from ninja import Field, Schema

from yimen.analytics.queries import Ranked, Saved


class SavedShape(Schema):
    """Sums of an agency, or of an item; shares in percent, null of nothing."""

    key: str = Field(description="部门代码，或者事项标识")
    name: str
    applications: int = Field(description="提交的申请")
    asked: int = Field(description="要求的材料（申请表格不算）")
    spared: int = Field(description="免提交的材料")
    material_share: float | None = Field(description="免提交率，百分比")
    committed: int = Field(description="以书面承诺代替的材料")
    later: int = Field(description="容缺后补的材料")
    fields_asked: int = Field(description="要填的内容")
    fields_known: int = Field(description="自动填好、没有改过的内容")
    visits_usual: int = Field(description="全部在窗口办要到现场的次数")
    visits_made: int = Field(description="实际到现场的次数")
    visits_spared: int = Field(description="少跑的次数")

    @classmethod
    def of(cls, saved: Saved) -> Self:
        return cls(**{name: getattr(saved, name) for name in cls.model_fields})


class RankedShape(Schema):
    """A material over all items that ask for it."""

    name: str
    asked: int = Field(description="要求次数")
    spared: int = Field(description="免提交次数")
    share: float | None = Field(description="免提交率，百分比")
    ways: dict[str, int] = Field(
        description="每种取得方式的次数：licence、service、earlier、exempt、commitment、tolerated、handed_in"
    )
    items: dict[str, str] = Field(description="涉及的事项：标识和名称")
    advice: str = Field(description="建议：drop 改为免提交、commit 取消并事后核查、tolerate 领取结果时核对；空：没有")

    @classmethod
    def of(cls, ranked: Ranked) -> Self:
        given: dict[str, Any] = {name: getattr(ranked, name) for name in ("name", "asked", "spared", "share", "items")}
        return cls(**given, ways=dict(ranked.ways), advice=ranked.advice.value if ranked.advice else "")
