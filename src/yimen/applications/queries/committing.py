"""Commitments: the letter to be read and signed, what was signed, what is to be checked, what the public may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q, QuerySet

from yimen.applications.choices import Stage, Verdict
from yimen.applications.models import Commitment
from yimen.applications.queries.resolving import COMMITMENT, resolution_of
from yimen.kit.errors import NotFound
from yimen.kit.time import day_of
from yimen.law.commitments import Letter, check_limit, letter
from yimen.law.masking import mask_name
from yimen.law.resolution import Way

if TYPE_CHECKING:
    from yimen.applications.models import Application
    from yimen.catalog.choices import EditionDocument
    from yimen.law.limits import Limit

JOINS = ("application__item", "application__edition__item", "application__agency", "application__subject", "document")


class NoLetter(NotFound):
    code = "no_commitment_letter"
    sentence = "这份材料不能用书面承诺代替，请提交材料。"


@dataclass(frozen=True)
class PublicCommitment:
    """What anybody may read: who (a person masked), what was promised instead of which paper, what became of it."""

    item: str
    agency: str
    who: str
    material: str
    signed_on: date
    state: str
    letter: dict[str, Any]


def letter_for(application: Application, key: str, at: datetime) -> Letter:
    """The letter of a draft's material. Raises NoLetter where the law doesn't offer one."""
    how = resolution_of(application, key, at)
    if how is None or Way.COMMITMENT not in {how.way, *how.open}:
        raise NoLetter
    return letter_of(application.edition.doc, key, agency=application.agency.name)


def letter_of(document: EditionDocument, key: str, *, agency: str) -> Letter:
    """The letter for a material of an edition. Raises NoLetter."""
    material = document.material(key)
    if material is None or material.exempt_when != COMMITMENT:
        raise NoLetter
    basis = material.basis or "；".join(str(each) for each in document.legal_basis)
    conditions = (material.standard,) if material.standard else document.conditions
    return letter(
        item=document.name, agency=agency, material=material.name, basis=basis, conditions=conditions,
        days=limit_of(document).amount, public=document.commitment_public,
    )  # fmt: skip


def limit_of(document: EditionDocument) -> Limit:
    """How long the office has to check a commitment of this edition."""
    return check_limit(city_days=settings.YIMEN_COMMITMENT_DAYS, edition_days=document.commitment_days)


def as_told(told: Letter) -> dict[str, Any]:
    """A letter as it is kept."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(told).items()}


def signed_in(application: Application) -> list[Commitment]:
    """The commitments of an application that stand. No statement where its edition knows none."""
    if not any(each.exempt_when == COMMITMENT for each in application.edition.doc.materials):
        return []
    return list(_standing().filter(application=application.pk).order_by("id"))


def commitment(pk: int) -> Commitment:
    """One that stands. Raises NotFound."""
    found = _standing().filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def commitments_at(agencies: Collection[int], *, state: str) -> QuerySet[Commitment]:
    """Of some agencies: `open` (to be checked), `false` (and not repaired), `done`; oldest first, the last newest."""
    rows = _standing().filter(application__agency__in=agencies, application__stage=Stage.SUBMITTED)
    if state == "open":
        return rows.filter(verdict="").order_by("id")
    if state == "false":
        return rows.filter(verdict=Verdict.FALSE, repaired_at=None).order_by("id")
    return rows.filter(Q(verdict=Verdict.KEPT) | Q(repaired_at__isnull=False)).order_by("-judged_at")


def public_commitments() -> QuerySet[Commitment]:
    """Those of items that publish them, newest first."""
    rows = _standing().filter(published=True, application__stage=Stage.SUBMITTED)
    return rows.order_by("-id")


def as_public(row: Commitment) -> PublicCommitment:
    """A person's name is masked; nothing says who a handler is."""
    subject = row.application.subject
    return PublicCommitment(
        item=row.letter["item"], agency=row.letter["agency"],
        who=mask_name(subject.name) if subject.is_person else subject.name,
        material=row.letter["proves"], signed_on=day_of(row.signed_at), state=state_of(row), letter=row.letter,
    )  # fmt: skip


def state_of(row: Commitment) -> str:
    """open, kept, false or repaired."""
    if row.repaired_at is not None:
        return "repaired"
    return row.verdict or "open"


def _standing() -> QuerySet[Commitment]:
    rows = Commitment.objects.filter(document__removed_at=None).select_related(*JOINS)
    return rows.defer("application__answers", "application__set_aside", "application__edition__document")
