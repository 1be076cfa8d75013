"""That two records are one person: proposed with the proof, confirmed by another, undone if it was wrong."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yimen.identity.models.people import Subject, User


class MergeSet(models.QuerySet["Merge"]):
    def waiting(self) -> MergeSet:
        return self.filter(confirmed_at=None, refused_at=None)

    def in_force(self) -> MergeSet:
        return self.exclude(confirmed_at=None).filter(undone_at=None)


class Merge(models.Model):
    """No row of either record is moved: while this is in force, whoever asks for one finds what both have.

    one, other: the smaller number first, so that a pair is proposed once. proof: the documents seen, in words.
    """

    one = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    proof = models.CharField(max_length=200)
    scan = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True, help_text="why it was refused or undone")

    objects = MergeSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="merge_of_two_in_order"),
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(refused_at=None, undone_at=None), name="one_merge_of_two"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(asked_by=None) | ~Q(confirmed_by=F("asked_by")),
                name="merge_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(confirmed_at__isnull=False), name="merge_undone_after_it_held"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}+{self.other_id}"
