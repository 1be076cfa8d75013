"""What the guided questions before an application were answered: the form's own answers, marked as such."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yimen.applications import access
from yimen.applications.commands.opening import lock, require_open_fields
from yimen.applications.models import Application
from yimen.catalog.choices import EditionDocument
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.time import day_of
from yimen.law.said import said
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.sheets import queries as sheets
from yimen.sheets.ports import Prefilled
from yimen.sheets.queries.prefilling import NEVER

# Kept with the answer, as the names of registers are: for every later reader in the same words.
SOURCE = said("情形选择")


@command
def situate(application: Application, situation: Mapping[str, Any], *, by: Actor, at: datetime) -> Application:
    """Take the answers into a draft that was begun already. Raises NotYours, NotOpen."""
    application = lock(application)
    access.require_hand(by, application, at)
    known = told(application.edition.doc, situation, at)
    require_open_fields(application, known)
    application.answers = {**application.answers, **{name: found.value for name, found in known.items()}}
    application.sources = {**application.sources, **{name: found.note for name, found in known.items()}}
    application.save(update_fields=["answers", "sources"])
    ledger.record(
        case_chain(application.number),
        "answered",
        by=by.acting_for(application.subject_id),
        at=at,
        fields=sorted(known),
    )
    return application


def told(document: EditionDocument, situation: Mapping[str, Any], at: datetime) -> dict[str, Prefilled]:
    """The answers of a situation that the form takes, with the words that say where they come from."""
    fields = [field for field in document.form_fields if field.kind.value not in NEVER]
    given = {field.name: situation[field.name] for field in fields if field.name in situation}
    clean, _errors = sheets.check(document, given, today=day_of(at))
    return {name: Prefilled(value, SOURCE) for name, value in clean.items() if value is not None}


def apart(document: EditionDocument, situation: Mapping[str, Any]) -> dict[str, Any]:
    """What of a situation is no answer of the form; the answers themselves lie sealed among the answers."""
    names = {field.name for field in document.form_fields}
    return {name: value for name, value in situation.items() if name not in names}
