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
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code
