"""Verbs of the catalogue."""

from yimen.catalog.commands.loading import FileReport, Report, load_folder
from yimen.catalog.commands.releasing import Unchanged, release, release_package

__all__ = ["FileReport", "Report", "Unchanged", "load_folder", "release", "release_package"]
