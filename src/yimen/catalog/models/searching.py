"""The search index as the worker has built it, and the vectors of texts: both copies, made anew from the editions."""

from __future__ import annotations

from django.db import models


class SearchIndex(models.Model):
    """One row. stamp: of the shelf it was built from; row: new with each building, so that processes see it."""

    row = models.UUIDField()
    stamp = models.UUIDField(null=True)
    content = models.BinaryField()
    built_at = models.DateTimeField()
    seconds = models.FloatField()

    def __str__(self) -> str:
        return str(self.row)


class TextVector(models.Model):
    """What a text means, by the digest of model and text: computed once for all processes and all editions."""

    digest = models.CharField(max_length=64, primary_key=True)
    vector = models.BinaryField()

    def __str__(self) -> str:
        return self.digest
