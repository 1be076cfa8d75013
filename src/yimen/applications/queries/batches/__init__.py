"""Applications from a workbook: what the workbook looks like, what stands in one, how far a batch is."""

from yimen.applications.queries.batches.layout import Head, Layout, layout
from yimen.applications.queries.batches.marking import marked
from yimen.applications.queries.batches.reading import Fault, Line, read
from yimen.applications.queries.batches.sent import Files, asks_files, files_of
from yimen.applications.queries.batches.state import (
    BatchState,
    NoSuchBatch,
    batches_of,
    fault_shapes,
    find_batch,
    papers_wanted,
    rows_of,
    state_of,
)
from yimen.applications.queries.batches.writing import write

__all__ = [
    "BatchState",
    "Fault",
    "Files",
    "Head",
    "Layout",
    "Line",
    "NoSuchBatch",
    "asks_files",
    "batches_of",
    "fault_shapes",
    "files_of",
    "find_batch",
    "layout",
    "marked",
    "papers_wanted",
    "read",
    "rows_of",
    "state_of",
    "write",
]
