"""A case as the licence library asks for it: is it open, whose is it, which licences does it need (无办件不得调证)?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from yimen.applications.queries import documents, terms
from yimen.cases.access import desk_agencies, is_own_case
from yimen.cases.queries.desk import at_desk
from yimen.cases.queries.reading import NoSuchCase
from yimen.identity.queries import same_person
from yimen.kit.actor import Actor
from yimen.law.states import FINAL, State
from yimen.vault.ports import Matter

if TYPE_CHECKING:
    from yimen.catalog.choices import EditionDocument

LICENCE = "licence"


def matter(number: str, by: Actor, at: datetime) -> Matter:
    """Raises NoSuchCase for a number of other agencies' cases, as for one that doesn't exist."""
    case = at_desk(number)
    if case is None or case.agency_id not in desk_agencies(by):
        raise NoSuchCase(number=number)
    application = case.application
    whose = [case.subject_id, *([application.agent_id] if application.agent_id else [])]
    return Matter(
        number=case.number,
        item=case.item_name,
        agency=case.agency_id,
        department=case.agency.department,
        open=State(case.state) not in FINAL,
        kinds=frozenset(_kinds(terms(application))),
        holders=frozenset(record for subject in whose for record in same_person(subject)),
        licences=frozenset(each.licence_id for each in documents(application) if each.licence_id),
        own=is_own_case(case, by),
        url=reverse("cases:case", args=[case.number]),
    )


def _kinds(document: EditionDocument) -> Iterator[str]:
    """What the item asks for, fills its form from, or gives (the licence that is renewed or changed)."""
    for material in document.materials:
        yield material.licence_type or ""
    for result in document.results:
        yield result.licence_type or ""
    for field in document.form_fields:
        source, _, rest = (field.prefill or "").partition(".")
        yield rest.partition(".")[0] if source == LICENCE else ""
