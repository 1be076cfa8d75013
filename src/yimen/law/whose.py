"""Whose paper a material asks for, by its name. Rule in words: docs/rules/resolution.md

A licence stands in for a material only where it is that person's: the applicant's identity card is nobody's guardian's,
and one of two spouses' is not both's.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from .package_words import plain


class Whose(StrEnum):
    """OTHERS: of somebody else, or of several people; no one licence stands in for it."""

    APPLICANT = "applicant"
    REPRESENTATIVE = "representative"
    AGENT = "agent"
    GUARDIAN = "guardian"
    OTHERS = "others"


ONESELF = frozenset({Whose.APPLICANT, Whose.REPRESENTATIVE})
"""What a person is in their own matter, and a legal representative in the firm's: 个体工商户 have no other 负责人."""

_NAMED = (
    (Whose.APPLICANT, ("申请人", "申领人", "登记人", "参保人", "本人")),
    (Whose.REPRESENTATIVE, ("法定代表人", "负责人", "经营者")),
    (Whose.AGENT, ("经办人", "代办人", "代理人", "受托人")),
    (Whose.GUARDIAN, ("监护人",)),
    (
        Whose.OTHERS,
        (
            "股东", "合伙人", "董事", "监事", "经理", "管理人员", "从业人员", "技术人员", "驾驶员", "职工", "父母",
            "父亲", "母亲", "新生儿", "夫妻", "双方", "配偶", "子女", "家庭成员", "共有人", "被投靠人", "死者",
        ),
    ),
)  # fmt: skip
# A marriage or divorce certificate names both; the certificate of an only child is its parents'.
_NAMES_BOTH = re.compile("结婚证|离婚证|独生子女")
# One household register names the family that lives together.
_REGISTER, _CARD = "户口簿", "身份证"
_FAMILY = frozenset({"父母", "父亲", "母亲", "夫妻", "配偶", "子女", "新生儿", "家庭成员"})


@lru_cache(maxsize=16_384)
def whose(name: str) -> Whose:
    """By the people whom the name mentions; where it mentions nobody, the applicant's."""
    said = plain(name, asides=True)
    named = {word: party for party, words in _NAMED for word in words if word in said}
    if _NAMES_BOTH.search(said) or (_REGISTER in said and _CARD not in said and named.keys() <= _FAMILY):
        return Whose.APPLICANT
    parties = set(named.values()) or {Whose.APPLICANT}
    return parties.pop() if len(parties) == 1 else Whose.OTHERS
