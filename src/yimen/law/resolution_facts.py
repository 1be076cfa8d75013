"""What the resolver of materials is told, and what it says. Rule in words: docs/rules/resolution.md"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from . import resolution_words as words
from .completeness import MaterialNeed
from .whose import ONESELF, Whose


class Trust(StrEnum):
    """A: made by an authority; B: compared with its original; C: uploaded, not compared; D: self-made and promised."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Way(StrEnum):
    """How a material is met, in the order in which the law looks for one."""

    NOT_ASKED = "not_asked"
    EXEMPT = "exempt"
    FORM = "form"
    LICENCE = "licence"
    SERVICE = "service"
    EARLIER = "earlier"
    HANDED_IN = "handed_in"
    COMMITMENT = "commitment"
    TOLERATED = "tolerated"
    UPLOAD = "upload"

    @property
    def label(self) -> str:
        """The way in Chinese, short."""
        return words.LABELS[self.value]


@dataclass(frozen=True, slots=True)
class Demand:
    """A material as its edition asks for it.

    licence: the licence kind that can stand in for it, whose: of whom; service: the data service that can;
    commitment: a signed commitment may replace it (告知承诺); form: it is the application form, filled in here;
    exempt: why nobody has to hand it in any more (Chinese), "" when somebody has to.
    """

    need: MaterialNeed
    licence: str = ""
    whose: Whose = Whose.APPLICANT
    service: str = ""
    commitment: bool = False
    form: bool = False
    exempt: str = ""

    @property
    def key(self) -> str:
        """The material's key in the edition."""
        return self.need.key


@dataclass(frozen=True, slots=True)
class HeldLicence:
    """A licence of the applicant, or of whoever acts for them. of: what its holder is in this matter.

    in_force: signed, not suspended, revoked or superseded; days: both included; frozen: by its holder, who may lift it.
    """

    ref: int
    kind: str
    name: str
    trust: Trust = Trust.A
    issued_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    in_force: bool = True
    frozen: bool = False
    of: frozenset[Whose] = ONESELF

    def usable(self, today: date) -> bool:
        """Does it hold today, and may it be relied on?"""
        begun = self.valid_from is None or self.valid_from <= today
        holds = self.in_force and not self.frozen and begun and not past(self.valid_to, today)
        return holds and self.trust in (Trust.A, Trust.B)


@dataclass(frozen=True, slots=True)
class EarlierPaper:
    """A paper of the same person in an earlier case. item, item_name: of that case.

    material, name, licence, whose: there; valid_to: the last day of the original, as whoever compared it noted.
    """

    ref: int
    item: str
    item_name: str
    material: str
    name: str
    trust: Trust
    on: date
    licence: str = ""
    valid_to: date | None = None
    whose: Whose = Whose.APPLICANT


@dataclass(frozen=True, slots=True)
class ServiceAnswer:
    """A data service has answered that it has what the material would prove. on: of when the data are."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What this application has for a material. way: LICENCE, EARLIER, HANDED_IN, COMMITMENT or TOLERATED.

    ref: the document's; holding: the licence's or earlier paper's it brings; until: of a promise.
    """

    ref: int
    material: str
    way: Way
    on: date
    trust: Trust = Trust.C
    holding: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Of one application: its item, the day, the answers that count, and what its applicant may.

    eligible: may they commit themselves (no false commitment that is not repaired)? consent: may papers of other items
    be used (个人信息保护法 13)? tolerance_until: the day a promise made today would run to, None when they may not
    promise. refused: (material, way, ref of the holding) that they chose not to use. submitted: what was handed in
    counts as it was on that day.
    """

    item: str
    today: date
    answers: Mapping[str, object] = field(default_factory=dict)
    eligible: bool = True
    consent: bool = False
    tolerance_until: date | None = None
    refused: frozenset[tuple[str, Way, int]] = frozenset()
    submitted: bool = False


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that is there. services: what answered, by the code of the service."""

    licences: Sequence[HeldLicence] = ()
    services: Mapping[str, ServiceAnswer] = field(default_factory=dict)
    earlier: Sequence[EarlierPaper] = ()
    handed_in: Sequence[HandedIn] = ()


class Met:
    """What a way says of a material, for one item as for several together."""

    __slots__ = ()
    way: Way
    met: bool
    required: bool

    @property
    def lacks(self) -> bool:
        """Must the applicant still do something about it, be it only to choose?"""
        return self.required and not self.met

    @property
    def demanded(self) -> bool:
        """Must they bring the material itself?"""
        return self.lacks and self.way is Way.UPLOAD

    @property
    def asked(self) -> bool:
        """Does the situation call for it at all?"""
        return self.way is not Way.NOT_ASKED


@dataclass(frozen=True, slots=True)
class Resolution(Met):
    """How one material is met, and why (Chinese).

    met: nothing is left to do; required: it has to be there before submission. open: the other ways the applicant may
    choose; hints: why it is not met otherwise. ref: the holding; document: what this application has for it;
    until: the last day of the licence, the paper or the promise. lost: documents of this application whose licence or
    earlier paper may not be used any more (frozen, expired, revoked since): they count for nothing. consent: a paper of
    another item would do, had they agreed to its use.
    """

    key: str
    name: str
    way: Way
    why: str
    met: bool
    required: bool
    trust: Trust | None = None
    ref: int | None = None
    document: int | None = None
    until: date | None = None
    open: tuple[Way, ...] = ()
    hints: tuple[str, ...] = ()
    lost: tuple[int, ...] = ()
    consent: bool = False


def past(day: date | None, today: date) -> bool:
    """Is it a last day that is over?"""
    return day is not None and day < today
