"""The materials of an application as its applicant sees them: already here, to be uploaded, may follow later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.choices import Presented
from yimen.applications.queries import documents, field_needs, needs_of
from yimen.catalog.choices import Necessity
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
    """A material with what is handed in for it. usable: a licence in the vault could stand in for it.

    spared: a licence stands in for it, so that nothing need be uploaded. reason: why it is asked for again.
    deferrable: it may follow before the decision, against a promise (容缺).
    """

    line: MaterialLine
    upload: dict[str, Any]
    done: bool
    usable: bool
    spared: str = ""
    reason: str = ""
    deferrable: bool = False


def faces(
    application: Application,
    at: datetime,
    *,
    errors: Mapping[str, str] | None = None,
    asked: Mapping[str, str] | None = None,
    since: datetime | None = None,
) -> list[MaterialFace]:
    """The materials asked for, in the edition's order.

    asked: {key: reason} of a supplement notice: only those; since: when it was given, what came before doesn't count.
    """
    held = by_material(documents(application))
    lines = {line.key: line for line in guide(application.edition).materials}
    usable = _usable(application, at)
    keys = list(asked) if asked is not None else asked_keys(application)
    return [
        MaterialFace(
            line=lines[key],
            upload=_upload(application, lines[key], held.get(key, []), (errors or {}).get(key, ""), since),
            done=any(_fresh(document, since) for document in held.get(key, [])),
            usable=key in usable and not _presented(held.get(key, [])),
            spared=words(held[key][0]) if not asked and _only_licences(held.get(key, [])) else "",
            reason=(asked or {}).get(key, ""),
            deferrable=application.is_draft and not held.get(key) and _is_tolerated(application, key),
        )
        for key in keys
        if key in lines
    ]


def face(
    application: Application, key: str, at: datetime, *, error: str = "", since: datetime | None = None
) -> MaterialFace:
    """One of them. Raises NotFound."""
    found = faces(application, at, errors={key: error}, asked={key: ""}, since=since)
    if not found:
        raise NotFound
    return found[0]


def asked_keys(application: Application) -> list[str]:
    """The keys of the materials that this application needs, given its answers."""
    document = application.edition.doc
    answers = answers_that_count(field_needs(document), application.answers)
    return [need.key for need in asked_materials(needs_of(application), answers)]


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
    if document.presented == Presented.PROMISE:
        return _("已承诺在作出决定前补交")
    return f"{Presented(document.presented).label} × {document.copies}"


def _upload(
    application: Application, line: MaterialLine, held: Sequence[Document], error: str, since: datetime | None
) -> dict[str, Any]:
    return {
        "name": line.key,
        "label": line.name,
        "url": reverse("portal:upload", args=[application.number, line.key]),
        "accept": ACCEPT,
        "limit_mb": settings.YIMEN_UPLOAD_LIMIT // (1024 * 1024),
        "error": error,
        "multiple": True,
        "files": [_file(application.number, document, since) for document in held],
    }


def _file(number: str, document: Document, since: datetime | None) -> dict[str, Any]:
    fresh = _fresh(document, since)
    return {
        "name": words(document),
        "size": document.file.size if document.file else None,
        "url": reverse("portal:document", args=[number, document.pk]) if document.file else "",
        "remove_url": reverse("portal:remove", args=[number, document.pk]),
        "state": "good" if fresh else "neutral",
        "word": _word(document, fresh),
    }


def _word(document: Document, fresh: bool) -> str:
    if document.presented == Presented.LICENCE:
        return _("城市已有，不用上传")
    if document.presented == Presented.PROMISE:
        return _("容缺后补")
    return _("已上传") if fresh else _("原来提交的")


def _fresh(document: Document, since: datetime | None) -> bool:
    return since is None or document.handed_in_at >= since


def _is_tolerated(application: Application, key: str) -> bool:
    material = application.edition.doc.material(key)
    return material is not None and material.necessity is Necessity.TOLERATED


def _only_licences(held: Sequence[Document]) -> bool:
    return bool(held) and all(document.presented == Presented.LICENCE for document in held)


def _presented(held: Sequence[Document]) -> bool:
    return any(document.presented == Presented.LICENCE for document in held)


def _usable(application: Application, at: datetime) -> set[str]:
    """Keys of the materials for which a valid licence lies in the vault of the applicant or their agent."""
    wanted = {material.key or "": material.licence_type for material in application.edition.doc.materials}
    kinds = sorted({kind for kind in wanted.values() if kind})
    subjects = [pk for pk in (application.subject_id, application.agent_id) if pk]
    found = valid_of_kinds(subjects, kinds, at) if kinds else {}
    return {key for key, kind in wanted.items() if kind in found}
