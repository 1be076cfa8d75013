"""Verbs of the catalogue."""

from yimen.catalog.commands.drafting import (
    Conflicting,
    NotInHand,
    Saved,
    SlugTaken,
    begin_draft,
    begin_item,
    discard_draft,
    rebase,
    restore_revision,
    save_draft,
)
from yimen.catalog.commands.loading import BadFile, FileReport, Report, agency_of, load_folder, parse
from yimen.catalog.commands.packaging import release_package
from yimen.catalog.commands.releasing import Unchanged, release

__all__ = [
    "BadFile",
    "Conflicting",
    "FileReport",
    "NotInHand",
    "Report",
    "Saved",
    "SlugTaken",
    "Unchanged",
    "agency_of",
    "begin_draft",
    "begin_item",
    "discard_draft",
    "load_folder",
    "parse",
    "rebase",
    "release",
    "release_package",
    "restore_revision",
    "save_draft",
]
