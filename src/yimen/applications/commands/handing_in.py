"""Documents for materials: handed in, taken back, compared with the original."""

from __future__ import annotations

from datetime import date, datetime
from typing import IO, TYPE_CHECKING, Any

from yimen.applications import access
from yimen.applications.choices import Presented, Trust
from yimen.applications.commands.beginning import sources_of
from yimen.applications.commands.meeting import use_again
from yimen.applications.commands.opening import lock, require_open_material, touch
from yimen.applications.commands.refusals import (
    AlreadyChecked,
    LetterFirst,
    NoSuchLicence,
    NoSuchMaterial,
    NotDeferrable,
    OnlyAtWindow,
    OriginalExpired,
    PromiseStands,
    ToleranceNotOpen,
)
from yimen.applications.models import Application, Document
from yimen.applications.queries import holdings
from yimen.catalog.choices import Material, Necessity
from yimen.city.choices import Duty
from yimen.files import commands as files
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid
from yimen.kit.time import day_of
from yimen.law.phrases import day_in_words
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain

if TYPE_CHECKING:
    from yimen.files.models import StoredFile
    from yimen.vault.models import Licence


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
    """Hand in a document for a material: an uploaded file, a licence from the vault, what a clerk has before them.

    A deferrable one may be promised instead, to come by its day (容缺); what was handed in with an earlier application
    may be used again. upload: (name, content). Raises NotYours, NotOpen, NoSuchMaterial, OnlyAtWindow, NotDeferrable,
    ToleranceNotOpen, NoSuchLicence, NoSuchEarlier, LetterFirst, and what files refuse.
    """
    if presented is Presented.EARLIER:
        return use_again(application, key, by=by, at=at)[0]
    application = lock(application)
    access.require_hand(by, application, at)
    material = _material(application, key)
    require_open_material(application, key)
    _require_way(material, presented, at_window=Duty.CLERK in by.duties, uploaded=upload is not None)
    if presented is Presented.LICENCE and licence is None:
        licence = _licence_for(application, material, by, at)
    stored = _store(application, upload, by, at) if upload else None
    document = Document.objects.create(
        application=application,
        material=key,
        presented=presented,
        copies=copies,
        note=note,
        file=stored,
        licence=licence,
        handed_in_at=at,
        handed_in_by_id=by.account,
        **_weight(application, material, presented, licence, by=by, at=at),
    )
    touch(application, at)
    ledger.record(
        case_chain(application.number), "attached", by=by.acting_for(application.subject_id), at=at,
        material=key, presented=presented, file=stored.sha256 if stored else "", document=document.pk,
    )  # fmt: skip
    return document


@command
def remove(document: Document, *, by: Actor, at: datetime) -> None:
    """Take a document back. The row and the file stay: nothing uploaded is lost.

    Raises NotYours, NotOpen, PromiseStands.
    """
    application = lock(document.application)
    access.require_hand(by, application, at)
    require_open_material(application, document.material)
    if document.until is not None and not application.is_draft:
        name = _material(application, document.material).name
        raise PromiseStands(day=day_in_words(document.until), material=name)
    pages = application.documents.filter(material=document.material, presented=Presented.EARLIER, removed_at=None)
    if document.presented == Presented.EARLIER:
        pages.update(removed_at=at)
    document.removed_at = at
    document.save(update_fields=["removed_at"])
    touch(application, at)
    ledger.record(
        case_chain(application.number),
        "removed",
        by=by.acting_for(application.subject_id),
        at=at,
        material=document.material,
        document=document.pk,
    )


