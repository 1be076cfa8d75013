"""A newer edition counts: a draft goes over to it and keeps what fits; an open matter may be granted what it eased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yimen.applications import access
from yimen.applications.commands.beginning import sources_of
from yimen.applications.commands.opening import lock
from yimen.applications.commands.refusals import AlreadySubmitted
from yimen.applications.models import Application
from yimen.applications.queries.earlier import known_for
from yimen.applications.queries.origins import packed
from yimen.catalog import queries as catalog
from yimen.catalog.choices import EditionDocument
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.kit.time import day_of
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.sheets import queries as sheets


class NothingNewer(Refusal):
    code = "edition_current"
    sentence = "这份申请已经适用现行版本的办事指南。"


@command
def renew(application: Application, *, by: Actor, at: datetime) -> Application:
    """A draft goes over to the current edition: answers that still fit stay, others are set aside, nothing is lost.

    Who may: whoever may fill it in. Raises NotYours, AlreadySubmitted, NothingNewer, Suspended, Cancelled, NoSuchItem.
    """
    application = lock(application)
    access.require_hand(by, application, at)
    if not application.is_draft:
        raise AlreadySubmitted
    edition = catalog.current(application.item.slug)
    before = application.edition
    if edition.pk == before.pk:
        raise NothingNewer
    fitting, aside = _sorted_out(application.answers, edition.doc, at)
    known = known_for(
        edition.doc, application.item_id, application.subject, sources_of(application.subject, by), by=by, at=at
    )
    fresh = {name: found for name, found in known.items() if name not in fitting}
    sources = {name: words for name, words in application.sources.items() if name in fitting}
    application.edition = edition
    application.answers = {**{name: found.value for name, found in fresh.items()}, **fitting}
    application.sources = {**sources, **{name: found.note for name, found in fresh.items()}}
    held = {name: row for name, row in application.origins.items() if name in fitting}
    application.origins = {**held, **packed(fresh)}
    application.set_aside = {**application.set_aside, **aside}
    application.moves = [*application.moves, {"from": before.version, "to": edition.version, "at": at.isoformat()}]
    application.saved_at = at
    application.save()
    gone = _take_back(application, edition.doc, at)
    ledger.record(
        case_chain(application.number), "renewed", by=by.acting_for(application.subject_id), at=at,
        before=before.version, edition=edition.version, set_aside=sorted(aside), materials=gone,
    )  # fmt: skip
    return application


@command
def ease(
    application: Application, granted: Mapping[str, Mapping[str, Any] | None], *, version: int, by: Actor, at: datetime
) -> Application:
    """An open matter is granted what a later edition eased for everybody: what holds instead, by place.

    Who may: the platform, on what was chosen before release (catalog.queries.easing).
    """
    application = lock(application)
    access.require_system(by)
    fresh = {place: {"version": version, "now": now} for place, now in granted.items()}
    application.eased = {**application.eased, **fresh}
    application.save(update_fields=["eased"])
    ledger.record(
        case_chain(application.number),
        "eased",
        by=by.acting_for(application.subject_id),
        at=at,
        edition=version,
        easings=fresh,
    )
    return application


def _sorted_out(
    answers: Mapping[str, Any], document: EditionDocument, at: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers that the new sheet takes as they are, and the others."""
    known = {field.name for field in document.form_fields}
    asked = {name: value for name, value in answers.items() if name in known}
    fitting, _errors = sheets.check(document, asked, today=day_of(at))
    kept = {name: value for name, value in asked.items() if name in fitting}
    return kept, {name: value for name, value in answers.items() if name not in kept}


def _take_back(application: Application, document: EditionDocument, at: datetime) -> list[str]:
    """What was handed in for a material that is no longer asked for isn't sent along."""
    keys = {material.key for material in document.materials}
    rows = application.documents.filter(removed_at=None).exclude(material__in=keys)
    gone = sorted(set(rows.values_list("material", flat=True)))
    rows.update(removed_at=at)
    return gone
