"""Facts of the papers about promises: commitment letters, promises to bring material later, decisions taken back."""

from __future__ import annotations

from datetime import date

from yimen.papers.choices.facts import Facts
from yimen.papers.choices.kinds import Kind
from yimen.papers.choices.parts import Instant, Part, Remedies


class Promised(Part):
    """A material that comes later, and by which day."""

    name: str
    until: date


class CommitmentFacts(Facts):
    """P: what the office told and the applicant promised instead of a paper (国办发〔2020〕42号)."""

    kind = Kind.COMMITMENT

    material: str
    basis: str = ""
    conditions: list[str] = []
    promises: list[str]
    liability: list[str]
    check: str
    public: bool = False
    signed_at: Instant
    signed_by: str


class ToleranceFacts(Facts):
    """L: the applicant promises to bring secondary material by a day (国发〔2022〕5号)."""

    kind = Kind.TOLERANCE

    materials: list[Promised]
    signed_at: Instant
    signed_by: str


class ToleranceNoticeFacts(Facts):
    """M: the window says what is to be brought, and until when."""

    kind = Kind.TOLERANCE_NOTICE

    materials: list[Promised]
    accepted_on: date
    officer: str = ""


class RevocationFacts(Facts):
    """V: a decision is taken back (许可法 69)."""

    kind = Kind.REVOCATION

    decided_on: date
    reason: str
    heard: str = ""
    basis: str = ""
    remedies: Remedies = Remedies()

    @property
    def title(self) -> str:
        return "撤销行政许可决定书" if self.matter == "行政许可" else self.kind.label
