"""按编号引用 at intake: an own agency's licence is named by its number, and no paper is taken."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from yimen.applications import access
from yimen.applications.choices import CITED, Presented
from yimen.applications.commands.handing_in import attach
from yimen.applications.commands.opening import lock, require_open_material
from yimen.applications.commands.refusals import NoSuchMaterial, NotCitable, OnlyAtWindow
from yimen.applications.queries.holdings import subjects_of
from yimen.city.choices import Duty
from yimen.identity.queries import same_person
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.vault import commands as vault
from yimen.vault.ports import Matter

if TYPE_CHECKING:
    from yimen.applications.models import Application, Document

PURPOSE = "窗口收件"


@command
def cite(application: Application, key: str, *, number: str, by: Actor, at: datetime) -> Document:
    """A clerk who takes the materials in cites a licence that the applicant holds from the item's own department.

    It is a use like any other: its holder reads who, when, for which case. Cited twice it is there once.
    Raises OnlyAtWindow, NoSuchMaterial, NotCitable, and what `attach` and the vault's `cite_for` raise.
    """
    application = lock(application)
    access.require_hand(by, application, at)
    if Duty.CLERK not in by.duties:
        raise OnlyAtWindow
    material = application.edition.doc.material(key)
    if material is None:
        raise NoSuchMaterial(key=key)
    if not material.licence_type:
        raise NotCitable(material=material.name)
    require_open_material(application, key)
    licence, use = vault.cite_for(
        _matter(application, material.licence_type, by), number, purpose=PURPOSE, by=by, at=at
    )
    ledger.record(case_chain(application.number), "cited", by=by, at=at, material=key, licence=licence.pk, use=use.pk)
    there = application.documents.filter(material=key, licence=licence, removed_at=None).first()
    return there or attach(application, key, presented=Presented.LICENCE, licence=licence, note=CITED, by=by, at=at)


def _matter(application: Application, kind: str, by: Actor) -> Matter:
    whose = subjects_of(application)
    return Matter(
        number=application.number,
        item=application.edition.doc.name,
        agency=application.agency_id,
        department=application.agency.department,
        open=True,
        kinds=frozenset({kind}),
        holders=frozenset(record for subject in whose for record in same_person(subject)),
        licences=frozenset(),
        own=any(by.is_one(subject) for subject in whose),
        intake=True,
    )
