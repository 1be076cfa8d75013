"""What an HTML form posted, as answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from yimen.sheets.choices import Kind, Sheet
from yimen.sheets.queries.values import GivenFile
from yimen.sheets.queries.views import column_view
from yimen.ui import inputs


def from_post(
    post: QueryDict,
    sheet: Sheet,
    names: Collection[str] | None = None,
    *,
    files: MultiValueDict[str, Any] | None = None,
) -> dict[str, Any]:
    """The raw answers of the fields on the posted page (all fields when names is None), to be given to `check`.

    files: what was sent with it; a file that was ticked to go is an empty answer.
    """
    fields = [
        {
            "name": field.name,
            "kind": field.kind.value,
            "columns": [column_view(column) for column in field.table] if field.kind is Kind.TABLE else [],
        }
        for field in sheet.form_fields
        if names is None or field.name in names
    ]
    asked = [
        each.name for each in sheet.form_fields if each.kind is Kind.FILE and (names is None or each.name in names)
    ]
    return inputs.read(post, fields) | _files(post, files or MultiValueDict(), asked)


def _files(post: QueryDict, files: MultiValueDict[str, Any], names: Collection[str]) -> dict[str, Any]:
    gone = {name: None for name in names if post.get(f"{name}__remove")}
    given = {name: files.get(name) for name in names}
    return gone | {name: GivenFile(each.name or "", each) for name, each in given.items() if each}
