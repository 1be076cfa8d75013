"""What belongs to one licence besides itself: its holders, related licences, suspensions, moves of trust, its file."""

from __future__ import annotations

from django.db import models

from yimen.kit.fields import SealedText
from yimen.vault.choices import Trust
from yimen.vault.models.licences import Licence


class LicenceHolder(models.Model):
    """One of several holders (a couple, joint owners), in their order; the first is the licence's own holder too.

    share: as it is written ("二分之一", "共同共有"). A licence with a single holder has no rows here.
    """

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey("identity.Subject", models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    share = models.CharField(max_length=60, blank=True)
    name = SealedText()
    number = SealedText()

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["licence", "place"], name="one_holder_per_place"),
            models.UniqueConstraint(fields=["licence", "subject"], name="holder_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.licence_id}/{self.place}"


class RelatedLicence(models.Model):
    """关联证照: one licence rests on, or belongs to, another. words: how ("前置许可", "同一不动产")."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(Licence, models.PROTECT, related_name="+")
    words = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["licence", "other"], name="related_once"),
            models.CheckConstraint(condition=~models.Q(licence=models.F("other")), name="related_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.licence_id}-{self.other_id}"


class Suspension(models.Model):
    """暂扣: from when, on which ground, until when. While one is open the licence can't be used."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    began_by = models.BigIntegerField(null=True)
    ground = models.CharField(max_length=300)
    reason = models.CharField(max_length=500)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("began_at",)
        constraints = [
            models.UniqueConstraint(fields=["licence"], condition=models.Q(ended_at=None), name="one_open_suspension")
        ]

    def __str__(self) -> str:
        return f"{self.licence_id} {self.began_at:%Y-%m-%d}"


class Restoration(models.Model):
    """恢复: this version stands again, as the one that had taken its place was annulled. gave_way_at: when it had."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+")
    annulled = models.OneToOneField(Licence, models.PROTECT, related_name="+")
    gave_way_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.licence_id}<{self.annulled_id}"


class TrustMove(models.Model):
    """How a licence came from one level of trust to another: whoever checked the original, when, at which window."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+")
    before = models.CharField(max_length=1, choices=Trust.choices)
    after = models.CharField(max_length=1, choices=Trust.choices)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    office = models.CharField(max_length=120, blank=True)
    window = models.BigIntegerField(null=True)
    device = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.licence_id} {self.before}{self.after}"


class LicenceFile(models.Model):
    """The layout file (版式文件) of a licence: made once, signed inside (PAdES) and over its SM3 digest (SM2)."""

    licence = models.OneToOneField(Licence, models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    signature = models.BinaryField()
    signed_with = models.ForeignKey("city.SigningKey", models.PROTECT, related_name="+")
    certificate = models.ForeignKey("city.SigningKey", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.licence_id}"
