"""Stored files, and the contents behind them (one for equal files)."""

from __future__ import annotations

import uuid

from django.db import models

from yimen.files.choices import DATA, TAKEN, Kind


class Content(models.Model):
    """Some bytes, kept once. Two people who upload the same scan meet here: the primary key decides who was first."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    path = models.CharField(max_length=120, unique=True)
    made_at = models.DateTimeField()


class StoredFile(models.Model):
    """A file as somebody handed it in or the platform made it. Never changed; a new version is a new file.

    size: bytes before sealing. media_type: found in the content. name: cleaned, with the extension of its type.
    made_by: user id, None for the platform (this room knows no users).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=160)
    path = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="file_not_empty"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="file_kind_known"),
        ]

    @property
    def is_inline(self) -> bool:
        """May a browser show it in its own window?"""
        return (TAKEN | DATA)[self.media_type].inline

    @property
    def type_label(self) -> str:
        return (TAKEN | DATA)[self.media_type].label
