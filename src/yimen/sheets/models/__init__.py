"""Tables of this room."""

from yimen.sheets.models.library import LibraryField

__all__ = ["LibraryField"]
