"""One-thing packages (一件事)."""

from __future__ import annotations

import functools

from django.db import models

from yimen.catalog.choices import PackageDocument


class Package(models.Model):
    """A one-thing package (一件事)."""

    code = models.CharField(max_length=56, unique=True)
    name = models.CharField(max_length=200)
    life_event = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    released_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="taken out of use; what was begun goes on")
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @functools.cached_property
    def doc(self) -> PackageDocument:
        """The typed document."""
        return PackageDocument.model_validate(self.document)


class PackageEdition(models.Model):
    """A package as it was released: applications keep theirs."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="editions")
    version = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("package", "-version")
        constraints = [models.UniqueConstraint(fields=["package", "version"], name="one_package_edition_per_version")]

    def __str__(self) -> str:
        return f"{self.package_id} v{self.version}"

    @functools.cached_property
    def doc(self) -> PackageDocument:
        """The typed document."""
        return PackageDocument.model_validate(self.document)


class PackageDraft(models.Model):
    """A package in the making: plain JSON, perhaps not yet fit. revision: counted up, so that two editors notice."""

    code = models.CharField(max_length=56, unique=True)
    document = models.JSONField()
    base = models.PositiveIntegerField(default=0, help_text="the version that was changed, 0 for a new package")
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.BigIntegerField(null=True)
    saved_by_name = models.CharField(max_length=80)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} r{self.revision}"
