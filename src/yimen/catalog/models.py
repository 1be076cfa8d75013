"""Items, their editions, packages, and the counter by which processes see that something changed."""

from __future__ import annotations

import functools
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yimen.catalog.choices import (
    UNRELEASED,
    EditionDocument,
    EditionState,
    MeasureKind,
    MeasureState,
    PackageDocument,
    PassageKind,
    ProofOutcome,
)
from yimen.kit.fields import SealedText

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
    """A step on the way of an edition or a measure: who, when, why. The ledger has the same, chained."""

    edition = models.ForeignKey(Edition, models.CASCADE, null=True, related_name="passages")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="passages")
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
                condition=models.Q(edition__isnull=False) ^ models.Q(measure__isnull=False),
                name="a_passage_is_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class Consultation(models.Model):
    """公开征求意见: a proof that is to stay is put before the public. material: its key in the item's editions.

    hearing_*: a hearing, if one was held, with the signed record as a file. answer: to what was said; outcome and why:
    what becomes of the proof.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="consultations")
    material = models.CharField(max_length=63)
    material_name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    reason = models.TextField()
    basis = models.TextField(blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    opened_at = models.DateTimeField()
    hearing_on = models.DateField(null=True)
    hearing_place = models.CharField(max_length=200, blank=True)
    hearing_record = models.TextField(blank=True)
    hearing_file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=ProofOutcome.choices, blank=True)
    outcome_reason = models.TextField(blank=True)
    concluded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-opens_on", "-id")
        constraints = [
            models.CheckConstraint(condition=models.Q(closes_on__gte=models.F("opens_on")), name="consultation_lasts"),
            models.CheckConstraint(
                condition=models.Q(concluded_at__isnull=True) | ~models.Q(outcome=""), name="concluded_with_an_outcome"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    """What somebody said in a consultation. contact lies sealed and is shown to the agency only."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    said_at = models.DateTimeField()
    text = models.TextField()
    name = models.CharField(max_length=40, blank=True)
    contact = SealedText(default="")
    subject = models.BigIntegerField(null=True)
    hidden_at = models.DateTimeField(null=True)
    hidden_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.pk}"


class Publication(models.Model):
    """A list as it was published for a quarter: it stays as it was.

    columns: keys and heads as they were then. rows: what they say. changes: against the publication before (quarter).
    """

    list = models.CharField(max_length=40)
    quarter = models.CharField(max_length=7, help_text="2026Q4")
    columns = models.JSONField(default=list)
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


class Shelf(models.Model):
    """One row, stamped anew with every change of what can be found: each process compares it with its index's stamp.

    A stamp, not a number: what was rolled back leaves no stamp that comes again.
    """

    stamp = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.stamp)
