"""How the law says no: a stable code and a Chinese sentence, returned as a value, never raised at a citizen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Objection:
    """Why something is not allowed.

    code: stable snake_case word for programs; sentence: Chinese, for people; article: the provision it rests on.
    """

    code: str
    sentence: str
    article: str = ""
