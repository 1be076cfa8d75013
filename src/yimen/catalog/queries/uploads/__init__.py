"""Uploads of items: what stands before one, which there were, and what is given out to be filled in."""

from yimen.catalog.queries.uploads.exporting import agency_workbook, empty_workbook, item_workbook, whole_catalogue
from yimen.catalog.queries.uploads.finding import NoSuchUpload, one_upload, uploads_seen
from yimen.catalog.queries.uploads.standing import Standing, stamp, standing_of, standings

__all__ = [
    "NoSuchUpload",
    "Standing",
    "agency_workbook",
    "empty_workbook",
    "item_workbook",
    "one_upload",
    "stamp",
    "standing_of",
    "standings",
    "uploads_seen",
    "whole_catalogue",
]
