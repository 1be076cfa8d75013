"""The materials of an application as its applicant sees them: already here, to be uploaded, may follow later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.choices import Presented
from yimen.applications.queries import documents, field_needs, material_needs
from yimen.catalog.queries import guide
from yimen.files.choices import ACCEPT
from yimen.kit.errors import NotFound
from yimen.law.completeness import answers_that_count, asked_materials
from yimen.ui.words import plain_date
from yimen.vault.queries import valid_of_kinds

if TYPE_CHECKING:
    from datetime import datetime

    from yimen.applications.models import Application, Document
    from yimen.catalog.queries.guide import MaterialLine


@dataclass(frozen=True)
class MaterialFace:
    """A material with what is handed in for it. usable: a licence in the vault could stand in for it."""

    line: MaterialLine
    upload: dict[str, Any]
    done: bool
    usable: bool
    reason: str = ""


def faces(
    application: Application, at: datetime, *, errors: Mapping[str, str] | None = None, asked: Mapping[str, str] | None = None
) -> list[MaterialFace]:
    """The materials asked for, in the edition's order. asked: {key: reason} of a supplement notice: only those."""
    held = by_material(documents(application))
    lines = {line.key: line for line in guide(application.edition).materials}
    usable = _usable(application, at)
    keys = list(asked) if asked is not None else asked_keys(application)
    return [
        MaterialFace(
            line=lines[key],
            upload=_upload(application, lines[key], held.get(key, []), (errors or {}).get(key, "")),
            done=bool(held.get(key)),
            usable=key in usable and not _presented(held.get(key, [])),
            reason=(asked or {}).get(key, ""),
        )
        for key in keys
        if key in lines
    ]


def face(application: Application, key: str, at: datetime, *, error: str = "") -> MaterialFace:
    """One of them. Raises NotFound."""
    found = faces(application, at, errors={key: error}, asked={key: ""})
    if not found:
        raise NotFound
    return found[0]


def asked_keys(application: Application) -> list[str]:
    """The keys of the materials that this application needs, given its answers."""
    document = application.edition.doc
    answers = answers_that_count(field_needs(document), application.answers)
    return [need.key for need in asked_materials(material_needs(document), answers)]


def by_material(found: Sequence[Document]) -> dict[str, list[Document]]:
    """Documents by the key of their material."""
    held: dict[str, list[Document]] = {}
    for document in found:
        held.setdefault(document.material, []).append(document)
    return held


def words(document: Document) -> str:
    """A document in one line: its file's name, or what was shown."""
    if document.presented == Presented.LICENCE and document.licence:
        issued = plain_date(document.licence.issued_at)
        return _("%(kind)s（电子证照，%(day)s 签发）") % {"kind": document.licence.kind.name, "day": issued}
    if document.file:
        return document.file.name
    return f"{Presented(document.presented).label} × {document.copies}"


def _upload(application: Application, line: MaterialLine, held: Sequence[Document], error: str) -> dict[str, Any]:
    return {
        "name": line.key,
        "label": line.name,
        "url": reverse("portal:upload", args=[application.number, line.key]),
        "accept": ACCEPT,
        "limit_mb": settings.YIMEN_UPLOAD_LIMIT // (1024 * 1024),
        "error": error,
        "multiple": True,
        "files": [_file(application.number, document) for document in held],
    }


def _file(number: str, document: Document) -> dict[str, Any]:
    licence = document.presented == Presented.LICENCE
    return {
        "name": words(document),
        "size": document.file.size if document.file else None,
        "url": reverse("portal:document", args=[number, document.pk]) if document.file else "",
        "remove_url": reverse("portal:remove", args=[number, document.pk]),
        "state": "good",
        "word": _("城市已有，不用上传") if licence else _("已上传"),
    }


def _presented(held: Sequence[Document]) -> bool:
    return any(document.presented == Presented.LICENCE for document in held)


def _usable(application: Application, at: datetime) -> set[str]:
    """Keys of the materials for which a valid licence lies in the vault of the applicant or their agent."""
    wanted = {material.key or "": material.licence_type for material in application.edition.doc.materials}
    kinds = sorted({kind for kind in wanted.values() if kind})
    subjects = [pk for pk in (application.subject_id, application.agent_id) if pk]
    found = valid_of_kinds(subjects, kinds, at) if kinds else {}
    return {key for key, kind in wanted.items() if kind in found}
