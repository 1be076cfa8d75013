"""Words and shapes of this room: fields of a form, fields of the library."""

from yimen.sheets.choices.fields import (
    GENERAL_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    Column,
    ColumnKind,
    Element,
    FormField,
    Kind,
    Name,
    Part,
    Sheet,
    Words,
)
from yimen.sheets.choices.library import Format, LibraryDocument, Sensitivity

__all__ = [
    "GENERAL_COLUMNS",
    "MAX_ROWS",
    "MAX_TEXT",
    "Column",
    "ColumnKind",
    "Element",
    "FormField",
    "Format",
    "Kind",
    "LibraryDocument",
    "Name",
    "Part",
    "Sensitivity",
    "Sheet",
    "Words",
]
