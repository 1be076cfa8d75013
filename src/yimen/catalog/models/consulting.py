"""Proofs put before the public, and what was said."""

from __future__ import annotations

from django.db import models

from yimen.catalog.choices import ProofOutcome
from yimen.catalog.models.editions import Item
from yimen.kit.fields import SealedText


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
