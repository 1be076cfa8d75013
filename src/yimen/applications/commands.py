"""Beginning, filling in, handing in, submitting, discarding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from django.db import connection

from yimen.applications import access
from yimen.applications.choices import Channel, Presented, Stage, Trust
from yimen.applications.events import ApplicationSubmitted
from yimen.applications.models import Application, Document
from yimen.applications.ports import Opening, opening
from yimen.applications.queries import JOINS, documents, lacking, owed, remember
from yimen.catalog.choices import EditionDocument, Material, Necessity
from yimen.city.choices import Duty
from yimen.files import commands as files
from yimen.identity import commands as identity
from yimen.identity.choices import SubjectKind
from yimen.identity.queries import find_subject
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Forbidden, Invalid, NotFound, Refusal
from yimen.kit.events import speak
from yimen.kit.time import day_of
from yimen.law.identifiers import make_case_number
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.sheets import queries as sheets
from yimen.sheets.queries import FieldError
from yimen.vault import queries as vault

if TYPE_CHECKING:
    from yimen.catalog.models import Edition
    from yimen.files.models import StoredFile
    from yimen.identity.models import Subject
    from yimen.vault.models import Licence


class WrongSubject(Refusal):
    code = "wrong_subject"
    sentence = "“{item}”面向{subjects}办理，请换用相应的身份申请。"
    status = 422


class AlreadySubmitted(Refusal):
    code = "already_submitted"
    sentence = "这件申请已经提交，请在办件进度中查看。"


class NotOpen(Refusal):
    code = "not_open"
    sentence = "申请已提交，现在不能修改这一项；如需补正，请等待补正告知。"


class NoSuchMaterial(NotFound):
    code = "no_such_material"
    sentence = "办事指南中没有这项材料（{key}）。"


class OnlyAtWindow(Forbidden):
    code = "only_at_window"
    sentence = "原件和复印件由窗口工作人员核对登记；网上办理请上传电子件或者使用电子证照。"


class AlreadyChecked(Refusal):
    code = "already_checked"
    sentence = "这份材料已经核对过，或者不需要核对。"


class NotDeferrable(Refusal):
    code = "not_deferrable"
    sentence = "“{material}”不能容缺后补，请随申请一并提交。"


class NoSuchLicence(Refusal):
    code = "no_such_licence"
    sentence = "证照库中没有可用于“{material}”的有效电子证照，请上传电子件。"


class Incomplete(Invalid):
    """Still missing: `extra` carries the list for programs."""

    code = "incomplete"
    sentence = "还有 {count} 项没有填写或提交，补齐后即可提交申请。"

    def __init__(self, lacking: list[dict[str, str]]) -> None:
        errors = [
            {"field": each["key"], "code": f"missing_{each['kind']}", "message": each["message"]} for each in lacking
        ]
        super().__init__(errors, count=len(lacking))
        self.extra = {"missing": lacking}


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

    Who may: the subject, somebody under a mandate, a clerk at a window with authority. Raises NotYours,
    NotYourChannel, WindowNotAuthorised, WrongSubject.
    """
    access.require_filing(by, subject, edition.item.slug, at)
    access.require_channel(by, channel)
    agency = edition.item.agency
    access.require_window(by, agency=agency.pk, agency_name=agency.name, slug=edition.item.slug, at=at)
    _require_audience(edition.doc, subject)
    known = sheets.prefill(edition.doc, _sources(subject, by), at)
    application = Application.objects.create(
        number=_draw_number(agency.division.code, channel, at),
        item=edition.item,
        edition=edition,
        subject=subject,
        agent_id=by.subject if by.subject != subject.pk and Duty.CLERK not in by.duties else None,
        agency=agency,
        window_id=by.window,
        made_by_id=by.account,
        channel=channel,
        situation=dict(situation or {}),
        answers={name: found.value for name, found in known.items()},
        sources={name: found.note for name, found in known.items()},
        begun_at=at,
        saved_at=at,
    )
    _present_what_is_known(application, by=by, at=at)
    ledger.record(
        case_chain(application.number), "begun", by=by, at=at,
        item=edition.item.slug, edition=edition.version, channel=channel, subject=subject.pk,
    )  # fmt: skip
    return application


