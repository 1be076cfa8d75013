"""The materials of an application as its applicant sees them: what is here already and why, what is left to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.choices import Presented
from yimen.applications.queries import counts, documents, resolutions
from yimen.catalog.queries import guide
from yimen.files.choices import ACCEPT
from yimen.kit.errors import NotFound
from yimen.kit.telling import translated
from yimen.law.resolution import Way
from yimen.ui.words import plain_date

if TYPE_CHECKING:
    from datetime import datetime

    from yimen.applications.models import Application, Document
    from yimen.catalog.queries.guide import MaterialLine
    from yimen.law.resolution import Resolution

GIVEN = (Way.EXEMPT, Way.FORM, Way.LICENCE, Way.SERVICE, Way.EARLIER)


@dataclass(frozen=True)
class MaterialFace:
    """A material with what is handed in for it, how it is met and why (law.resolution).

    usable: a licence in the vault could stand in for it; again: an earlier paper could; deferrable: it may follow by a
    day, against a promise (容缺); committable: where a commitment that replaces it is signed. decline: the address that
    says no to what is used by itself. reason: why a notice asks for it again.
    """

    line: MaterialLine
    upload: dict[str, Any]
    done: bool
    usable: bool
    way: str = ""
    label: str = ""
    why: str = ""
    hints: tuple[str, ...] = ()
    again: bool = False
    committable: str = ""
    deferrable: bool = False
    decline: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Groups:
    """The page: how many are called for, how many are here without the applicant; then each in its group."""

    total: int
    here: int
    to_do: list[MaterialFace]
    given: list[MaterialFace]
    handed_in: list[MaterialFace]
    optional: list[MaterialFace]
    not_asked: list[Resolution]


def page(application: Application, at: datetime) -> Groups:
    """The draft's page is the resolver's result: what is left to do first, then what is here and why."""
    found = resolutions(application, at)
    total, here = counts(found)
    how = {each.key: each for each in found}
    shown = faces(application, at)
    given = [face for face in shown if how[face.line.key].way in GIVEN and face.done]
    return Groups(
        total=total,
        here=here,
        to_do=[face for face in shown if how[face.line.key].lacks],
        given=given,
        handed_in=[face for face in shown if face.done and face not in given],
        optional=[face for face in shown if not face.done and not how[face.line.key].required],
        not_asked=[each for each in found if not each.asked],
    )


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
    how = {each.key: each for each in resolutions(application, at)}
    keys = list(asked) if asked is not None else [each.key for each in how.values() if each.asked]
    return [
        _face(
            lines[key], how[key], reason=(asked or {}).get(key, ""), draft=application.is_draft,
            decline=reverse("portal:decline", args=[application.number, key]),
            commit=reverse("portal:commit", args=[application.number, key]),
            upload=_upload(
                application, lines[key], held.get(key, []), (errors or {}).get(key, ""), since, lost=how[key].lost
            ),
            done=how[key].met if since is None else any(_fresh(document, since) for document in held.get(key, [])),
        )
        for key in keys
        if key in lines and key in how
    ]  # fmt: skip


def _face(
    line: MaterialLine,
    how: Resolution,
    *,
    upload: dict[str, Any],
    done: bool,
    draft: bool,
    decline: str,
    commit: str,
    reason: str,
) -> MaterialFace:
    taken = how.met and how.way in (Way.LICENCE, Way.EARLIER)
    ways = {how.way, *how.open} if not how.met else set(how.open)
    return MaterialFace(
        line=line, upload=upload, done=done, reason=reason, way=how.way.value, label=translated(how.way.label),
        why=translated(how.why), hints=tuple(translated(each) for each in how.hints), usable=Way.LICENCE in ways,
        again=Way.EARLIER in ways, committable=commit if draft and Way.COMMITMENT in ways and not how.met else "",
        deferrable=draft and Way.TOLERATED in ways and not how.met, decline=decline if draft and taken else "",
    )  # fmt: skip


def face(
    application: Application, key: str, at: datetime, *, error: str = "", since: datetime | None = None
) -> MaterialFace:
    """One of them. Raises NotFound."""
    found = faces(application, at, errors={key: error}, asked={key: ""}, since=since)
    if not found:
        raise NotFound
    return found[0]


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
        return _promised(document)
    if document.presented == Presented.COMMITMENT:
        return _("已签署告知承诺书")
    return f"{Presented(document.presented).label} × {document.copies}"


def _upload(
    application: Application,
    line: MaterialLine,
    held: Sequence[Document],
    error: str,
    since: datetime | None,
    *,
    lost: Sequence[int],
) -> dict[str, Any]:
    return {
        "name": line.key,
        "label": line.name,
        "url": reverse("portal:upload", args=[application.number, line.key]),
        "accept": ACCEPT,
        "limit_mb": settings.YIMEN_UPLOAD_LIMIT // (1024 * 1024),
        "error": error,
        "multiple": True,
        "files": [_file(application.number, document, since, gone=document.pk in lost) for document in held],
    }


def _file(number: str, document: Document, since: datetime | None, *, gone: bool) -> dict[str, Any]:
    """gone: it may not be used any more, the sentence beside it says why. A promise that was sent stands."""
    fresh, stands = _fresh(document, since), since is not None and document.presented == Presented.PROMISE
    return {
        "name": words(document),
        "size": document.file.size if document.file else None,
        "url": reverse("portal:document", args=[number, document.pk]) if document.file else "",
        "remove_url": "" if stands else reverse("portal:remove", args=[number, document.pk]),
        "state": "warn" if gone else "good" if fresh else "neutral",
        "word": _("现在不能使用") if gone else _word(document, fresh),
    }


def _word(document: Document, fresh: bool) -> str:
    if document.presented == Presented.LICENCE:
        return _("城市已有，不用上传")
    if document.presented == Presented.PROMISE:
        return _("容缺后补")
    if document.presented == Presented.COMMITMENT:
        return _("告知承诺")
    if document.presented == Presented.EARLIER:
        return _("以前交过，不用上传")
    return _("已上传") if fresh else _("原来提交的")


def _fresh(document: Document, since: datetime | None) -> bool:
    return since is None or document.handed_in_at >= since


def _promised(document: Document) -> str:
    if document.until is None:
        return _("已承诺在作出决定前补交")
    return _("已承诺在 %(day)s 前补交") % {"day": plain_date(document.until)}
