"""Divisions, agencies and their keys, halls, windows, posts; days of the calendar that differ from the law's own."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yimen.city.choices import Duty, Level, Reach, RevokedFor, WindowKind
from yimen.kit.signing import KeyKind
from yimen.law.signatures import KeyLife


class Division(models.Model):
    """行政区划. A city may have towns directly under it (Dongguan, Zhongshan): only the order of levels is fixed.

    code: 6, 9 or 12 digits. path: the codes from the city down to this one, each followed by "/", so that everything
    below a division is found by its beginning.
    """

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering = ("code",)
        constraints = [models.CheckConstraint(condition=Q(level__in=Level.values), name="division_level_known")]


class Agency(models.Model):
    """部门. department: the short code by which catalogues name it at every level (SJ); code is unique (441400-SJ)."""

    code = models.CharField(max_length=40, unique=True)
    department = models.CharField(max_length=12, db_index=True)
    name = models.CharField(max_length=80)
    short = models.CharField(max_length=40)
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, blank=True)
    uscc = models.CharField(max_length=18, null=True, unique=True)  # noqa: DJ001 - unknown is not the empty code
    phone = models.CharField(max_length=40, blank=True)
    window_phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=120, blank=True)
    work = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("code",)
        verbose_name_plural = "agencies"


class SigningKey(models.Model):
    """What is known of one key of an agency; its private part lies in the key store under `name` and nowhere else.

    holder: the agency's code, empty for the city's own authority, which signs certificates. number: 1, 2 … by kind.
    public: SM2 x and y; certificate: X.509, DER. until: it signs no more (replaced or revoked). distrusted_from: what
    it signed from this instant on counts no longer; earlier than `until` where it had been in wrong hands before.
    """

    holder = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=6, choices=KeyKind.choices)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, unique=True)
    public = models.BinaryField()
    certificate = models.BinaryField(null=True)
    since = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    until = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True, db_index=True)
    revoked_by = models.BigIntegerField(null=True)
    distrusted_from = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, choices=RevokedFor.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("holder", "kind", "number")
        constraints = [
            models.UniqueConstraint(fields=["holder", "kind", "number"], name="signing_key_numbered"),
            # One at a time signs: two who make a new one at once can't both succeed.
            models.UniqueConstraint(fields=["holder", "kind"], condition=Q(until=None), name="one_current_key"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, distrusted_from=None, reason="")
                | Q(revoked_at__isnull=False, distrusted_from__isnull=False, until__isnull=False) & ~Q(reason=""),
                name="signing_key_revoked_wholly",
            ),
            models.CheckConstraint(
                condition=Q(kind="sm2", certificate=None) | Q(kind="x509", certificate__isnull=False),
                name="signing_key_has_its_certificate",
            ),
        ]

    @property
    def life(self) -> KeyLife:
        return KeyLife(self.since, self.until, self.distrusted_from)


class Hall(models.Model):
    """政务服务中心."""

    code = models.CharField(max_length=40, unique=True)
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    open_hours = models.CharField(max_length=120, blank=True)
    bus_lines = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("code",)


class Window(models.Model):
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=WindowKind.choices)

    class Meta:
        ordering = ("hall", "number")
        constraints = [
            models.UniqueConstraint(fields=["hall", "number"], name="one_window_per_number"),
            models.CheckConstraint(condition=Q(kind__in=WindowKind.values), name="window_kind_known"),
        ]


class Post(models.Model):
    """岗位: what whoever holds it may do, for which agencies. agency: where it belongs (None: the hall's own)."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    hall = models.ForeignKey(Hall, null=True, on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, null=True, on_delete=models.PROTECT, related_name="+")
    window = models.ForeignKey(Window, null=True, on_delete=models.PROTECT, related_name="+")
    duties = ArrayField(models.CharField(max_length=20, choices=Duty.choices))
    reach = models.CharField(max_length=10, choices=Reach.choices)

    class Meta:
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(condition=Q(duties__contained_by=Duty.values), name="post_duties_known"),
            models.CheckConstraint(
                condition=Q(reach=Reach.ALL)
                | Q(reach=Reach.AGENCY, agency__isnull=False)
                | Q(reach=Reach.DIVISION, division__isnull=False),
                name="post_reach_has_its_place",
            ),
        ]


class CalendarDay(models.Model):
    """A day about which the city says something of its own. provisional: a guess, until the notice comes."""

    day = models.DateField(primary_key=True)
    working = models.BooleanField()
    name = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=120, blank=True)
    provisional = models.BooleanField(default=False)

    class Meta:
        ordering = ("day",)


class CalendarYear(models.Model):
    """A year whose notice the city has entered completely."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=120)


class CalendarVersion(models.Model):
    """One row with a fresh stamp at each change, so that every process knows in one look whether its copy is old.

    Not a count: a change that was rolled back and another one after it would bear the same number.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_calendar_version")]
