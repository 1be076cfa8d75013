"""Old licences that come in by the thousand: the batch, its rows while they wait, what was refused, what compared."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yimen.kit.fields import SealedJSON, SealedText
from yimen.vault.choices.batches import BatchState, TableForm
from yimen.vault.models.kinds import LicenceKind
from yimen.vault.models.licences import Licence


class Batch(models.Model):
    """A table of old licences of one kind and one issuing body, on its way into the library.

    What happened is told by the dates; `state` is what they say. scans: a zip; folder: where the console's caller keeps
    the scans, instead. mapping: {what: place of its column}; required: which further fields no row may lack; issuers:
    what else may stand as the issuing body (its former names); mask: how numbers look. total: rows in the table; taken:
    rows looked at so far (the checkpoint), good and bad: what became of them; entered and left_out: what became of the
    good ones once they went into the library (those that still wait: BatchBundle). rate_from, work_began_at: from
    which row on and since when the worker is at it. refused: why it can't go on, as a sentence.
    forgotten_at: when what was uploaded was removed, its time being over.
    """

    kind = models.ForeignKey(LicenceKind, models.PROTECT, related_name="+")
    agency = models.ForeignKey("city.Agency", models.PROTECT, related_name="+")
    table = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    form = models.CharField(max_length=4, choices=TableForm.choices)
    encoding = models.CharField(max_length=16, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    scans = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    folder = models.CharField(max_length=500, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    heads = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    required = models.JSONField(default=list)
    issuers = ArrayField(models.CharField(max_length=120), default=list)
    mask = models.CharField(max_length=60, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.BigIntegerField()
    begun_by_name = models.CharField(max_length=80)
    mapped_at = models.DateTimeField(null=True)
    mapped_by = models.BigIntegerField(null=True)
    total = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    sampled_at = models.DateTimeField(null=True)
    sampled_by = models.BigIntegerField(null=True)
    sampled_by_name = models.CharField(max_length=80, blank=True)
    sample_size = models.PositiveIntegerField(default=0)
    tolerated = models.PositiveIntegerField(default=0)
    returned_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)
    passed_by = models.BigIntegerField(null=True)
    passed_by_name = models.CharField(max_length=80, blank=True)
    entered = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    entered_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    work_began_at = models.DateTimeField(null=True)
    rate_from = models.PositiveIntegerField(default=0)
    forgotten_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()
    refused = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            # Whoever loads doesn't compare: the rule of two persons, also for whoever writes SQL.
            models.CheckConstraint(
                condition=models.Q(passed_by=None)
                | (~models.Q(passed_by=models.F("begun_by")) & ~models.Q(passed_by=models.F("mapped_by"))),
                name="batch_passed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(entered_at=None) | models.Q(passed_at__isnull=False), name="batch_valid_once_passed"
            ),
            models.CheckConstraint(
                condition=models.Q(passed_at=None) | models.Q(dropped_at=None), name="passed_batch_not_dropped"
            ),
        ]

    def __str__(self) -> str:
        return f"batch {self.pk}"

    @property
    def state(self) -> BatchState:
        """Where it stands."""
        if self.dropped_at:
            return BatchState.DROPPED
        if self.entered_at:
            return BatchState.VALID
        if self.refused:
            return BatchState.FAILED
        if self.passed_at:
            return BatchState.ENTERING
        if self.returned_at:
            return BatchState.RETURNED
        if self.sampled_at:
            return BatchState.SAMPLING
        if self.read_at:
            return BatchState.READ if self.good else BatchState.BARREN
        return BatchState.READING if self.mapped_at else BatchState.MAPPING

    @property
    def working(self) -> bool:
        """Is the worker at it, or about to be?"""
        return self.state in (BatchState.READING, BatchState.ENTERING)


class BatchBundle(models.Model):
    """Rows that were found good and wait for the sample, sealed as one: in no register yet.

    One by one they would cost more to seal, index and delete than to check. first, last: their lines; count: how many;
    sealed: queries.importing.rows; files: their scans.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+", db_index=False)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    sealed = SealedJSON()
    files = ArrayField(models.UUIDField(), default=list)

    class Meta:
        ordering = ("first",)
        constraints = [models.UniqueConstraint(fields=["batch", "first"], name="one_bundle_per_line")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.first}-{self.last}"


class BatchReject(models.Model):
    """A row that did not go in: its cells as they were sent, and why, cell by cell: [[place of the column, reason]]."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+", db_index=False)
    line = models.PositiveIntegerField()
    cells = SealedJSON()
    reasons = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="rejected_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line}"


class BatchSample(models.Model):
    """A row that a second person compares with its scan; kept as it was then. right: None until somebody has looked."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+", db_index=False)
    place = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    sealed = SealedJSON()
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    right = models.BooleanField(null=True)
    note = SealedText(default="")
    judged_at = models.DateTimeField(null=True)
    judged_by = models.BigIntegerField(null=True)
    judged_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="sample_in_order"),
            models.UniqueConstraint(fields=["batch", "line"], name="sampled_once"),
            models.CheckConstraint(
                condition=models.Q(right=None) | models.Q(judged_by__isnull=False, judged_at__isnull=False),
                name="judged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}#{self.place}"


class BatchEntry(models.Model):
    """Which licence a line of a batch became."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+", db_index=False)
    line = models.PositiveIntegerField()
    licence = models.OneToOneField(Licence, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="a_line_becomes_one_licence")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line}"


class ColumnMapping(models.Model):
    """How the columns of a kind were matched last time: {what: head}."""

    kind = models.OneToOneField(LicenceKind, models.PROTECT, related_name="+")
    heads = models.JSONField(default=dict)
    required = models.JSONField(default=list)
    issuers = ArrayField(models.CharField(max_length=120), default=list)
    mask = models.CharField(max_length=60, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"columns of {self.kind_id}"
