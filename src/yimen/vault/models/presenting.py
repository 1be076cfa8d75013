"""Codes that holders show, and licences that holders froze."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yimen.vault.models.licences import Licence


class PresentingCode(models.Model):
    """One code on somebody's screen (亮证码). Only its keyed hash is kept: who reads the table can show nothing.

    taken_at, taken_by: when a checker used it, and a keyed hash of who that was. Rows are forgotten after a day.
    """

    hash = models.CharField(max_length=64, unique=True)
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+")
    shown_by = models.BigIntegerField(help_text="the account on whose screen it stands")
    made_at = models.DateTimeField(db_index=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.licence_id} {self.made_at:%H:%M:%S}"


class Freeze(models.Model):
    """The holder has frozen a licence: it is neither presented nor used until lifted. An interval, with its hands.

    holder: of several the one who froze it, and who alone lifts it; none: from before they were told apart.
    """

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    began_by = models.BigIntegerField()
    holder = models.ForeignKey("identity.Subject", models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["licence"], condition=Q(lifted_at=None), name="one_freeze_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.licence_id} {self.began_at:%Y-%m-%d}"
