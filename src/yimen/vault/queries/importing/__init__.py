"""Old licences by the batch: which there are, how far they are, what a table holds, what was refused."""

from yimen.vault.queries.importing.finding import (
    NoSuchBatch,
    batches_seen,
    compared_row,
    next_to_compare,
    one_batch,
    outlived_batches,
    progress,
    rate,
    silent_batches,
    to_compare,
    waits,
)
from yimen.vault.queries.importing.rejections import rejected, rejection_file

__all__ = [
    "NoSuchBatch",
    "batches_seen",
    "compared_row",
    "next_to_compare",
    "one_batch",
    "outlived_batches",
    "progress",
    "rate",
    "rejected",
    "rejection_file",
    "silent_batches",
    "to_compare",
    "waits",
]
