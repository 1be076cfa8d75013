"""Looks that seemed wrong to whom they were at, and the copies that people take of all their data."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yimen.identity.choices import Judgement
from yimen.identity.models.people import Subject, User
from yimen.kit.fields import SealedText


class LookReportSet(models.QuerySet["LookReport"]):
    def waiting(self) -> LookReportSet:
        return self.filter(answered_at=None)


class LookReport(models.Model):
    """“这次查看不对劲”: chain and seq name the entry of the ledger; it says who looked, at what, what for.

    agency: the office from which somebody looked, none for the hall's or the platform's own posts. looker: who.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    chain = models.CharField(max_length=64)
    seq = models.IntegerField()
    agency = models.ForeignKey("city.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    looker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = SealedText(default="")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=10, choices=Judgement.choices, blank=True)
    answer = SealedText(default="")

    objects = LookReportSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="one_report_per_look"),
            models.CheckConstraint(
                condition=Q(answered_at=None, finding="") | (Q(answered_at__isnull=False) & ~Q(finding="")),
                name="look_report_answered_finds",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(answered_at=None), name="look_report_waiting"),
            models.Index(fields=["subject", "-id"], name="look_report_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq}"


class DataCopy(models.Model):
    """个人信息副本 (个人信息保护法 45): asked for, made by a job, to be fetched until a day."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ready_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "asked_by"], condition=Q(ready_at=None), name="one_copy_at_once"
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "-id"], name="copy_subject"),
            models.Index(fields=["until"], condition=Q(gone_at=None), name="copy_until"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CopyPart(models.Model):
    """One archive of a copy; a large one comes in several."""

    copy = models.ForeignKey(DataCopy, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    size = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["copy", "number"], name="part_once")]

    def __str__(self) -> str:
        return f"{self.copy_id}.{self.number}"