@command
def answer(application: Application, answers: Mapping[str, Any], *, by: Actor, at: datetime) -> list[FieldError]:
    """Keep what is right of the answers, even when others are wrong; gives the errors [{field, code, message}].

    An empty value takes an answer back. Raises NotYours, NotOpen.
    """
    application = _lock(application)
    access.require_hand(by, application, at)
    _require_open_fields(application, answers)
    clean, errors = sheets.check(application.edition.doc, dict(answers), today=day_of(at))
    if clean:
        changed = {name for name, value in clean.items() if application.answers.get(name) != value}
        application.answers = {**application.answers, **clean}
        application.sources = {name: words for name, words in application.sources.items() if name not in changed}
    application.saved_at = at
    application.save(update_fields=["answers", "sources", "saved_at"])
    ledger.record(case_chain(application.number), "answered", by=by, at=at, fields=sorted(clean))
    return errors


@command
def attach(
    application: Application,
    key: str,
    *,
    by: Actor,
    at: datetime,
    presented: Presented = Presented.UPLOAD,
    upload: tuple[str, IO[bytes] | bytes] | None = None,
    licence: Licence | None = None,
    copies: int = 1,
    note: str = "",
) -> Document:
    """Hand in a document for a material: an uploaded file, a licence from the vault, what a clerk has before them, or

    the promise to bring a deferrable one before the decision (容缺). upload: (name, content). Raises NotYours, NotOpen,
    NoSuchMaterial, OnlyAtWindow, NotDeferrable, NoSuchLicence, and what files refuse.
    """
    application = _lock(application)
    access.require_hand(by, application, at)
    material = _material(application, key)
    _require_open_material(application, key)
    at_window = Duty.CLERK in by.duties
    if presented in (Presented.ORIGINAL, Presented.COPY) and not at_window:
        raise OnlyAtWindow
    if presented is Presented.PROMISE and material.necessity is not Necessity.TOLERATED:
        raise NotDeferrable(material=material.name)
    if presented is Presented.LICENCE and licence is None:
        licence = _licence_for(application, material, by, at)
    stored = _store(application, upload, by, at) if upload else None
    if presented is Presented.UPLOAD and stored is None:
        raise Invalid([{"field": "file", "code": "file_missing", "message": "请选择要上传的文件。"}])
    document = Document.objects.create(
        application=application,
        material=key,
        presented=presented,
        copies=copies,
        note=note,
        file=stored,
        licence=licence,
        trust=_trust(material, presented, at_window),
        handed_in_at=at,
        handed_in_by_id=by.account,
        checked_at=at if at_window else None,
        checked_by_id=by.user if at_window else None,
    )
    _touch(application, at)
    ledger.record(
        case_chain(application.number), "attached", by=by, at=at,
        material=key, presented=presented, file=stored.sha256 if stored else "", document=document.pk,
    )  # fmt: skip
    return document


@command
def remove(document: Document, *, by: Actor, at: datetime) -> None:
    """Take a document back. The row and the file stay: nothing uploaded is lost."""
    application = _lock(document.application)
    access.require_hand(by, application, at)
    _require_open_material(application, document.material)
    document.removed_at = at
    document.save(update_fields=["removed_at"])
    _touch(application, at)
    ledger.record(
        case_chain(application.number), "removed", by=by, at=at, material=document.material, document=document.pk
    )


@command
def check_original(document: Document, *, by: Actor, at: datetime) -> Document:
    """A clerk has compared a document with its original: trust B from now on (国办函〔2016〕108号).

    A licence from the library needs no comparing. Raises OnlyAtWindow, AlreadyChecked.
    """
    application = _lock(document.application)
    if not by.may(Duty.CLERK, application.agency_id):
        raise OnlyAtWindow
    if document.checked_at is not None or document.trust == Trust.A or document.removed_at is not None:
        raise AlreadyChecked
    document.trust, document.checked_at, document.checked_by_id = Trust.B, at, by.user
    document.save(update_fields=["trust", "checked_at", "checked_by"])
    ledger.record(
        case_chain(application.number), "checked", by=by, at=at, material=document.material, document=document.pk
    )
    return document


@command
def submit(application: Application, *, by: Actor, at: datetime) -> Application:
    """Sign and send (提交). Speaks ApplicationSubmitted, which opens the case in the same transaction.

    Raises NotYours, AlreadySubmitted, Incomplete.
    """
    application = _lock(application)
    access.require_hand(by, application, at)
    if not application.is_draft:
        raise AlreadySubmitted
    handed_in = documents(application)
    lacks = lacking(application, handed_in)
    if lacks:
        raise Incomplete([{"kind": each.kind, "key": each.key, "message": each.message} for each in lacks])
    application.stage, application.submitted_at = Stage.SUBMITTED, at
    application.save(update_fields=["stage", "submitted_at"])
    ledger.record(case_chain(application.number), "submitted", by=by, at=at, documents=len(handed_in))
    speak(
        ApplicationSubmitted(
            number=application.number, by=by.account, at=at,
            name=by.name, post=by.post_name, office=by.office_name, staff=by.is_staff,
        )
    )  # fmt: skip
    return application


