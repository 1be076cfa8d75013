"""Keeping files. The one verb is `store`; what it refuses is known by class."""

from __future__ import annotations

from yimen.files.commands.keeping import store
from yimen.files.commands.refusals import BrokenFile, EmptyFile, HasMacros, TooBig, UnknownType

__all__ = ["BrokenFile", "EmptyFile", "HasMacros", "TooBig", "UnknownType", "store"]
