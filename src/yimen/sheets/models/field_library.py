"""The field library (数据元)."""

from __future__ import annotations

import functools

from django.db import models

from yimen.sheets.choices import LibraryDocument


class LibraryField(models.Model):
    """A canonical field. revision: counts its changes, so that a process sees that something changed.

    retired: the day from which forms should ask it no more; replaced_by: what they ask instead.
    """

    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    document = models.JSONField()
    since = models.DateField()
    retired = models.DateField(null=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(replaced_by=None) | models.Q(retired__isnull=False),
                name="replaced_fields_are_retired",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @functools.cached_property
    def doc(self) -> LibraryDocument:
        """What the library says of it."""
        return LibraryDocument.model_validate(self.document)
