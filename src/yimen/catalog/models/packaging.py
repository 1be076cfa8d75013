"""One-thing packages (一件事)."""

from __future__ import annotations

import functools

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yimen.catalog.choices import UNRELEASED, EditionState, PackageDocument


class PackageSet(models.QuerySet["Package"]):
    def written(self) -> PackageSet:
        """Those that editors write and offices approve."""
        return self.filter(chosen=False)


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
    chosen = models.BooleanField(
        default=False, help_text="items that somebody chose freely: in no list, written by nobody"
    )

    objects = PackageSet.as_manager()

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
    """A package in the making: plain JSON, perhaps not yet fit, until both offices have approved and its day has come.

    revision: counted up, so that two editors notice. writers: the accounts that saved it. agency: of the department
    that leads. digest: of what was sent to the offices. ends: it takes the package out of use instead of changing it.
    """

    code = models.CharField(max_length=56, unique=True)
    document = models.JSONField()
    base = models.PositiveIntegerField(default=0, help_text="the version that was changed, 0 for a new package")
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.BigIntegerField(null=True)
    saved_by_name = models.CharField(max_length=80)
    writers = ArrayField(models.BigIntegerField(), default=list)
    agency = models.ForeignKey("city.Agency", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.DRAFT)
    digest = models.CharField(max_length=64, blank=True)
    planned_from = models.DateField(null=True)
    note = models.TextField(blank=True)
    ends = models.BooleanField(default=False)

    class Meta:
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[str(state) for state in UNRELEASED]),
                name="package_drafts_are_unreleased",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(agency__isnull=False, planned_from__isnull=False) & ~models.Q(digest=""),
                name="package_drafts_sent_are_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} r{self.revision}"

    @property
    def in_hand(self) -> bool:
        """May its editor change it?"""
        return self.state == EditionState.DRAFT
