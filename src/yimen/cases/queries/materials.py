"""The materials of an application as the desk sees them: what is asked for, what was handed in, how far to trust it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from yimen.applications.choices import CITED, Presented, Trust
from yimen.applications.queries import NoSuchDocument, documents, resolutions
from yimen.catalog.queries import guide
from yimen.kit.telling import translated
from yimen.ui.words import plain_date

if TYPE_CHECKING:
    from yimen.applications.models import Application, Document
    from yimen.cases.models import Supplement
    from yimen.catalog.queries.guide import MaterialLine
    from yimen.law.resolution import Resolution

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
    """A material with what was handed in for it. asked: the reason why a supplement was asked for.

    how: how it is met, for who examines it: the way, how far it may be relied on, where it comes from, of when it is.
    resolution: of it, where the situation calls for it.
    """

    line: MaterialLine
    documents: list[DocumentFace]
    asked: str
    how: str = ""
    met: bool = False
    resolution: Resolution | None = None

    @property
    def done(self) -> bool:
        """A licence or earlier paper that may not be used any more is no document that counts."""
        lost = self.resolution.lost if self.resolution else ()
        return self.met or any(each.pk not in lost for each in self.documents)


def material_faces(
    application: Application, notices: Sequence[Supplement] = (), *, at: datetime | None = None
) -> list[MaterialFace]:
    """The materials that this application needs given its answers, and any other that was handed in all the same."""
    held = _by_material(documents(application))
    since = max((notice.asked_at for notice in notices), default=None)
    asked = {each["key"]: each["reason"] for notice in notices for each in notice.materials}
    found = {
        each.key: each for each in resolutions(application, at or application.submitted_at or application.saved_at)
    }
    return [
        MaterialFace(
            line, [_document(each, since) for each in held.get(line.key, ())], asked.get(line.key, ""),
            _told(found[line.key], held.get(line.key, ())) if line.key in found else "",
            line.key in found and found[line.key].met, found.get(line.key),
        )
        for line in guide(application.edition).materials
        if line.key in held or (line.key in found and found[line.key].asked)
    ]  # fmt: skip


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


def _told(how: Resolution, found: Sequence[Document]) -> str:
    """In one line, for staff; "" while it is not met."""
    if not how.met:
        return ""
    parts = [translated(how.way.label)]
    if how.trust is not None:
        parts.append(_("%(level)s 级") % {"level": how.trust.value})
    first = next((each for each in found if each.pk == how.document), None)
    if first is not None and first.note == CITED:
        parts.append(_("按编号引用"))
    if first is not None and first.licence is not None and first.licence.issued_at:
        parts.append(_("%(day)s 签发") % {"day": plain_date(first.licence.issued_at)})
    elif first is not None and first.told:
        parts.append(_("%(day)s 办理“%(item)s”时") % {"day": first.told["on"], "item": first.told["name"]})
    if first is not None and first.checked_at is not None:
        parts.append(_("%(day)s 核验原件") % {"day": plain_date(first.checked_at)})
    if how.until is not None:
        parts.append(_("到 %(day)s") % {"day": plain_date(how.until)})
    return " · ".join(parts)


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
        how=translated(Presented(document.presented).label),
        paper=document.presented in (Presented.ORIGINAL, Presented.COPY),
        copies=document.copies,
        trust=trust,
        trust_label=translated(trust.label),
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
