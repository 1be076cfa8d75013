"""Papers: what was frozen when they were drawn up, and the signed file made of it."""

from __future__ import annotations

from django.db import models

from yimen.kit.fields import SealedJSON
from yimen.papers.choices import Kind


class Paper(models.Model):
    """A statutory notice or receipt.

    facts: everything that is printed, sealed, never changed; the file follows from it. token: what the QR code and the
    printed code hold. digest: SM3 of the file, hexadecimal; signature: SM2 of the agency's key over that digest.
    signed_with: which key; None for papers from before keys were counted: the agency's first.
    """

    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=1)
    about = models.CharField(max_length=50)
    title = models.CharField(max_length=60)
    agency = models.CharField(max_length=80)
    agency_code = models.CharField(max_length=40)
    facts = SealedJSON()
    template = models.PositiveSmallIntegerField()
    token = models.CharField(max_length=16, unique=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", null=True)
    digest = models.CharField(max_length=64, blank=True)
    signature = models.BinaryField(null=True)
    signed_with = models.ForeignKey("city.SigningKey", models.PROTECT, related_name="+", null=True)
    signed_at = models.DateTimeField(null=True)
    drawn_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["about"], name="paper_about")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=[kind.value for kind in Kind]), name="paper_kind_known"),
            models.CheckConstraint(
                condition=models.Q(file=None, digest="", signature=None)
                | models.Q(file__isnull=False, signature__isnull=False) & ~models.Q(digest=""),
                name="paper_file_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.number
