"""Answers to the merged form: what is right of them is kept, and goes on to members' drafts that were begun."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yimen.applications.commands.filling import answer, keeper
from yimen.applications.commands.together.opening import lock_package
from yimen.applications.models import PackageApplication
from yimen.applications.queries.origins import sources_now
from yimen.applications.queries.signing import signer_of
from yimen.applications.queries.together import assembly_of, parts_of
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.time import day_of
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.sheets import queries as sheets
from yimen.sheets.queries import FieldError


@command
def answer_package(
    application: PackageApplication, answers: Mapping[str, Any], *, by: Actor, at: datetime
) -> list[FieldError]:
    """Keep what is right of the answers, even when others are wrong; gives the errors [{field, code, message}].

    A signature stands under the whole form, and as it was given under every member's. Members whose own draft was begun
    get what changed. Raises NotYours, PackageClosed.
    """
    application = lock_package(application, by=by, at=at)
    assembly = assembly_of(application)
    held = dict(application.answers)
    sheet, keep = assembly.sheet(held), keeper(application.number, by.acting_for(application.subject_id), at)
    told, refused = sheets.keep_files(sheet, answers, held, keep=keep)
    clean, errors = sheets.check(sheet, told, today=day_of(at))
    clean, unsigned = sheets.sign(sheet, clean, held, signer=lambda: signer_of(by), at=at)
    changed = {name for name, value in clean.items() if held.get(name) != value}
    application.answers = held | clean
    application.sources = sources_now(application.answers, application.origins, application.sources, changed)
    application.saved_at = at
    application.save(update_fields=["answers", "sources", "saved_at"])
    ledger.record(
        case_chain(application.number),
        "answered",
        by=by.acting_for(application.subject_id),
        at=at,
        fields=sorted(clean),
    )
    if changed:
        _pass_on(application, held, by=by, at=at)
    return refused + errors + unsigned


def _pass_on(application: PackageApplication, before: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Only what changed here: whatever was changed in a member's own draft stays."""
    assembly = assembly_of(application)
    for part in parts_of(application):
        if part.application is not None and part.application.is_draft:
            slug = part.item.slug
            old, new = assembly.answers_of(slug, before), assembly.answers_of(slug, application.answers)
            told = {name: value for name, value in new.items() if old.get(name) != value}
            if told:
                stamps = sheets.stamps(part.edition.doc, told)
                answer(part.application, told, by=by, at=at, files=file_ids(told), whole=stamps)


def file_ids(answers: Mapping[str, Any]) -> list[str]:
    """The files that these answers name."""
    named = [value.get("file") for value in answers.values() if isinstance(value, Mapping)]
    return [each for each in named if isinstance(each, str)]
