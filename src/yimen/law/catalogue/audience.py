"""Whom it is for: subjects and themes (rule 8). Rules in words: docs/rules/catalogue.md"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from yimen.law.said import said

from .finding import Hit
from .shapes import Edition
from .themes import FIRM_CODES, PERSON_CODES

PERSON = "自然人"
SIDES = (("person_themes", said("自然人"), PERSON_CODES), ("firm_themes", said("法人"), FIRM_CODES))


def hits(document: Edition) -> Iterator[Hit]:
    """Everything about themes."""
    wanted = {"person_themes": PERSON in document.subjects, "firm_themes": any(s != PERSON for s in document.subjects)}
    given = {"person_themes": document.person_themes, "firm_themes": document.firm_themes}
    for field, name, codes in SIDES:
        yield from _side(field, name, codes, given[field], document.theme, wanted=wanted[field])


def _side(
    field: str, name: str, codes: Mapping[str, str], given: Sequence[str], general: Sequence[str], *, wanted: bool
) -> Iterator[Hit]:
    """General themes count where they are on the side's national list."""
    for place, theme in enumerate(given):
        if theme not in codes:
            sentence = said("“{theme}”不在国家{name}主题清单中。", theme=theme, name=name)
            yield Hit("theme_unknown", f"{field}[{place}]", sentence, "改用清单中的名称。", theme, ((0, len(theme)),))
    if given and not wanted:
        sentence = said(
            "服务对象没有自然人，却有自然人主题。" if name == PERSON else "服务对象只有自然人，却有法人主题。"
        )
        yield Hit(
            "theme_other_side", field, sentence, said("删去{name}主题，或者改服务对象。", name=name), "、".join(given)
        )
    if wanted and not given and not any(theme in codes for theme in general):
        whom = said("自然人" if name == PERSON else "法人和其他组织")
        sentence = said("面向{whom}，却没有{name}主题。", whom=whom, name=name)
        yield Hit("theme_missing", field, sentence, said("从国家{name}主题清单中选择。", name=name))
