"""Keeping files: `store`, `discard` and `discard_all`; what is refused is known by class."""

from __future__ import annotations

from yimen.files.commands.keeping import checked, discard, discard_all, store
from yimen.files.commands.large import store_large
from yimen.files.commands.refusals import BrokenFile, EmptyFile, HasMacros, RunsByItself, TooBig, UnknownType
from yimen.files.commands.types import type_of

__all__ = [
    "BrokenFile",
    "EmptyFile",
    "HasMacros",
    "RunsByItself",
    "TooBig",
    "UnknownType",
    "checked",
    "discard",
    "discard_all",
    "store",
    "store_large",
    "type_of",
]
