"""What makes it easy for people, and what it costs: 收费、一次办妥、零跑动、跨城通办、告知承诺."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from yimen.catalog.queries.lists.kinds import Column, ListKind, Row, Source, offer
from yimen.catalog.queries.lists.powers import AGENCY, LEVELS, NAME
from yimen.catalog.queries.lists.saying import depth_of, limit_of, scope_of, visits_of

COMMITMENT = "告知承诺"
EASE = _("方便办事")


def _fees(source: Source) -> Iterator[Row]:
    fee = source.part("fee")
    if not fee.get("charged"):
        return
    for each in fee.get("rows") or [_single(source, fee)]:
        reduced = (each.get("reduction") or "可以减免") if each.get("reducible") else "不减免"
        yield source.row(
            each["name"], each["name"], source.name, source.agency_name, source.levels, each.get("standard"),
            each.get("basis") or fee.get("basis"), reduced if fee.get("rows") else "", each.get("remark"),
        )  # fmt: skip


def _single(source: Source, fee: dict[str, Any]) -> dict[str, Any]:
    cents = fee.get("amount_cents")
    return {"name": f"{source.name}收费", "standard": fee.get("standard") or (f"{cents / 100:g} 元" if cents else "")}


def _easy(source: Source) -> Row:
    return source.row(
        "", source.name, source.raw.get("kind"), source.agency_name, source.levels, source.raw.get("subjects"),
        visits_of(source), depth_of(source), limit_of(source), source.raw.get("delivery"),
        source.raw.get("visits_reason"),
    )  # fmt: skip


def _once(source: Source) -> Iterator[Row]:
    if (source.raw.get("visits") or 0) <= 1:
        yield _easy(source)


def _never(source: Source) -> Iterator[Row]:
    if not source.raw.get("visits"):
        row = _easy(source)
        yield row._replace(values=row.values[:-1])  # nobody has to come: there is no reason to give


def _across(source: Source) -> Iterator[Row]:
    if source.raw.get("cross_city"):
        yield source.row(
            "", source.name, source.raw.get("kind"), source.agency_name, source.levels, source.raw.get("subjects"),
            scope_of(source), depth_of(source), visits_of(source), source.raw.get("delivery"),
        )  # fmt: skip


def _commitment(source: Source) -> Iterator[Row]:
    spared = [each["name"] for each in source.parts("materials") if each.get("exempt_when") == COMMITMENT]
    whole = bool(source.raw.get("commitment"))
    if whole or spared:
        yield source.row(
            "", source.name, source.raw.get("kind"), source.agency_name, source.levels, source.raw.get("subjects"),
            "整个事项实行告知承诺" if whole else "部分材料可以承诺代替", spared,
        )  # fmt: skip


WHO = (NAME, Column("kind", _("事项类型")), AGENCY, LEVELS, Column("subjects", _("服务对象")))
EASY = (
    *WHO, Column("visits", _("到现场次数")), Column("depth", _("网上办理")), Column("limit", _("承诺时限")),
    Column("delivery", _("结果领取")), Column("reason", _("必须到现场的原因"), wide=True),
)  # fmt: skip

offer(ListKind(
    code="one-visit", group=EASE, title=_("一次办妥事项清单"), rows=_once, columns=EASY,
    purpose=_("给办事人：材料齐全时最多跑一次就能办成的事。"),
    empty=_("现在没有最多跑一次的事项。到现场次数不超过一次的事项发布后，会自动列入。"),
))  # fmt: skip
offer(ListKind(
    code="no-visit", group=EASE, title=_("零跑动事项清单"), rows=_never, columns=EASY[:-1],
    purpose=_("给办事人：一次也不用跑，从申请到拿结果都不必到现场的事。"),
    empty=_("现在没有零跑动的事项。不用到现场的事项发布后，会自动列入。"),
))  # fmt: skip
offer(ListKind(
    code="cross-city", group=EASE, title=_("跨城通办事项清单"), rows=_across,
    purpose=_("给人在外地的办事人：不用回到本市也能办的事，在哪个范围、怎样办。"),
    empty=_("现在没有跨城通办的事项。实行异地代收代办、多地联办或者全程网办的事项发布后，会自动列入。"),
    columns=(
        *WHO, Column("scope", _("通办范围")), Column("depth", _("网上办理")), Column("visits", _("到现场次数")),
        Column("delivery", _("结果领取")),
    ),
))  # fmt: skip
offer(ListKind(
    code="commitment", group=EASE, title=_("告知承诺事项清单"), rows=_commitment,
    purpose=_("给办事人：哪些事写一份承诺书就能先办，哪些材料可以用承诺代替。"),
    empty=_("现在没有实行告知承诺的事项。实行告知承诺制的事项发布后，会自动列入。"),
    columns=(*WHO, Column("reach", _("承诺的范围")), Column("materials", _("可以用承诺代替的材料"), wide=True)),
))  # fmt: skip
offer(ListKind(
    code="fees", group=EASE, title=_("收费清单"), rows=_fees,
    purpose=_("给办事人：哪些事收费、收多少、依据是什么；清单以外一律不收费。"),
    empty=_("现在没有收费的事项。"),
    columns=(
        Column("fee", _("收费项目")), Column("name", _("涉及事项")), AGENCY, LEVELS,
        Column("standard", _("收费标准"), wide=True), Column("basis", _("收费依据"), wide=True),
        Column("reduction", _("减免"), wide=True), Column("remark", _("备注"), wide=True),
    ),
))  # fmt: skip
