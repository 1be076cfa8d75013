"""A clock and its pauses. Due day and next look are stored because a million clocks are asked for them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yimen.clocks.choices import Doing


class Clock(models.Model):
    """One countdown. amount+extension of `unit` from `opened_on` (not counted), pauses not counted."""

    about = models.CharField("办件编号", max_length=40)
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=40, default="", help_text="which of several, e.g. a review task")
    agency = models.ForeignKey("city.Agency", on_delete=models.PROTECT, related_name="+", db_index=False, null=True)
    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=12)
    source = models.CharField(max_length=200, default="")
    extension = models.PositiveIntegerField(default=0)
    due_on = models.DateField()
    due_at = models.DateTimeField(help_text="the first instant that is too late")
    paused_on = models.DateField(null=True, help_text="first day of the pause that is under way")
    stopped_at = models.DateTimeField(null=True)
    next_look_at = models.DateTimeField(null=True, help_text="when somebody must look at it again")
    provisional = models.BooleanField(default=False, help_text="counted through a year without a published notice")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about", "kind", "key"], condition=Q(stopped_at=None), name="one_running_clock_of_a_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["about"], name="clock_about"),
            models.Index(fields=["next_look_at"], condition=Q(stopped_at=None), name="clock_next_look"),
            models.Index(fields=["agency", "due_on"], condition=Q(stopped_at=None), name="clock_agency_due"),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.kind}"

    @property
    def doing(self) -> Doing:
        if self.stopped_at is not None:
            return Doing.STOPPED
        return Doing.PAUSED if self.paused_on is not None else Doing.RUNNING


class Pause(models.Model):
    """Days that are not counted, both ends included; `last` is empty while it is under way. (许可法 45)"""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="pauses")
    first = models.DateField()
    last = models.DateField(null=True)
    ground = models.CharField(max_length=80)
    planned_days = models.PositiveSmallIntegerField(help_text="working days the applicant was told it would need")

    class Meta:
        indexes = [models.Index(fields=["clock"], name="pause_clock")]

    def __str__(self) -> str:
        return f"{self.first}..{self.last or ''} {self.ground}"
