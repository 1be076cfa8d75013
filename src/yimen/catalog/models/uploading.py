"""Files of items that somebody sent in: looked at whole, then loaded all or not at all."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yimen.catalog.choices import UploadForm, UploadState, UploadWork


class Upload(models.Model):
    """A file on its way into the catalogue. What happened is told by the dates; `state` is what they say.

    agencies: those of its items. doing, done, total, moved_at: what the worker does now and how far it is; it writes
    them outside of the transaction that loads. problems: as shown, the first of problem_count. counts: items by what
    becomes of them. refused: why it could not be read or loaded, as a sentence.
    """

    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    form = models.CharField(max_length=4, choices=UploadForm.choices)
    office = models.ForeignKey("city.Agency", models.PROTECT, null=True, related_name="+")
    agencies = ArrayField(models.BigIntegerField(), default=list)
    begun_at = models.DateTimeField()
    begun_by = models.BigIntegerField()
    begun_by_name = models.CharField(max_length=80)
    doing = models.CharField(max_length=5, choices=UploadWork.choices, default=UploadWork.READ)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    loaded_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    refused = models.TextField(blank=True)
    problems = models.JSONField(default=list)
    problem_count = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    ignored = ArrayField(models.CharField(max_length=200), default=list)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"upload {self.pk}"

    @property
    def state(self) -> UploadState:
        """Where it stands."""
        if self.dropped_at:
            return UploadState.DROPPED
        if self.loaded_at:
            return UploadState.LOADED
        if self.refused or self.problem_count:
            return UploadState.BAD
        if self.confirmed_at:
            return UploadState.LOADING
        return UploadState.READY if self.checked_at else UploadState.CHECKING

    @property
    def working(self) -> bool:
        """Is the worker at it, or about to be?"""
        return self.state in (UploadState.CHECKING, UploadState.LOADING)


class UploadItem(models.Model):
    """An item of an upload as it was found fit: exactly this is loaded. document: emptied once it is done with.

    standing: the state it was checked against (of the edition in the making, or the current one), which must be the
    same when it is loaded. changes: what differs, as shown: [where, what, before, after].
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="items")
    place = models.PositiveIntegerField()
    slug = models.CharField(max_length=56)
    name = models.CharField(max_length=200)
    agency = models.ForeignKey("city.Agency", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=9)
    standing = models.CharField(max_length=40, blank=True)
    document = models.JSONField(null=True)
    changes = models.JSONField(default=list)
    change_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("upload", "place")
        constraints = [models.UniqueConstraint(fields=["upload", "slug"], name="one_line_per_item")]

    def __str__(self) -> str:
        return self.slug
