"""Licences, one row a version."""

from __future__ import annotations

from datetime import date

from django.db import models

from yimen.kit.fields import SealedJSON, SealedText
from yimen.vault.choices import State, Trust
from yimen.vault.models.kinds import LicenceKind


class Licence(models.Model):
    """One version of one licence. Its facts are sealed; what pages and look-ups need stands beside them."""

    identifier = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001 - unsigned is not the empty identifier
    kind = models.ForeignKey(LicenceKind, models.PROTECT, related_name="+")
    holder = models.ForeignKey("identity.Subject", models.PROTECT, related_name="+")
    agency = models.ForeignKey("city.Agency", models.PROTECT, related_name="+")
    serial = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    number = SealedText()
    holder_name = SealedText()
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
    drawn_by = models.BigIntegerField(null=True)
    drawn_at = models.DateTimeField()
    signed_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["kind", "agency", "serial", "version"], name="one_licence_per_version"),
            models.CheckConstraint(
                condition=models.Q(state="drawn")
                | models.Q(state="revoked")
                | models.Q(identifier__isnull=False, signature__isnull=False, issued_at__isnull=False),
                name="signed_licences_are_signed",
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
        ]

    def __str__(self) -> str:
        return self.identifier or f"drawn {self.pk}"

    def state_on(self, day: date) -> State:
        """The state on a day: a signed licence past its date has expired."""
        if self.state == State.SIGNED and self.valid_to is not None and self.valid_to < day:
            return State.EXPIRED
        return State(self.state)

    def valid_on(self, day: date) -> bool:
        """Does it hold on that day?"""
        began = self.valid_from is None or self.valid_from <= day
        return began and self.state_on(day) == State.SIGNED
