"""Reading applications: one by number, what is missing, what was handed in."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from yimen.applications.access import begun_by, visible
from yimen.applications.choices import Stage
from yimen.applications.models import Application, Document
from yimen.catalog import queries as catalog
from yimen.catalog.choices import EditionDocument, Necessity
from yimen.kit.actor import Actor
from yimen.kit.commands import memo, read_once
from yimen.kit.conditions import holds
from yimen.kit.errors import NotFound
from yimen.kit.prepared import prepared
from yimen.law.completeness import FieldNeed, MaterialNeed
from yimen.law.completeness import Necessity as LegalNecessity
from yimen.vault.queries import frozen

JOINS = ("item", "edition", "edition__item", "subject", "agent", "agency", "window")

_NECESSITY = {
    Necessity.REQUIRED: LegalNecessity.REQUIRED,
    Necessity.OPTIONAL: LegalNecessity.OPTIONAL,
    Necessity.TOLERATED: LegalNecessity.DEFERRABLE,
}


class NoSuchApplication(NotFound):
    code = "no_such_application"
    sentence = "没有找到编号为“{number}”的申请，请核对编号。"


class NoSuchDocument(NotFound):
    code = "no_such_document"
    sentence = "没有找到这份材料，可能已经撤回。"


def whole() -> QuerySet[Application]:
    """Applications with all that a verb or page asks for; the edition's document is kept by each process (catalog)."""
    return Application.objects.select_related(*JOINS).defer("edition__document", "subject__profile", "agent__profile")


def find(number: str, *, by: Actor, at: datetime) -> Application:
    """An application the actor may see; others are as if they didn't exist."""
    found = _numbered(number)
    if not found or found[0].stage == Stage.DISCARDED or not holds(visible(by, at), found[0]):
        raise NoSuchApplication(number=number)
    return found[0]


@prepared
def _numbered(number: str) -> QuerySet[Application]:
    return whole().filter(number=number)


def remember(application: Application) -> Application:
    """Within a command the locked row is the one that everybody gets."""
    memo()[f"applications:{application.number}"] = application
    return application


def of_number(number: str) -> Application:
    """An application whoever asks: for later rooms, whose own rule of visibility holds."""
    known: Application | None = memo().get(f"applications:{number}")
    if known is not None:
        return known
    return whole().select_related("agency__division", "made_by").get(number=number)


def drafts(by: Actor, at: datetime) -> list[Application]:
    """Drafts one has begun and may still open, newest first: whose mandate is over can't."""
    rows = Application.objects.filter(visible(by, at), begun_by(by), submitted_at=None, discarded_at=None)
    return list(rows.select_related("item", "subject").order_by("-id")[:50])


def documents(application: Application) -> list[Document]:
    """What is handed in and not taken back, each with whether its licence was frozen since."""
    return read_once(f"applications.documents:{application.pk}", lambda: _handed_in(application.pk))


@prepared
def _handed_in(application: int) -> QuerySet[Document]:
    rows = Document.objects.filter(application=application, removed_at=None).annotate(frozen=frozen("licence_id"))
    return rows.select_related("file", "licence", "licence__kind").order_by("id")


def find_document(application: Application, key: str, document: int) -> Document:
    """One that is handed in for a material and not taken back. Raises NoSuchDocument."""
    found = application.documents.filter(material=key, pk=document, removed_at=None).first()
    if found is None:
        raise NoSuchDocument
    return found


def terms(application: Application) -> EditionDocument:
    """What is asked of this application: its edition, with what later ones eased for it."""
    return catalog.eased(application.edition.doc, application.eased)


def field_needs(document: EditionDocument) -> list[FieldNeed]:
    return [
        FieldNeed(name=field.name, label=field.label, type=field.type, required=field.required, show_if=field.show_if)
        for field in document.form_fields
    ]


def needs_of(application: Application) -> list[MaterialNeed]:
    """The materials of its edition, as far as later ones still need them."""
    return material_needs(terms(application))


def material_needs(document: EditionDocument) -> list[MaterialNeed]:
    return [
        MaterialNeed(
            key=material.key or "",
            name=material.name,
            necessity=_NECESSITY[material.necessity],
            show_if=material.show_if,
        )
        for material in document.materials
    ]
