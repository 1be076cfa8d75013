"""The first source of answers: what the city has on record about the person or firm that applies.

Name, number and what a citizen number says are as sure as the account is; the rest is what they keep in their profile.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from yimen.identity import queries as identity
from yimen.identity.choices import Assurance
from yimen.kit.errors import NotFound
from yimen.sheets.ports import Origin, Prefilled, Source

if TYPE_CHECKING:
    from yimen.identity.models import Subject

LABELS = {"person": "实名信息", "org": "单位登记信息"}
PROFILES = {"person": "个人资料", "org": "单位资料"}
PROVEN = frozenset({"name", "id_number", "uscc", "birth_date", "gender"})


def source(prefix: str) -> Source:
    """`person.*` or `org.*`, read from the subject's record."""

    def known(subject: int, keys: Collection[str], at: datetime) -> dict[str, Prefilled]:
        try:
            one = identity.subject(subject)
        except NotFound:
            return {}
        values = {key: identity.profile_value(one, f"{prefix}.{key}") for key in keys}
        return {key: _told(one, prefix, key, value) for key, value in values.items() if value not in (None, "")}

    return known


def _told(one: Subject, prefix: str, key: str, value: object) -> Prefilled:
    """What was typed into the profile over a citizen number's own birth date or gender is not what the number says."""
    proven = key in PROVEN and not one.profile.get(key)
    trusted = proven and one.assurance >= Assurance.BASIC
    words = LABELS if trusted else PROFILES
    return Prefilled(value, words[prefix], None, Origin.IDENTITY if trusted else Origin.PROFILE)
