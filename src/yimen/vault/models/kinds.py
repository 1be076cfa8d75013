"""Kinds of licences."""

from __future__ import annotations

from django.db import models

from yimen.vault.choices import HolderKind


class LicenceKind(models.Model):
    """A kind of licence: who gives it to whom, for how long, and which facts stand on it."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    serial = models.PositiveSmallIntegerField(unique=True)
    issuing_department = models.CharField(max_length=20)
    holder_kind = models.CharField(max_length=10, choices=HolderKind.choices)
    validity = models.CharField(max_length=200, blank=True)
    validity_years = models.PositiveSmallIntegerField(null=True)
    key_fields = models.JSONField(default=list)
    fields = models.JSONField(default=list, help_text="key, label, type, sensitivity of each: choices.KindField")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class KindLayout(models.Model):
    """How licences of a kind look from one day on. A licence keeps the layout that it was signed under.

    document: choices.Layout, with the labels that are printed, so that an old licence reads as it did.
    """

    kind = models.ForeignKey(LicenceKind, models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveSmallIntegerField()
    document = models.JSONField()
    since = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("kind", "-version")
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="layout_versions_counted")]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.version}"
