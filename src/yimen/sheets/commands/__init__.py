"""Verbs of this room: what the field library holds."""

from yimen.sheets.commands.field_library import define_field, load_library, retire_field

__all__ = ["define_field", "load_library", "retire_field"]
