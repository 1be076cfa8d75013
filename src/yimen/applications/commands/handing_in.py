"""Documents for materials: handed in, taken back, compared with the original."""

from __future__ import annotations

from datetime import datetime
from typing import IO, TYPE_CHECKING

from yimen.applications import access
from yimen.applications.choices import Presented, Trust
from yimen.applications.commands.beginning import sources_of
from yimen.applications.commands.opening import lock, require_open_material, touch
from yimen.applications.commands.refusals import (
    AlreadyChecked,
    NoSuchLicence,
    NoSuchMaterial,
    NotDeferrable,
    OnlyAtWindow,
)
from yimen.applications.models import Application, Document
from yimen.catalog.choices import Material, Necessity
from yimen.city.choices import Duty
from yimen.files import commands as files
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.vault import queries as vault

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

    A deferrable one may be promised instead, to come before the decision (容缺). upload: (name, content). Raises
    NotYours, NotOpen, NoSuchMaterial, OnlyAtWindow, NotDeferrable, NoSuchLicence, and what files refuse.
    """
    application = lock(application)
    access.require_hand(by, application, at)
    material = _material(application, key)
    require_open_material(application, key)
    at_window = Duty.CLERK in by.duties
    _require_way(material, presented, at_window=at_window, uploaded=upload is not None)
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
        trust=_trust(material, presented, at_window),
        handed_in_at=at,
        handed_in_by_id=by.account,
        **({"checked_at": at, "checked_by_id": by.user} if at_window else {}),
    )
    touch(application, at)
    ledger.record(
        case_chain(application.number), "attached", by=by, at=at,
        material=key, presented=presented, file=stored.sha256 if stored else "", document=document.pk,
    )  # fmt: skip
    return document


@command
def remove(document: Document, *, by: Actor, at: datetime) -> None:
    """Take a document back. The row and the file stay: nothing uploaded is lost."""
    application = lock(document.application)
    access.require_hand(by, application, at)
    require_open_material(application, document.material)
    document.removed_at = at
    document.save(update_fields=["removed_at"])
    touch(application, at)
    ledger.record(
        case_chain(application.number), "removed", by=by, at=at, material=document.material, document=document.pk
    )


@command
def check_original(document: Document, *, by: Actor, at: datetime) -> Document:
    """A clerk has compared a document with its original: trust B from now on (国办函〔2016〕108号).

    A licence from the library needs no comparing. Raises OnlyAtWindow, AlreadyChecked.
    """
    application = lock(document.application)
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


def _require_way(material: Material, presented: Presented, *, at_window: bool, uploaded: bool) -> None:
    """Originals and copies are seen at a window; what may come later may be promised; an upload has a file."""
    if presented is Presented.UPLOAD and not uploaded:
        raise Invalid([{"field": "file", "code": "file_missing", "message": "请选择要上传的文件。"}])
    if presented in (Presented.ORIGINAL, Presented.COPY) and not at_window:
        raise OnlyAtWindow
    if presented is Presented.PROMISE and material.necessity is not Necessity.TOLERATED:
        raise NotDeferrable(material=material.name)


def _material(application: Application, key: str) -> Material:
    material = application.edition.doc.material(key)
    if material is None:
        raise NoSuchMaterial(key=key)
    return material


def _licence_for(application: Application, material: Material, by: Actor, at: datetime) -> Licence:
    kind = material.licence_type
    found = vault.valid_of_kinds(sources_of(application.subject, by), [kind], at) if kind else {}
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
