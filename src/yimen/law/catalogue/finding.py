"""What a rule of the catalogue has to say about a place of an edition. Rules in words: docs/rules/catalogue.md"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]


class Severity(StrEnum):
    """ERROR: the edition can't be released; WARNING: it can, but should be mended; OFF: the city doesn't look."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"error": "不得发布", "warning": "应当完善", "off": "不检查"}[self.value]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found, before the city's table says how heavy it weighs.

    rule: code in the registry; place: where in the document, as materials[2].name; sentence: what is wrong;
    remedy: what to do; text: the words at the place, marks: the offending parts of them, [begin, end).
    """

    rule: str
    place: str
    sentence: str
    remedy: str
    text: str = ""
    marks: tuple[Span, ...] = ()
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The same, weighed. slug: the item it is about; source: the rule's source, Chinese."""

    rule: str
    place: str
    severity: Severity
    sentence: str
    source: str
    remedy: str
    text: str = ""
    marks: tuple[Span, ...] = ()
    slug: str = ""

    @property
    def stops(self) -> bool:
        """Can the edition not be released because of it?"""
        return self.severity is Severity.ERROR

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """The text cut at the marks: (piece, is it offending?)."""
        cut, pieces = 0, []
        for begin, end in self.marks:
            pieces += [(self.text[cut:begin], False), (self.text[begin:end], True)]
            cut = end
        return tuple(piece for piece in [*pieces, (self.text[cut:], False)] if piece[0])
