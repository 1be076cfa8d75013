"""What somebody says is wrong about them: asked by themselves, or noticed when a form was filled in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yimen.identity.choices import CorrectionWay, Finding
from yimen.identity.models.people import Subject, User
from yimen.kit.fields import SealedText


class CorrectionSet(models.QuerySet["Correction"]):
    def waiting(self) -> CorrectionSet:
        return self.filter(answered_at=None)


class Correction(models.Model):
    """更正请求 (个人信息保护法 46). It lies with the office whose register is the source of the value.

    source: whose value it is, "identity" or "licence:17"; key: which one there. source_words, label: the same in
    words, as they were shown. agency: that office; none for the city's own register of people. said: what was right
    in the eyes of whoever asked.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=CorrectionWay.choices)
    source = models.CharField(max_length=80)
    source_words = models.CharField(max_length=160)
    key = models.CharField(max_length=80)
    label = models.CharField(max_length=80)
    was = SealedText()
    said = SealedText()
    reason = SealedText(default="")
    case = models.CharField(max_length=40, blank=True)
    agency = models.ForeignKey("city.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=10, choices=Finding.choices, blank=True)
    answer = SealedText(default="")

    objects = CorrectionSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(way__in=CorrectionWay.values), name="correction_way_known"),
            models.CheckConstraint(
                condition=Q(answered_at=None, finding="") | (Q(answered_at__isnull=False) & ~Q(finding="")),
                name="correction_answered_finds",
            ),
            models.UniqueConstraint(
                fields=["subject", "source", "key"], condition=Q(answered_at=None), name="one_open_correction"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "due_on", "id"], condition=Q(answered_at=None), name="correction_waiting"),
            models.Index(fields=["subject", "-id"], name="correction_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.source}.{self.key}"


class CorrectionProof(models.Model):
    """A scan that shows what is right."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="proofs")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["correction"], name="proof_correction")]

    def __str__(self) -> str:
        return self.name
