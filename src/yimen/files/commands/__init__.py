"""Keeping files. The one verb is `store`; what it refuses is known by class."""

from __future__ import annotations

from yimen.files.commands.keeping import store
from yimen.files.commands.refusals import BrokenFile, EmptyFile, HasMacros, TooBig, UnknownType
from yimen.files.commands.types import type_of

__all__ = ["BrokenFile", "EmptyFile", "HasMacros", "TooBig", "UnknownType", "store", "type_of"]
