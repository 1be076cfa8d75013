"""Check your answers: every answer in words with its source and a link to change it, and every material."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from yimen.applications.choices import Presented
from yimen.applications.queries import documents, owed, resolutions
from yimen.applications.queries.origins import source_words
from yimen.applications.queries.remarks import Remark, remarks
from yimen.catalog.queries import guide
from yimen.kit.telling import translated
from yimen.law.resolution import Resolution, Way
from yimen.portal.queries.materials import by_material, words
from yimen.sheets import queries as sheets

if TYPE_CHECKING:
    from yimen.applications.models import Application, Document
    from yimen.catalog.queries.guide import MaterialLine


def sections(application: Application) -> list[dict[str, Any]]:
    """[{title, rows}] for the component `summary_list`."""
    shown = sheets.show(application.edition.doc, application.answers)
    said = remarks(application, application.edition.doc, own=True)
    sources = source_words(application, own=True)
    return [
        {"title": title, "rows": [_row(application, each, said.get(each.name), sources) for each in lines]}
        for title, lines in groupby(shown, key=lambda each: each.section)
    ]


def _row(
    application: Application, shown: sheets.Shown, said: Remark | None, sources: Mapping[str, str]
) -> dict[str, Any]:
    url = reverse("portal:form", args=[application.number, shown.page])
    return {
        "label": shown.label,
        "value": shown.text,
        "url": reverse("portal:form_file", args=[application.number, shown.name]) if shown.file else "",
        "source": sources.get(shown.name, "") if shown.text else "",
        "note": said.changed if said else "",
        "change_url": f"{url}?return=check#id_{shown.name}",
    }


def materials(application: Application, at: datetime) -> list[dict[str, Any]]:
    """A row for each material that is asked for: what is handed in, or how it is met without; else a dash."""
    held = by_material(documents(application))
    url = reverse("portal:materials", args=[application.number])
    lines = {line.key: line for line in guide(application.edition).materials}
    return [
        {
            "label": lines[how.key].name,
            "value": _told(how, held.get(how.key, [])),
            "note": _note(how, lines[how.key]),
            "change_url": f"{url}#upload-{how.key}",
        }
        for how in resolutions(application, at)
        if how.asked and how.key in lines
    ]


def _note(how: Resolution, line: MaterialLine) -> str:
    """Why nothing need be handed in; of what lacks how much it is needed."""
    if how.met:
        return "" if how.way is Way.HANDED_IN else str(translated(how.why))
    return "" if line.required else str(line.necessity)


def _told(how: Resolution, found: Sequence[Document]) -> list[str] | None:
    """What is there, in short; None while it lacks."""
    told = [words(document) for document in found] or ([translated(how.way.label)] if how.met else [])
    return told or None


def handed_in(application: Application) -> dict[str, Any]:
    """What was submitted, for reading again: the answers by section, the materials with their files."""
    held = by_material(documents(application))
    names = {material.key or "": material.name for material in application.edition.doc.materials}
    return {
        "sections": [
            {"title": each["title"], "rows": [row | {"change_url": "", "source": ""} for row in each["rows"]]}
            for each in sections(application)
        ],
        "materials": [
            {"name": names.get(key, key), "files": _files(application, found)} for key, found in held.items()
        ],
    }


def _files(application: Application, found: Sequence[Document]) -> list[dict[str, str]]:
    return [
        {
            "label": words(each),
            "url": reverse("portal:document", args=[application.number, each.pk]) if each.file_id else "",
        }
        for each in found
    ]


def promised(application: Application) -> list[str]:
    """The materials that will follow before the decision, as was promised (容缺)."""
    names = {material.key: material.name for material in application.edition.doc.materials}
    here = by_material(documents(application))
    kept = {key for key, found in here.items() if any(each.presented == Presented.PROMISE for each in found)}
    return [names.get(each.key, each.key) for each in owed(application) if each.key in kept]
