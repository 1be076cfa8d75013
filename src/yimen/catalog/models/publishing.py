"""What is published: the quarter's lists, and the stamp by which processes see that something changed."""

from __future__ import annotations

import builtins
import uuid

from django.db import models


class Publication(models.Model):
    """A list as it was published for a quarter: it stays as it was.

    columns: keys and heads as they were then. rows: what they say. changes: against the publication before (quarter).
    """

    list = models.CharField(max_length=40)
    quarter = models.CharField(max_length=7, help_text="2026Q4")
    columns = models.JSONField(default=builtins.list)
    rows = models.JSONField()
    count = models.PositiveIntegerField(default=0)
    changes = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)

    class Meta:
        ordering = ("list", "-quarter")
        constraints = [models.UniqueConstraint(fields=["list", "quarter"], name="one_publication_per_quarter")]

    def __str__(self) -> str:
        return f"{self.list} {self.quarter}"


class Shelf(models.Model):
    """One row, stamped anew with every change of what can be found: each process compares it with its index's stamp.

    A stamp, not a number: what was rolled back leaves no stamp that comes again.
    """

    stamp = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.stamp)
