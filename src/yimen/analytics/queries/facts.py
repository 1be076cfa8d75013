"""What other rooms know of one application, as the law of savings counts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yimen.applications.queries import documents, field_needs, terms
from yimen.applications.queries.met import AT_HALL, brought_to_window, filed_in_one_visit, met
from yimen.applications.queries.origins import origins
from yimen.cases.queries import of_application
from yimen.kit.time import day_of
from yimen.law import savings
from yimen.law.completeness import asked_fields
from yimen.law.prefill import Kept
from yimen.law.resolution import Way
from yimen.results.choices import Way as Delivered
from yimen.results.queries import delivery_of

if TYPE_CHECKING:
    from yimen.applications.models import Application
    from yimen.cases.models import Case

COUNTING = frozenset(Way) - {Way.NOT_ASKED, Way.FORM, Way.UPLOAD}


@dataclass(frozen=True)
class MaterialFact:
    """A material that counts and how it was met; licence: the kind that can stand in for it."""

    key: str
    name: str
    licence: str
    way: str


def month_of(application: Application) -> date:
    """The first day of the month in which it was submitted."""
    return day_of(application.submitted_at or application.begun_at).replace(day=1)


def materials(application: Application) -> list[MaterialFact]:
    """Each material that counts."""
    document = application.edition.doc
    found = [(each, document.material(each.material)) for each in met(application) if Way(each.way) in COUNTING]
    return [
        MaterialFact(
            each.material, known.name if known else each.material, (known and known.licence_type) or "", each.way
        )
        for each, known in found
    ]


def figures(application: Application) -> dict[str, int]:
    """All that is counted of it, as far as it has come."""
    told = savings.materials(Way(each.way) for each in materials(application))
    walked = visits(application)
    asked, known = fields(application)
    return {
        "asked": told.asked,
        "spared": told.spared,
        "committed": told.committed,
        "later": told.later,
        "fields_asked": asked,
        "fields_known": known,
        "visits_usual": walked.usual,
        "visits_made": walked.made,
        "visits_spared": walked.spared,
    }


def fields(application: Application) -> tuple[int, int]:
    """How many this situation asks, and how many came from a source and were sent as they were."""
    asked = asked_fields(field_needs(terms(application)), application.answers)
    known = [name for name, each in origins(application).items() if name in asked and each.kept is Kept.KEPT]
    return len(asked), len(known)


def visits(application: Application) -> savings.Visits:
    """The visits of its case."""
    case = of_application(application.number)
    delivery = delivery_of(case) if case else None
    return savings.visits(
        instant=application.edition.doc.instant,
        filed_at_window=application.channel in AT_HALL and not filed_in_one_visit(application),
        supplements_at_window=_supplements(case, application) if case else [],
        fetched_at_window=delivery.way == Delivered.WINDOW if delivery else None,
    )


def _supplements(case: Case, application: Application) -> list[bool]:
    """Each notice that was answered: was it at a window?"""
    papers = documents(application)
    return [
        brought_to_window(papers, each.asked_at, each.supplied_at)
        for each in case.supplements.all()
        if each.supplied_at is not None
    ]
