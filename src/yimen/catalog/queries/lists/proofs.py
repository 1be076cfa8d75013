"""Proofs: those that were cancelled and those that stay, with why. (国办发〔2018〕47号)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from yimen.catalog.choices.consulting import PROOF
from yimen.catalog.queries.lists.kinds import Column, Gone, Heard, ListKind, Row, Source, offer
from yimen.catalog.queries.lists.powers import AGENCY, LEVELS
from yimen.catalog.queries.lists.saying import day

PROOFS = _("证明与材料")


def _cancelled(source: Source) -> Iterator[Row]:
    for each in source.dropped:
        yield source.row(
            each.name, each.name, source.name, source.agency_name, source.levels, each.how, day(each.since), each.basis,
            each.why,
        )  # fmt: skip
    if source.gone and source.gone.cancelled:
        yield from _with_its_item(source, source.gone)


def _with_its_item(source: Source, gone: Gone) -> Iterator[Row]:
    """An item that is cancelled asks for nothing any more, but for what its successors ask for."""
    how = f"事项取消，改办{'、'.join(f'“{name}”' for name in gone.instead)}" if gone.instead else "事项取消，不再办理"
    for material in source.parts("materials"):
        if material.get("kind") == PROOF and material["name"] not in gone.still_asked:
            yield source.row(
                material["name"], material["name"], source.name, source.agency_name, source.levels, how,
                day(gone.since), material.get("basis"), gone.reason,
            )  # fmt: skip


def _kept(source: Source) -> Iterator[Row]:
    for material in source.parts("materials"):
        if material.get("kind") == PROOF:
            yield source.row(
                material["name"], material["name"], source.name, source.agency_name, source.levels,
                material.get("basis"), material.get("issuer") or material.get("source"), material.get("necessity"),
                material.get("exempt_when"), _heard(material, source.heard),
            )  # fmt: skip


def _heard(material: dict[str, Any], heard: tuple[Heard, ...]) -> str:
    found = [each for each in heard if each.name == material["name"]]
    return f"{found[-1].outcome_label}（{day(found[-1].on)}）" if found else "尚未征求意见"


offer(ListKind(
    code="cancelled-proofs", group=PROOFS, title=_("取消的证明事项清单"), rows=_cancelled, gone=True,
    purpose=_("给办事人：哪些证明已经不用再开；窗口再要，可以拒绝并投诉。"),
    empty=_("现在没有取消的证明。事项的新版本不再要求某项证明、征求意见后决定取消、或者事项整个取消的，会自动列入。"),
    columns=(
        Column("proof", _("证明名称")), Column("name", _("涉及事项")), AGENCY, LEVELS, Column("how", _("取消方式")),
        Column("since", _("取消时间")), Column("basis", _("原设定依据"), wide=True),
        Column("why", _("说明"), wide=True),
    ),
))  # fmt: skip
offer(ListKind(
    code="kept-proofs", group=PROOFS, title=_("保留的证明事项清单"), rows=_kept,
    purpose=_("给办事人和开具证明的单位：还要交哪些证明、依据是什么、由谁开；清单以外的证明一律不得索要。"),
    empty=_("现在没有事项要求提交证明。"),
    columns=(
        Column("proof", _("证明名称")), Column("name", _("涉及事项")), AGENCY, LEVELS,
        Column("basis", _("设定依据"), wide=True), Column("issuer", _("开具单位")), Column("necessity", _("是否必要")),
        Column("exempt", _("可以免提交的方式")), Column("heard", _("征求意见结果")),
    ),
))  # fmt: skip