@command
def check_original(document: Document, *, by: Actor, at: datetime, valid_to: date | None = None) -> Document:
    """A clerk has compared a document with its original: trust B from now on (国办函〔2016〕108号), to be used again

    until the original's last day (valid_to; None where the paper bears none). Who, when and at which window is kept.
    A licence from the library needs no comparing. Raises OnlyAtWindow, AlreadyChecked, OriginalExpired.
    """
    application = lock(document.application)
    if not by.may(Duty.CLERK, application.agency_id):
        raise OnlyAtWindow
    if document.checked_at is not None or document.trust == Trust.A or document.removed_at is not None:
        raise AlreadyChecked
    if valid_to is not None and valid_to < day_of(at):
        raise OriginalExpired(day=day_in_words(valid_to))
    document.trust, document.checked_at, document.checked_by_id = Trust.B, at, by.user
    document.checked_window_id, document.valid_to = by.window, valid_to
    document.save(update_fields=["trust", "checked_at", "checked_by", "checked_window", "valid_to"])
    ledger.record(
        case_chain(application.number), "checked", by=by, at=at, material=document.material, document=document.pk,
        window=by.window, valid_to=valid_to.isoformat() if valid_to else "",
    )  # fmt: skip
    return document


def _require_way(material: Material, presented: Presented, *, at_window: bool, uploaded: bool) -> None:
    """Originals and copies are seen at a window; what may come later may be promised; an upload has a file."""
    if presented is Presented.UPLOAD and not uploaded:
        raise Invalid([{"field": "file", "code": "file_missing", "message": "请选择要上传的文件。"}])
    if presented in (Presented.ORIGINAL, Presented.COPY) and not at_window:
        raise OnlyAtWindow
    if presented is Presented.COMMITMENT:
        raise LetterFirst(material=material.name)
    if presented is Presented.PROMISE and material.necessity is not Necessity.TOLERATED:
        raise NotDeferrable(material=material.name)


def _weight(
    application: Application,
    material: Material,
    presented: Presented,
    licence: Licence | None,
    *,
    by: Actor,
    at: datetime,
) -> dict[str, Any]:
    """How far it may be relied on, who has seen its original, to which day it is promised."""
    if presented is Presented.PROMISE:
        return {"trust": Trust.D, "until": _promised_until(application, material, at)}
    seen = Duty.CLERK in by.duties and (
        presented is not Presented.UPLOAD or _original_lies_here(application, material.key or "")
    )
    looked = {"checked_at": at, "checked_by_id": by.user, "checked_window_id": by.window} if seen else {}
    return {"trust": _trust(material, presented, licence, seen=seen), **looked}


def _promised_until(application: Application, material: Material, at: datetime) -> date:
    """A request that fits is never refused; who broke such a promise is told so (国发〔2022〕5号)."""
    until = holdings.tolerance_until(application, at)
    if until is None:
        raise NotDeferrable(material=material.name)
    if holdings.broken_promises(application.subject_id, at):
        raise ToleranceNotOpen(material=material.name)
    return until


def _original_lies_here(application: Application, key: str) -> bool:
    """Has the clerk noted the original, of which this is the scan?"""
    rows = application.documents.filter(material=key, presented=Presented.ORIGINAL, removed_at=None)
    return rows.exists()


def _material(application: Application, key: str) -> Material:
    material = application.edition.doc.material(key)
    if material is None:
        raise NoSuchMaterial(key=key)
    return material


def _licence_for(application: Application, material: Material, by: Actor, at: datetime) -> Licence:
    subject, *agent = sources_of(application.subject, by)
    found = holdings.standing_in(subject, next(iter(agent), None), [material], at)
    if material.key not in found:
        raise NoSuchLicence(material=material.name)
    return found[material.key]


def _store(application: Application, upload: tuple[str, IO[bytes] | bytes], by: Actor, at: datetime) -> StoredFile:
    name, content = upload
    hand = by.acting_for(application.subject_id)
    return files.store(name=name, content=content, about=case_chain(application.number), by=hand, at=at)


def _trust(material: Material, presented: Presented, licence: Licence | None, *, seen: bool) -> Trust:
    """国办函〔2016〕108号: a licence of the library as it lies there, seen by a clerk B, self-made D, uploaded C."""
    if licence is not None:
        return Trust(licence.trust)
    if seen and presented in (Presented.ORIGINAL, Presented.COPY, Presented.UPLOAD):
        return Trust.B
    return Trust.D if material.source == "申请人自备" else Trust.C
