"""The materials of an application as the desk sees them: what is asked for, what was handed in, how far to trust it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from yimen.applications.choices import Presented, Trust
from yimen.applications.queries import NoSuchDocument, documents, field_needs, needs_of
from yimen.catalog.queries import guide
from yimen.law.completeness import answers_that_count, asked_materials

if TYPE_CHECKING:
    from yimen.applications.models import Application, Document
    from yimen.cases.models import Supplement
    from yimen.catalog.queries.guide import MaterialLine

TONES = {Trust.A: "good", Trust.B: "good", Trust.C: "warn", Trust.D: "neutral"}


@dataclass(frozen=True)
class DocumentFace:
    """One thing handed in. fresh: it came with a supplement; checked: a clerk compared it with the original."""

    pk: int
    name: str
    size: int | None
    how: str
    paper: bool
    copies: int
    trust: str
    trust_label: str
    tone: str
    at: datetime
    note: str
    checked: bool
    inline: bool
    media_type: str
    fresh: bool
    licence: Any

    @property
    def viewable(self) -> bool:
        return self.inline or self.licence is not None


@dataclass(frozen=True)
class MaterialFace:
    """A material with what was handed in for it. asked: the reason why a supplement was asked for."""

    line: MaterialLine
    documents: list[DocumentFace]
    asked: str

    @property
    def done(self) -> bool:
        return bool(self.documents)


def material_faces(application: Application, notices: Sequence[Supplement] = ()) -> list[MaterialFace]:
    """The materials that this application needs given its answers, and any other that was handed in all the same."""
    held = _by_material(documents(application))
    since = max((notice.asked_at for notice in notices), default=None)
    asked = {each["key"]: each["reason"] for notice in notices for each in notice.materials}
    wanted = {*_wanted(application), *held}
    return [
        MaterialFace(line, [_document(each, since) for each in held.get(line.key, ())], asked.get(line.key, ""))
        for line in guide(application.edition).materials
        if line.key in wanted
    ]


def shown(faces: Iterable[MaterialFace], pk: int | None) -> tuple[MaterialFace, DocumentFace] | None:
    """The document to be shown: the one asked for, else the first that can be."""
    found = [(face, each) for face in faces for each in face.documents]
    chosen = next((pair for pair in found if pair[1].pk == pk), None)
    return chosen or next((pair for pair in found if pair[1].viewable), None)


def handed_in(application: Application, pk: int) -> Document:
    """One document that is handed in and not taken back. Raises NoSuchDocument."""
    found = next((each for each in documents(application) if each.pk == pk), None)
    if found is None:
        raise NoSuchDocument
    return found


def _wanted(application: Application) -> set[str]:
    document = application.edition.doc
    answers = answers_that_count(field_needs(document), application.answers)
    return {need.key for need in asked_materials(needs_of(application), answers)}


def _by_material(found: Iterable[Document]) -> dict[str, list[Document]]:
    held: dict[str, list[Document]] = {}
    for document in found:
        held.setdefault(document.material, []).append(document)
    return held


def _document(document: Document, since: datetime | None) -> DocumentFace:
    file, trust = document.file, Trust(document.trust)
    return DocumentFace(
        pk=document.pk,
        name=_name(document),
        size=file.size if file else None,
        how=Presented(document.presented).label,
        paper=document.presented in (Presented.ORIGINAL, Presented.COPY),
        copies=document.copies,
        trust=trust,
        trust_label=trust.label,
        tone=TONES[trust],
        at=document.handed_in_at,
        note=document.note,
        checked=document.checked_at is not None,
        inline=bool(file and file.is_inline),
        media_type=file.media_type if file else "",
        fresh=since is not None and document.handed_in_at >= since,
        licence=document.licence,
    )


def _name(document: Document) -> str:
    if document.licence is not None:
        return document.licence.kind.name
    if document.file is not None:
        return document.file.name
    return _("%(how)s %(copies)d 份") % {"how": Presented(document.presented).label, "copies": document.copies}
