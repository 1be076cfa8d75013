"""The first source of answers: what the city has on record about the person or firm that applies.

Name, number and what a citizen number says are as sure as the account is; the rest is what they keep in their profile.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from yimen.identity import queries as identity
from yimen.identity.choices import Assurance
from yimen.kit.errors import NotFound
from yimen.law.said import said
from yimen.sheets.ports import Origin, Prefilled, Source

if TYPE_CHECKING:
    from yimen.identity.models import Subject

LABELS = {"person": said("实名信息"), "org": said("单位登记信息")}
USUAL = said("您的常用信息")
"""What somebody keeps with the city to be filled in for them."""
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
    if trusted:
        return Prefilled(value, LABELS[prefix], None, Origin.IDENTITY)
    day = one.profile_days.get(key)
    return Prefilled(value, USUAL, date.fromisoformat(day) if day else None, Origin.PROFILE)
