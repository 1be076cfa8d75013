"""A commitment instead of a paper (告知承诺制): its letter and its check. Rule in words: docs/rules/commitments.md

国办发〔2020〕42号: the office tells item, basis, conditions, what is promised, what follows from a false promise and
how it is checked; the applicant may choose; it is checked within a set time after the decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .said import Said, said
from .terms import Limit, Unit

ARTICLE = said("国办发〔2020〕42号")
REVOKED = said("许可法第六十九条第二款")
OFFERED = (
    said("已经知晓办理机关告知的全部内容；"),
    said("已经符合告知的条件和要求；"),
    said("所填写和提交的内容真实、准确；"),
    said("愿意承担不实承诺的法律责任；"),
    said("以上承诺是本人（本单位）真实的意思表示。"),
)
LIABLE = (
    said("经核查承诺不实的，撤销已经作出的决定，收回相应的证照；"),
    said("不实承诺记入办事信用记录，修复以前不能再用承诺代替材料；"),
    said("造成损失或者违反法律的，依法承担责任。"),
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is told and promised about one material, word for word (Chinese).

    proves: the material that is replaced; basis: its legal basis; conditions: what has to be true; check: how and until
    when it is checked; public: whether the letter is published.
    """

    item: str
    agency: str
    proves: str
    basis: str
    conditions: tuple[str, ...]
    promises: tuple[str, ...]
    liability: tuple[str, ...]
    check: str
    public: bool


def letter(
    *, item: str, agency: str, material: str, basis: str, conditions: Sequence[str], days: int, public: bool
) -> Letter:
    """The letter for a material. conditions: of the material, else of the item; days: working days for the check."""
    stated = said("符合“{item}”的下列条件，并且能够提供“{material}”所证明的内容；", item=item, material=material)
    check = said("{agency}在作出决定后{days}个工作日内，通过数据核对、现场检查等方式核查。", agency=agency, days=days)
    return Letter(item, agency, material, basis, tuple(conditions), (stated, *OFFERED), LIABLE, check, public)


def check_limit(*, city_days: int, edition_days: int | None = None) -> Limit:
    """How long the office has to check a commitment, from the decision: the edition's working days, else the city's."""
    return Limit(edition_days or city_days, Unit.WORKING_DAY, str(ARTICLE))


def revocation_words(material: str, finding: str) -> Said:
    """Why the decision is taken back."""
    return said(
        "以承诺代替的“{material}”经核查不实：{finding}。依据{article}，撤销本决定。",
        material=material, finding=finding.rstrip("。"), article=REVOKED,
    )  # fmt: skip
