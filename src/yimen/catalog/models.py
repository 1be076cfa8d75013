"""Items, their editions, packages, and the counter by which processes see that something changed."""

from __future__ import annotations

import functools
import uuid

from django.db import models

from yimen.catalog.choices import EditionDocument, EditionState, PackageDocument

# Documents by digest; oldest out. Released ones never change, and equal digests mean equal content.
_READ: dict[str, EditionDocument] = {}
MANY = 1000


def _remember(digest: str, document: EditionDocument) -> None:
    if len(_READ) >= MANY:
        _READ.pop(next(iter(_READ)), None)
    _READ[digest] = document


class Item(models.Model):
    """A thing that can be asked for. Its columns follow the current edition, so that lists need no document."""

    slug = models.CharField(max_length=56, unique=True)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=50, blank=True)
    kind = models.CharField(max_length=20)
    case_type = models.CharField(max_length=10)
    department = models.CharField(max_length=20, db_index=True)
    division = models.CharField(max_length=12)
    agency = models.ForeignKey("city.Agency", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug


class Edition(models.Model):
    """One edition of an item. A trigger refuses any change of what a released one says."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="editions")
    version = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.DRAFT)
    released_at = models.DateTimeField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ("item", "-version")
        constraints = [
            models.UniqueConstraint(fields=["item", "version"], name="one_edition_per_version"),
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(state__in=["released", "suspended"], valid_to__isnull=True),
                name="one_current_edition",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(released_at__isnull=False, valid_from__isnull=False),
                name="released_editions_have_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.version}"

    @functools.cached_property
    def doc(self) -> EditionDocument:
        """The typed document: read once per process and content, for it is frozen (0.3 ms)."""
        known = _READ.get(self.digest)
        if known is None:
            known = EditionDocument.model_validate(self.document)
            if self.state != EditionState.DRAFT:
                _remember(self.digest, known)
        return known

    @property
    def current(self) -> bool:
        """Is it the edition that new applications are made under?"""
        return self.state == EditionState.RELEASED and self.valid_to is None


class Package(models.Model):
    """A one-thing package (一件事)."""

    code = models.CharField(max_length=56, unique=True)
    name = models.CharField(max_length=200)
    life_event = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    released_at = models.DateTimeField()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @property
    def doc(self) -> PackageDocument:
        """The typed document."""
        return PackageDocument.model_validate(self.document)


class Shelf(models.Model):
    """One row, stamped anew with every change of what can be found: each process compares it with its index's stamp.

    A stamp, not a number: what was rolled back leaves no stamp that comes again.
    """

    stamp = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.stamp)
