"""A form as the counter shows it: all sections on one page, addresses looked up from here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from yimen.applications.queries.origins import source_words
from yimen.applications.queries.remarks import remarks
from yimen.files.choices import ACCEPT
from yimen.sheets import queries as sheets
from yimen.sheets.ports import Prefilled

if TYPE_CHECKING:
    from yimen.applications.models import Application, PackageApplication
    from yimen.sheets.choices import Sheet


def shown(
    application: Application | PackageApplication,
    sheet: Sheet,
    divisions: str,
    *,
    typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
) -> list[dict[str, Any]]:
    """divisions: the name of the address that answers with the lists below a chosen division. only: names of fields."""
    held = {**application.answers, **(typed or {})}
    known = {
        name: Prefilled(application.answers.get(name), words)
        for name, words in source_words(application, own=False).items()
        if application.answers.get(name)
    }
    said = remarks(application, sheet)
    url = reverse(divisions, args=[application.number])
    files = divisions.replace("divisions", "form_file")
    sections = [
        {
            "title": page.title,
            "fields": [
                {**field, "divisions_url": url, "remark": said[field["name"]].note if field["name"] in said else ""}
                | _files(field, application, files)
                for field in page.fields
                if only is None or field["name"] in only
            ],
        }
        for page in sheets.pages(sheet, held, known, errors)
    ]
    return [section for section in sections if section["fields"]]


def _files(field: Mapping[str, Any], application: Application | PackageApplication, door: str) -> dict[str, Any]:
    """A field that was answered with a file leads to it."""
    if field["kind"] != "file":
        return {}
    if not application.answers.get(field["name"]):
        return {"accept": ACCEPT}
    url = reverse(door, args=[application.number, field["name"]])
    return {"files": [{**each, "url": url} for each in field["files"]], "removable": True, "accept": ACCEPT}
