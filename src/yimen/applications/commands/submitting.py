"""Signing and sending; giving a draft up."""

from __future__ import annotations

from datetime import datetime

from yimen.applications import access
from yimen.applications.choices import Stage
from yimen.applications.commands.committing import seal_letters
from yimen.applications.commands.meeting import meet, take_back_lost
from yimen.applications.commands.opening import lock
from yimen.applications.commands.refusals import AlreadySubmitted, EditionMoved, Incomplete
from yimen.applications.events import ApplicationSubmitted
from yimen.applications.models import Application
from yimen.applications.queries import documents, lacking, lacking_fields
from yimen.catalog import queries as catalog
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.events import speak
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain


@command
def submit(application: Application, *, by: Actor, at: datetime) -> Application:
    """Sign and send (提交). Speaks ApplicationSubmitted, which opens the case in the same transaction.

    Raises NotYours, AlreadySubmitted, Incomplete, EditionMoved, Suspended, Cancelled.
    """
    application = lock(application)
    access.require_hand(by, application, at)
    if not application.is_draft:
        raise AlreadySubmitted
    _require_current(application)
    handed_in = documents(application)
    found = [] if lacking_fields(application) else meet(application, handed_in, by=by, at=at)
    lacks = lacking(application, handed_in, at=at) if not found or any(each.lacks for each in found) else []
    if lacks:
        raise Incomplete(lacks)
    handed_in = take_back_lost(application, handed_in, found, by=by, at=at)
    application.stage, application.submitted_at = Stage.SUBMITTED, at
    application.save(update_fields=["stage", "submitted_at"])
    seal_letters(application, handed_in, by=by, at=at)
    ledger.record(
        case_chain(application.number), "submitted", by=by.acting_for(application.subject_id), at=at,
        documents=len(handed_in), met={each.key: each.way.value for each in found if each.asked and each.met},
    )  # fmt: skip
    speak(
        ApplicationSubmitted(
            number=application.number, by=by.account, at=at,
            name=by.name, post=by.post_name, office=by.office_name, staff=by.is_staff,
        )
    )  # fmt: skip
    return application


def _require_current(application: Application) -> None:
    """What one signs is what counts today; an item that is suspended or cancelled says so instead."""
    if not application.edition.current:
        raise EditionMoved(item=application.item.name, version=catalog.current(application.item.slug).version)


@command
def discard(application: Application, *, by: Actor, at: datetime) -> None:
    """Give a draft up. Raises NotYours, AlreadySubmitted."""
    application = lock(application)
    access.require_hand(by, application, at)
    if not application.is_draft:
        raise AlreadySubmitted
    application.stage, application.discarded_at = Stage.DISCARDED, at
    application.save(update_fields=["stage", "discarded_at"])
    ledger.record(case_chain(application.number), "discarded", by=by.acting_for(application.subject_id), at=at)
