"""Uploads of items: what stands before one, which there were, and what is given out to be filled in."""

from yimen.catalog.queries.uploads.exporting import agency_workbook, empty_workbook, item_workbook, whole_catalogue
from yimen.catalog.queries.uploads.finding import (
    NoSuchUpload,
    one_upload,
    silent_uploads,
    uploads_before,
    uploads_seen,
    waits,
)
from yimen.catalog.queries.uploads.standing import Standing, stamp, standing_of, standings

__all__ = [
    "NoSuchUpload",
    "Standing",
    "agency_workbook",
    "empty_workbook",
    "item_workbook",
    "one_upload",
    "silent_uploads",
    "stamp",
    "standing_of",
    "standings",
    "uploads_before",
    "uploads_seen",
    "waits",
    "whole_catalogue",
]
