"""The first source of answers: what the city has on record about the person or firm that applies."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from yimen.identity import queries as identity
from yimen.kit.errors import NotFound
from yimen.sheets.ports import Prefilled, Source

LABELS = {"person": "实名信息", "org": "单位登记信息"}


def source(prefix: str) -> Source:
    """`person.*` or `org.*`, read from the subject's record."""

    def known(subject: int, keys: Collection[str], at: datetime) -> dict[str, Prefilled]:
        try:
            one = identity.subject(subject)
        except NotFound:
            return {}
        values = {key: identity.profile_value(one, f"{prefix}.{key}") for key in keys}
        return {key: Prefilled(value, LABELS[prefix]) for key, value in values.items() if value not in (None, "")}

    return known
