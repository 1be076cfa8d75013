"""Verbs of the catalogue."""

from yimen.catalog.commands.loading import BadFile, FileReport, Report, agency_of, load_folder, parse
from yimen.catalog.commands.packaging import release_package
from yimen.catalog.commands.releasing import Unchanged, release

__all__ = [
    "BadFile",
    "FileReport",
    "Report",
    "Unchanged",
    "agency_of",
    "load_folder",
    "parse",
    "release",
    "release_package",
]
