"""What a check of an identifier answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .said import said


@dataclass(frozen=True, slots=True)
class Verdict:
    """Is an identifier right, and if not, why.

    valid; code: "ok" or a stable snake_case word; why: Chinese, empty when valid; value: the number as it is written
    properly (without blanks, in capitals), also when it is invalid. A verdict is true when it is valid.
    """

    valid: bool
    code: str
    why: str
    value: str

    def __bool__(self) -> bool:
        """True when valid, so that `if not verdict` cannot let a wrong number through."""
        return self.valid


def ok(value: str) -> Verdict:
    """A valid identifier."""
    return Verdict(True, "ok", "", value)


def wrong(code: str, why: str, value: str) -> Verdict:
    """An invalid identifier, with the reason."""
    return Verdict(False, code, said(why), value)


def judge(value: str, *refusals: Verdict | None) -> Verdict:
    """The first refusal there is, else that the value is valid."""
    return next((refusal for refusal in refusals if refusal is not None), ok(value))


def normalise(value: str) -> str:
    """As registers write it: no blanks around or within, capitals. What people type is passed through here first."""
    return "".join(value.split()).upper()


def unnormalised(value: str) -> Verdict | None:
    """The refusal of a value that is not yet written as registers write it; None when it is."""
    proper = normalise(value)
    if proper == value:
        return None
    return wrong("not_normalised", said("含有空格或小写字母，规范写法为“{proper}”。", proper=proper), proper)


def date_in(digits: str) -> date | None:
    """The day that eight digits yyyymmdd name; None where there is no such day."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
