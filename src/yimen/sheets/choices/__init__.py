"""Words and shapes of this room: fields of a form, fields of the library."""

from yimen.sheets.choices.code_lists import CodeList, code_lists
from yimen.sheets.choices.field_library import LibraryDocument, Sensitivity
from yimen.sheets.choices.fields import (
    GENERAL_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    Column,
    ColumnKind,
    Element,
    Format,
    FormField,
    FormRule,
    Kind,
    Name,
    Part,
    Sheet,
    Words,
)
from yimen.sheets.choices.schema import from_schema, to_schema

__all__ = [
    "GENERAL_COLUMNS",
    "MAX_ROWS",
    "MAX_TEXT",
    "CodeList",
    "Column",
    "ColumnKind",
    "Element",
    "FormField",
    "FormRule",
    "Format",
    "Kind",
    "LibraryDocument",
    "Name",
    "Part",
    "Sensitivity",
    "Sheet",
    "Words",
    "code_lists",
    "from_schema",
    "to_schema",
]
