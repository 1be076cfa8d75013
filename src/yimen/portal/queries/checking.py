"""Check your answers: every answer in words with its source and a link to change it, and every material."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from yimen.applications.queries import documents, owed
from yimen.catalog.queries import guide
from yimen.portal.queries.materials import asked_keys, by_material, words
from yimen.sheets import queries as sheets

if TYPE_CHECKING:
    from yimen.applications.models import Application, Document


def sections(application: Application) -> list[dict[str, Any]]:
    """[{title, rows}] for the component `summary_list`."""
    shown = sheets.show(application.edition.doc, application.answers)
    return [
        {"title": title, "rows": [_row(application, each) for each in lines]}
        for title, lines in groupby(shown, key=lambda each: each.section)
    ]


def _row(application: Application, shown: sheets.Shown) -> dict[str, Any]:
    url = reverse("portal:form", args=[application.number, shown.page])
    return {
        "label": shown.label,
        "value": shown.text,
        "source": application.sources.get(shown.name, "") if shown.text else "",
        "change_url": f"{url}?return=check#id_{shown.name}",
    }


def materials(application: Application) -> list[dict[str, Any]]:
    """A row for each material that is asked for: what is handed in, or a dash."""
    held = by_material(documents(application))
    url = reverse("portal:materials", args=[application.number])
    lines = {line.key: line for line in guide(application.edition).materials}
    return [
        {
            "label": lines[key].name,
            "value": [words(document) for document in held.get(key, [])] or None,
            "note": "" if held.get(key) or lines[key].required else lines[key].necessity,
            "change_url": f"{url}#upload-{key}",
        }
        for key in asked_keys(application)
    ]


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
    return [names.get(each.key, each.key) for each in owed(application)]
