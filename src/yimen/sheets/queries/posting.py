"""What an HTML form posted, as answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import QueryDict

from yimen.sheets.choices import Kind, Sheet
from yimen.sheets.queries.views import column_view
from yimen.ui import inputs


def from_post(post: QueryDict, sheet: Sheet, names: Collection[str] | None = None) -> dict[str, Any]:
    """The raw answers of the fields on the posted page (all fields when names is None), to be given to `check`."""
    fields = [
        {
            "name": field.name,
            "kind": field.kind.value,
            "columns": [column_view(column) for column in field.table] if field.kind is Kind.TABLE else [],
        }
        for field in sheet.form_fields
        if names is None or field.name in names
    ]
    return inputs.read(post, fields)