@command
def discard(application: Application, *, by: Actor, at: datetime) -> None:
    """Give a draft up. Raises NotYours, AlreadySubmitted."""
    application = _lock(application)
    access.require_hand(by, application, at)
    if not application.is_draft:
        raise AlreadySubmitted
    application.stage, application.discarded_at = Stage.DISCARDED, at
    application.save(update_fields=["stage", "discarded_at"])
    ledger.record(case_chain(application.number), "discarded", by=by, at=at)


def _lock(application: Application) -> Application:
    """Rows that point here may still come from others meanwhile: the lock leaves the key alone."""
    rows = Application.objects.select_related(*JOINS).select_for_update(of=("self",), no_key=True)
    return remember(rows.get(pk=application.pk))


def _draw_number(region: str, channel: Channel, at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('applications_number')")
        (sequence,) = cursor.fetchone()
    return make_case_number(region[:6], day_of(at), channel.digit, sequence)


def _require_audience(document: EditionDocument, subject: Subject) -> None:
    natural = "自然人" in document.subjects
    others = any(audience != "自然人" for audience in document.subjects)
    if not (natural if subject.kind == SubjectKind.NATURAL else others):
        raise WrongSubject(item=document.name, subjects="、".join(document.subjects))


def _sources(subject: Subject, by: Actor) -> list[int]:
    """Whose data may fill the form: the subject's, then those of whoever acts for it (never the clerk's own)."""
    agent = [by.subject] if by.subject and by.subject != subject.pk and not by.is_staff else []
    return [subject.pk, *agent]


def _present_what_is_known(application: Application, *, by: Actor, at: datetime) -> None:
    """What the city has issued itself isn't asked for again (国务院令第716号 art 7)."""
    wanted = {
        material.key: material.licence_type for material in application.edition.doc.materials if material.licence_type
    }
    found = vault.valid_of_kinds(_sources(application.subject, by), sorted(set(wanted.values())), at)
    Document.objects.bulk_create(
        Document(
            application=application,
            material=key or "",
            presented=Presented.LICENCE,
            licence=found[kind],
            trust=found[kind].trust,
            handed_in_at=at,
            handed_in_by_id=by.account,
        )
        for key, kind in wanted.items()
        if kind in found
    )


def _material(application: Application, key: str) -> Material:
    material = application.edition.doc.material(key)
    if material is None:
        raise NoSuchMaterial(key=key)
    return material


def _licence_for(application: Application, material: Material, by: Actor, at: datetime) -> Licence:
    kind = material.licence_type
    found = vault.valid_of_kinds(_sources(application.subject, by), [kind], at) if kind else {}
    if kind is None or kind not in found:
        raise NoSuchLicence(material=material.name)
    return found[kind]


def _store(application: Application, upload: tuple[str, IO[bytes] | bytes], by: Actor, at: datetime) -> StoredFile:
    name, content = upload
    return files.store(name=name, content=content, about=case_chain(application.number), by=by, at=at)


def _trust(material: Material, presented: Presented, at_window: bool) -> Trust:
    """国办函〔2016〕108号: a licence from the library A, an original checked by a clerk B, self-made D, uploaded C."""
    if presented is Presented.LICENCE:
        return Trust.A
    if at_window and presented in (Presented.ORIGINAL, Presented.COPY):
        return Trust.B
    return Trust.D if material.source == "申请人自备" else Trust.C


def _require_open_fields(application: Application, answers: Mapping[str, Any]) -> None:
    if not application.is_draft and not set(answers) <= _open_now(application).fields:
        raise NotOpen


def _require_open_material(application: Application, key: str) -> None:
    if not application.is_draft and key not in _open_now(application).materials:
        raise NotOpen


def _open_now(application: Application) -> Opening:
    """What a notice asks for, and whatever a changed answer brings up; what may come later while it has not come."""
    given = opening(application.number)
    materials, fields = set(given.materials), set(given.fields)
    if materials or fields:
        for lack in lacking(application):
            (fields if lack.kind == "field" else materials).add(lack.key)
    if given.owed:
        materials |= {each.key for each in owed(application)}
    return Opening(frozenset(materials), frozenset(fields), given.owed)


def _touch(application: Application, at: datetime) -> None:
    application.saved_at = at
    application.save(update_fields=["saved_at"])
