"""Opening a draft: for whom, with which number, with what is already known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from yimen.applications import access
from yimen.applications.choices import Channel, Presented
from yimen.applications.commands.refusals import WrongSubject
from yimen.applications.commands.situating import apart, told
from yimen.applications.models import Application, Document
from yimen.applications.queries.earlier import known_for
from yimen.applications.queries.holdings import standing_in
from yimen.applications.queries.origins import filled
from yimen.catalog.choices import EditionDocument
from yimen.city.choices import Duty
from yimen.identity import commands as identity
from yimen.identity.choices import SubjectKind
from yimen.identity.queries import find_subject
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.time import day_of
from yimen.law.identifiers import make_case_number
from yimen.law.said import said, several
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.sheets.ports import Origin, Prefilled

if TYPE_CHECKING:
    from yimen.applications.models import Filed
    from yimen.catalog.models import Edition
    from yimen.identity.models import Subject


EARLIER = frozenset({Origin.SAME_ITEM, Origin.OTHER_ITEM})
TO_FILL = "窗口代为填写"


def applicant_named(*, document: str, number: str, name: str, by: Actor, at: datetime) -> Subject:
    """Whom somebody applies for: a clerk for anybody (entered now if need be), others for whom they may act for.

    Raises BadNumber, Invalid; to clerks NameDiffers; to others NotYours, whatever the reason: it tells nothing.
    """
    if Duty.CLERK in by.duties:
        return identity.find_or_register_subject(document=document, number=number, name=name, by=by, at=at)
    proper = identity.require_number(document, number, at)
    known = find_subject(document, proper)
    if known is None or known.pk not in access.reach(by, at):
        raise access.NotYours
    try:
        return identity.find_or_register_subject(document=document, number=proper, name=name, by=by, at=at)
    except identity.NameDiffers as differs:
        raise access.NotYours from differs


@command
def begin(
    *,
    edition: Edition,
    subject: Subject,
    channel: Channel,
    by: Actor,
    at: datetime,
    situation: Mapping[str, Any] | None = None,
) -> Application:
    """Open a draft: a number is drawn, what is already known is filled in, licences at hand are presented.

    situation: what the guided questions were answered; of those that are the form's own they become its answers.
    Who may: the subject, somebody under a mandate, a clerk at a window with authority. Raises NotYours,
    NotYourChannel, WindowNotAuthorised, WrongSubject.
    """
    access.require_filing(by, subject, edition.item.slug, at)
    access.require_channel(by, channel)
    agency = edition.item.agency
    access.require_window(by, agency=agency.pk, agency_name=agency.name, slug=edition.item.slug, at=at)
    require_audience(edition.doc, subject)
    known = known_for(edition.doc, edition.item_id, subject, sources_of(subject, by), by=by, at=at)
    known |= told(edition.doc, situation or {}, at)
    application = Application.objects.create(
        number=draw_number(agency.division.code, channel, at),
        item=edition.item,
        edition=edition,
        subject=subject,
        agent_id=by.subject if not by.is_one(subject.pk) and Duty.CLERK not in by.duties else None,
        agency=agency,
        window_id=by.window,
        made_by_id=by.account,
        channel=channel,
        situation=apart(edition.doc, situation or {}),
        **filled(known),
        begun_at=at,
        saved_at=at,
    )
    _present_what_is_known(application, by=by, at=at)
    write_down_the_look(application, known, by=by, at=at)
    ledger.record(
        case_chain(application.number), "begun", by=by.acting_for(application.subject_id), at=at,
        item=edition.item.slug, edition=edition.version, channel=channel, subject=subject.pk,
    )  # fmt: skip
    return application


def write_down_the_look(application: Filed, known: Mapping[str, Prefilled], *, by: Actor, at: datetime) -> None:
    """A clerk who fills in for somebody sees what they wrote earlier."""
    if by.is_staff and any(found.origin in EARLIER for found in known.values()):
        number = application.number
        ledger.look(application.subject_id, by=by, at=at, purpose=TO_FILL, case=number, what="以前填写的内容")


def draw_number(region: str, channel: Channel, at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('applications_number')")
        (sequence,) = cursor.fetchone()
    return make_case_number(region[:6], day_of(at), channel.digit, sequence)


def require_audience(document: EditionDocument, subject: Subject) -> None:
    natural = "自然人" in document.subjects
    others = any(audience != "自然人" for audience in document.subjects)
    if not (natural if subject.kind == SubjectKind.NATURAL else others):
        raise WrongSubject(item=document.name, subjects=several(map(said, document.subjects)))


def sources_of(subject: Subject, by: Actor) -> list[int]:
    """Whose data may fill the form: the subject's, then those of whoever acts for it (never the clerk's own)."""
    agent = [by.subject] if by.subject and not by.is_one(subject.pk) and not by.is_staff else []
    return [subject.pk, *agent]


def _present_what_is_known(application: Application, *, by: Actor, at: datetime) -> None:
    """What the city has issued itself isn't asked for again (国务院令第716号 art 7)."""
    subject, *agent = sources_of(application.subject, by)
    found = standing_in(subject, next(iter(agent), None), application.edition.doc.materials, at)
    Document.objects.bulk_create(
        Document(
            application=application,
            material=key,
            presented=Presented.LICENCE,
            licence=licence,
            trust=licence.trust,
            handed_in_at=at,
            handed_in_by_id=by.account,
        )
        for key, licence in found.items()
    )
