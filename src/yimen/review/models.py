"""Review tasks: the edition's steps of one case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yimen.review.choices import Opinion


class Task(models.Model):
    """A step to be done by a post. Tasks of one `place` stand side by side; when all are done the next opens."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=40)
    agency = models.ForeignKey("city.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    item_name = models.CharField(max_length=200)
    applicant_name = models.CharField(max_length=200)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=80, default="")
    days = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", db_index=False, null=True)
    opinion = models.CharField(max_length=8, choices=Opinion.choices, default="")
    text = models.TextField(default="")
    dropped_at = models.DateTimeField(null=True, help_text="the case ended before the task was done")

    class Meta:
        indexes = [
            models.Index(fields=["case", "place"], name="task_case"),
            models.Index(
                fields=["agency", "due_on", "id"],
                condition=Q(done_at=None, dropped_at=None, opened_at__isnull=False),
                name="task_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.done_at is None and self.dropped_at is None
