"""Items, their editions, and what happens to them on their way."""

from __future__ import annotations

import functools

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.fields.json import KeyTransform

from yimen.catalog.choices import UNRELEASED, EditionDocument, EditionState, MeasureKind, MeasureState, PassageKind

# Documents by digest; oldest out. Released ones never change, and equal digests mean equal content.
_READ: dict[str, EditionDocument] = {}
MANY = 1000


def _remember(digest: str, document: EditionDocument) -> None:
    if len(_READ) >= MANY:
        _READ.pop(next(iter(_READ)), None)
    _READ[digest] = document


class Item(models.Model):
    """A thing that can be asked for. Its columns follow the current edition, so that lists need no document.

    upper: the city's item from which a county, town or village inherits. successors: what came of a cancelled one.
    """

    slug = models.CharField(max_length=56, unique=True)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=50, blank=True)
    kind = models.CharField(max_length=20)
    case_type = models.CharField(max_length=10)
    department = models.CharField(max_length=20, db_index=True)
    division = models.CharField(max_length=12)
    agency = models.ForeignKey("city.Agency", models.PROTECT, related_name="+")
    upper = models.ForeignKey("self", models.PROTECT, null=True, related_name="lower")
    successors = ArrayField(models.CharField(max_length=56), default=list)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug


class Edition(models.Model):
    """One edition of an item. A trigger refuses any change of what it says once it has left its editor's hands.

    base: the edition it was begun from. planned_from: the day on which it is to count. digest: of the document.
    revision: counts the savings of a draft. reach: {change: new | all}, as decided before release. note: why it came.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="editions")
    version = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.DRAFT)
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    planned_from = models.DateField(null=True)
    reach = models.JSONField(default=dict)
    note = models.TextField(blank=True)
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
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(state__in=[str(state) for state in UNRELEASED]),
                name="one_edition_in_the_making",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[str(state) for state in (*UNRELEASED, EditionState.PAST)])
                | models.Q(released_at__isnull=False, valid_from__isnull=False),
                name="released_editions_have_dates",
            ),
        ]
        indexes = [
            # Which items give a kind of licence: whoever holds one is told where it is renewed.
            GinIndex(KeyTransform("results", "document"), name="edition_results", fastupdate=False),
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

    @property
    def unreleased(self) -> bool:
        """Is it still in the making?"""
        return self.state in UNRELEASED


class Revision(models.Model):
    """What a draft said after each saving, so that two editors at once lose nothing. changed: which parts."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    changed = ArrayField(models.CharField(max_length=80), default=list)
    saved_at = models.DateTimeField()
    saved_by = models.BigIntegerField(null=True)
    saved_by_name = models.CharField(max_length=80)

    class Meta:
        ordering = ("edition", "-number")
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_revision_per_number")]

    def __str__(self) -> str:
        return f"{self.edition_id} r{self.number}"


class Measure(models.Model):
    """Suspending, resuming, cancelling, splitting or merging items: approved by both offices, done on its day.

    items: the slugs it is about; successors: the slugs that take their place (split, merge).
    """

    kind = models.CharField(max_length=10, choices=MeasureKind.choices)
    state = models.CharField(max_length=10, choices=MeasureState.choices, default=MeasureState.CHECKED)
    items = models.ManyToManyField(Item, related_name="measures")
    successors = ArrayField(models.CharField(max_length=56), default=list)
    agency = models.ForeignKey("city.Agency", models.PROTECT, related_name="+")
    reason = models.TextField()
    planned_from = models.DateField()
    proposed_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Passage(models.Model):
    """A step on the way of an edition, a measure or a package: who, when, why. The ledger has the same, chained."""

    edition = models.ForeignKey(Edition, models.CASCADE, null=True, related_name="passages")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="passages")
    package = models.ForeignKey("PackageDraft", models.CASCADE, null=True, related_name="passages")
    kind = models.CharField(max_length=12, choices=PassageKind.choices)
    at = models.DateTimeField()
    user = models.BigIntegerField(null=True)
    name = models.CharField(max_length=80)
    post = models.CharField(max_length=80, blank=True)
    office = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(edition__isnull=False, measure=None, package=None)
                | models.Q(edition=None, measure__isnull=False, package=None)
                | models.Q(edition=None, measure=None, package__isnull=False),
                name="a_passage_is_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
