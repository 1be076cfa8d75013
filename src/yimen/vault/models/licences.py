"""Licences, one row a version."""

from __future__ import annotations

from datetime import date

from django.db import models

from yimen.kit.fields import SealedJSON, SealedText
from yimen.vault.choices import EndKind, State, Trust, VersionKind
from yimen.vault.models.kinds import KindLayout, LicenceKind


class Licence(models.Model):
    """One version of one licence. Its facts are sealed; what pages and look-ups need stands beside them.

    holder: the first of the holders (others: LicenceHolder). number_hash: keyed, to find it by its number.
    holders_digest: SM3 over the rows of several holders, so that the signature vouches for them. made_as: why
    there is this version. signed_with, signed_at: the SM2 key and its time; no key: from before keys were counted.
    No agency: a body of another place issued it, outside, outside_region; such a one is never of level A.
    """

    identifier = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001 - unsigned is not the empty identifier
    kind = models.ForeignKey(LicenceKind, models.PROTECT, related_name="+")
    holder = models.ForeignKey("identity.Subject", models.PROTECT, related_name="+")
    agency = models.ForeignKey("city.Agency", models.PROTECT, null=True, related_name="+")
    outside = models.CharField(max_length=100, blank=True, default="", db_default="")
    outside_region = models.CharField(max_length=60, blank=True, default="", db_default="")
    serial = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_as = models.CharField(max_length=10, choices=VersionKind.choices, default=VersionKind.FIRST)
    number = SealedText()
    number_hash = models.CharField(max_length=64, blank=True, db_index=True)
    holder_name = SealedText()
    holders_digest = models.CharField(max_length=64, blank=True)
    fields = SealedJSON()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAWN)
    trust = models.CharField(max_length=1, choices=Trust.choices, default=Trust.A)
    issued_at = models.DateTimeField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    case = models.CharField(max_length=40, blank=True, db_index=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    signature = models.BinaryField(null=True)
    signed_with = models.ForeignKey("city.SigningKey", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    layout = models.ForeignKey(KindLayout, models.PROTECT, null=True, related_name="+", db_index=False)
    drawn_by = models.BigIntegerField(null=True)
    drawn_at = models.DateTimeField()
    signed_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=500, blank=True)
    ended_kind = models.CharField(max_length=10, choices=EndKind.choices, blank=True)
    ended_ground = models.CharField(max_length=300, blank=True)
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            # A draft that was thrown away never was a version: the next one takes its place.
            models.UniqueConstraint(
                fields=["kind", "agency", "serial", "version"],
                condition=~models.Q(ended_kind="discarded"),
                name="one_licence_per_version",
            ),
            # The same of one that was annulled; but it keeps its number.
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~models.Q(ended_kind__in=["discarded", "annulled"]),
                name="one_licence_replaces_another",
            ),
            models.CheckConstraint(
                condition=models.Q(state="drawn")
                | models.Q(state="revoked")
                | models.Q(identifier__isnull=False, signature__isnull=False, issued_at__isnull=False),
                name="signed_licences_are_signed",
            ),
            models.CheckConstraint(
                condition=models.Q(agency__isnull=False, outside="")
                | models.Q(models.Q(agency=None, trust__in=["B", "C"]), ~models.Q(outside="")),
                name="issued_by_an_agency_or_believed_less",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="revoked") | ~models.Q(ended_kind=""), name="ended_licences_say_how"
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "kind"], name="vault_holder_kind"),
            # Of each kind the licence that a form is filled from, without reading the others.
            models.Index(
                fields=["holder", "kind", "trust", "-issued_at", "-id"],
                condition=models.Q(state="signed"),
                name="vault_best",
            ),
            # What waits for whoever signs, and what an agency signed last.
            models.Index(fields=["agency", "drawn_at", "id"], condition=models.Q(state="drawn"), name="vault_to_sign"),
            models.Index(fields=["agency", "-issued_at", "-id"], name="vault_of_agency"),
        ]

    def __str__(self) -> str:
        return self.identifier or f"drawn {self.pk}"

    @property
    def issuer(self) -> str:
        """Who issued it, in words."""
        if self.agency is not None:
            return self.agency.name
        return f"{self.outside}（{self.outside_region}）" if self.outside_region else self.outside

    def state_on(self, day: date) -> State:
        """The state on a day: a signed licence past its date has expired."""
        if self.state == State.SIGNED and self.valid_to is not None and self.valid_to < day:
            return State.EXPIRED
        return State(self.state)

    def valid_on(self, day: date) -> bool:
        """Does it hold on that day, and has somebody vouched for it? Level C hasn't been compared with its original."""
        began = self.valid_from is None or self.valid_from <= day
        return began and self.state_on(day) == State.SIGNED and self.trust != Trust.C
