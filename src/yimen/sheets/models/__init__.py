"""Tables of this room."""

from yimen.sheets.models.field_library import LibraryField

__all__ = ["LibraryField"]
