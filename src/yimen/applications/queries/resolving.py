"""How each material of an application is met, and why: the facts for the law's resolver, and what follows from it.

One truth for the page, the API and submission: `lacking` and `owed` follow from the resolution.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from yimen.applications.choices import Presented
from yimen.applications.models import Application
from yimen.applications.queries import holdings
from yimen.applications.queries.reading import documents, field_needs, terms
from yimen.catalog.choices import Necessity
from yimen.kit.commands import read_once
from yimen.kit.time import day_of
from yimen.law import resolution_words as words
from yimen.law.completeness import MaterialNeed, Missing, answers_that_count, missing
from yimen.law.completeness import Necessity as LegalNecessity
from yimen.law.resolution import Demand, Resolution, Situation, Way, resolve
from yimen.law.whose import whose
from yimen.sheets.queries import broken_rules, broken_signatures

if TYPE_CHECKING:
    from yimen.applications.models import Document
    from yimen.catalog.choices import EditionDocument, Material
    from yimen.catalog.models import Edition

COMMITMENT = "告知承诺"
FORM = "申请表格"
_NECESSITY = {
    Necessity.REQUIRED: LegalNecessity.REQUIRED,
    Necessity.OPTIONAL: LegalNecessity.OPTIONAL,
    Necessity.TOLERATED: LegalNecessity.DEFERRABLE,
}


def resolutions(application: Application, at: datetime) -> list[Resolution]:
    """For every material of its edition how it is met, with all that lies in the library and in earlier cases.

    After submission what was handed in counts as it was.
    """
    return read_once(f"applications.resolved:{application.pk}", lambda: _resolutions(application, at))


def resolution_of(application: Application, key: str, at: datetime) -> Resolution | None:
    """How one material is met."""
    return next((each for each in resolutions(application, at) if each.key == key), None)


def lacking(
    application: Application, handed_in: Iterable[Document] | None = None, *, at: datetime | None = None
) -> list[Missing]:
    """What is still to be done before submission: fields to fill in, materials to hand in, promise or confirm.

    at: the day on which licences and promises are reckoned; left out: the day on which it was last saved.
    """
    lacks = [each for each in resolved(application, handed_in, at or application.saved_at) if each.lacks]
    return lacking_fields(application) + [
        Missing("material", each.key, words.lack(each.way.value, each.name, lost_words(each))) for each in lacks
    ]


def lost_words(found: Resolution) -> str:
    """Why what lay in the application for a material counts no more; "" where nothing was lost."""
    return found.hints[0] if found.lost and found.hints else ""


def lacking_fields(application: Application) -> list[Missing]:
    """The required fields that are blank, rules between fields that don't hold, signatures over what was changed since.

    No statement.
    """
    sheet, answers = terms(application), application.answers
    blank = missing(fields=field_needs(sheet), materials=(), answers=answers, documents=())
    return [*blank, *broken_rules(sheet, answers), *broken_signatures(sheet, answers)]


def resolved(application: Application, handed_in: Iterable[Document] | None, at: datetime) -> list[Resolution]:
    """The same, without looking into the library when nothing is wanting: more holdings never demand more.

    What rests on consent or on being eligible is looked at again: either may have gone since it was put here.
    """
    found = documents(application) if handed_in is None else list(handed_in)
    first = resolve(demands(application), situation(application, at), holdings.here(found, application.subject_id))
    if application.submitted_at is not None:
        return first
    wanting = any(each.lacks for each in first) or any(_may_have_gone(application, each) for each in found)
    return _resolutions(application, at, found) if wanting else first


def _may_have_gone(application: Application, document: Document) -> bool:
    """Does it count only as long as its applicant may: another item's paper (consent), a commitment (eligible)?"""
    if document.repeats_id:
        return bool(document.told.get("item") != application.item.slug)
    return document.presented == Presented.COMMITMENT


def owed(application: Application, handed_in: Iterable[Document] | None = None) -> list[Missing]:
    """The materials that may come later (容缺) and have not come yet. No statement where the edition has none."""
    due = {each.key for each in demands(application) if each.need.necessity is LegalNecessity.DEFERRABLE}
    if not due:
        return []
    found = documents(application) if handed_in is None else list(handed_in)
    kept = holdings.here([each for each in found if each.presented != Presented.PROMISE], application.subject_id)
    told = resolve(demands(application), situation(application, application.saved_at), kept)
    return [
        Missing("material", each.key, words.lack("tolerated", each.name))
        for each in told
        if each.key in due and each.lacks
    ]


def demands(application: Application) -> list[Demand]:
    """The materials of its edition, with what later ones eased; the condition is the edition's own."""
    now = terms(application)
    form = bool(now.form_fields)
    return [
        demand(
            now.material(each.key or "") or each, form=form, exempt="" if now.material(each.key or "") else words.EASED
        )
        for each in application.edition.doc.materials
    ]


def demands_of(document: EditionDocument) -> list[Demand]:
    """The materials of an edition, whoever applies."""
    form = bool(document.form_fields)
    return [demand(each, form=form) for each in document.materials]


def demand(material: Material, *, form: bool, exempt: str = "") -> Demand:
    """A material as the law asks for it. form: the application form is filled in here."""
    return Demand(
        need=MaterialNeed(
            key=material.key or "",
            name=material.name,
            necessity=_NECESSITY[material.necessity],
            show_if=material.show_if,
        ),
        licence=material.licence_type or "",
        whose=whose(material.name),
        service=material.data_service or "",
        commitment=material.exempt_when == COMMITMENT,
        form=form and material.kind == FORM and material.electronic and not material.legal_reason,
        exempt=exempt,
    )


def situation(application: Application, at: datetime) -> Situation:
    """Without a statement: as if everything were allowed; `_resolutions` asks where it matters."""
    answers = answers_that_count(field_needs(terms(application)), application.answers)
    submitted = application.submitted_at is not None
    return Situation(
        item=application.item.slug, today=day_of(at), answers=answers, consent=True, submitted=submitted,
        tolerance_until=None if submitted else holdings.tolerance_until(application, at),
    )  # fmt: skip


def _resolutions(
    application: Application, at: datetime, handed_in: Sequence[Document] | None = None
) -> list[Resolution]:
    found = documents(application) if handed_in is None else handed_in
    wanted = demands(application)
    if application.submitted_at is not None:
        return resolve(wanted, situation(application, at), holdings.here(found, application.subject_id))
    facts = holdings.whole(application, wanted, found, at)
    return resolve(wanted, holdings.limits(situation(application, at), application, wanted, at), facts)


def foreseen(edition: Edition, subjects: Sequence[int], at: datetime) -> list[Resolution]:
    """How each material would be met if one of these people began now, before any answer: by what the city has."""
    wanted = demands_of(edition.doc)
    facts = holdings.at_hand(subjects, [edition.item_id], [each.licence for each in wanted if each.licence], at)
    return resolve(wanted, Situation(item=edition.item.slug, today=day_of(at)), facts)


def waits_for_consent(found: Iterable[Resolution]) -> bool:
    """Would consent to re-use spare the applicant something that is wanted from them?"""
    return any(each.lacks and each.consent for each in found)


def counts(found: Sequence[Resolution]) -> tuple[int, int]:
    """How many materials this case calls for, and how many of them are here without the applicant handing them in."""
    asked = [each for each in found if each.asked and (each.required or each.met)]
    return len(asked), sum(each.way in BY_THEMSELVES and each.met for each in asked)


BY_THEMSELVES = frozenset({Way.EXEMPT, Way.FORM, Way.LICENCE, Way.SERVICE, Way.EARLIER})
"""The ways that ask nothing of the applicant."""
