"""What a notice of supplement may ask for: the edition's materials and fields, each with standard words for reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yimen.cases.queries.easings import gone
from yimen.cases.queries.materials import material_faces
from yimen.cases.queries.wordings import supplement_words
from yimen.law.masking import mask_numbers_in
from yimen.law.transition import Part
from yimen.sheets import queries as sheets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yimen.cases.models import Case, Supplement

LONGEST = 300


@dataclass(frozen=True)
class Line:
    """One thing that may be asked for. words: reasons offered; now: what was handed in or written.

    wanting: ticked without a reason.
    """

    key: str
    label: str
    now: str
    ticked: bool
    reason: str
    words: list[str]
    note: str = ""

    @property
    def wanting(self) -> bool:
        return self.ticked and not self.reason


@dataclass(frozen=True)
class Askable:
    """materials and fields in the edition's order; repeated: only what the first notice named is left to ask for."""

    materials: list[Line] = field(default_factory=list)
    fields: list[Line] = field(default_factory=list)
    repeated: bool = False

    @property
    def any_field(self) -> bool:
        return any(line.ticked for line in self.fields)


def askable(case: Case, typed: Mapping[str, str] | None) -> Askable:
    """typed: the posted `ask_<key>` and `why_<key>`, `askf_<name>` and `whyf_<name>`, to be shown again as typed."""
    given, earlier = typed or {}, list(case.supplements.all())
    standard, spared = supplement_words(case, LONGEST), gone(case.application)
    materials = [
        Line(
            key=face.line.key,
            label=face.line.name,
            now="、".join(each.name for each in face.documents),
            ticked=f"ask_{face.line.key}" in given,
            reason=_typed(given, f"why_{face.line.key}"),
            words=[*standard, *(_missing() if not face.done else _faulty()), *face.line.mistakes],
            note=face.line.standard,
        )
        for face in material_faces(case.application)
        if f"{Part.MATERIAL}[{face.line.key}]" not in spared
    ]
    fields = [
        Line(
            key=line.name,
            label=line.label,
            now=mask_numbers_in(line.text),
            ticked=f"askf_{line.name}" in given,
            reason=_typed(given, f"whyf_{line.name}"),
            words=_wrong(),
        )
        for line in sheets.show(case.edition.doc, case.application.answers)
        if f"{Part.FIELD}[{line.name}]" not in spared
    ]
    return _still_open(Askable(materials, fields), earlier)


def _still_open(whole: Askable, earlier: list[Supplement]) -> Askable:
    """许可法 32(4): everything at once; a later notice may only repeat what the first one named."""
    if not earlier:
        return whole
    named = {each["key"] for notice in earlier for each in notice.materials}
    named |= {each["name"] for notice in earlier for each in notice.fields}
    return Askable(
        [line for line in whole.materials if line.key in named],
        [line for line in whole.fields if line.key in named],
        repeated=True,
    )


def _typed(given: Mapping[str, str], name: str) -> str:
    return given.get(name, "").strip()[:LONGEST]


def _missing() -> list[str]:
    return [_("未提交，请补交。")]


def _faulty() -> list[str]:
    return [
        _("图像不清晰，请重新提交清晰的彩色扫描件。"),
        _("内容不完整，请补齐全部页面。"),
        _("未签名或者未加盖公章。"),
        _("已超过有效期，请提交有效的材料。"),
        _("与申请表填写的内容不一致，请核对后重新提交。"),
    ]


def _wrong() -> list[str]:
    return [_("没有填写，请补填。"), _("与提交的材料不一致，请更正。"), _("填写不完整，请补充。")]
