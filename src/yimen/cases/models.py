"""A case, its supplement notices, special procedures and extensions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yimen.cases.choices import Outcome
from yimen.kit.fields import SealedText


class Case(models.Model):
    """The public record of one item applied for. The row repeats what work lists show, so that they need no joins.

    Only what somebody looks up by has an index: each one more is written at every step of every case.
    """

    number = models.CharField("办件编号", max_length=40, unique=True)
    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("catalog.Item", on_delete=models.PROTECT, related_name="+", db_index=False)
    edition = models.ForeignKey("catalog.Edition", on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey("identity.Subject", on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("city.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    window = models.ForeignKey("city.Window", on_delete=models.PROTECT, related_name="+", db_index=False, null=True)
    channel = models.CharField(max_length=8)
    item_name = models.CharField(max_length=200)
    applicant_name = models.CharField(max_length=200)
    password = SealedText("查询密码")
    state = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=1, help_text="counts changes: a page that is behind is refused")
    due_on = models.DateField(null=True, help_text="due day of the clock that binds now")
    received_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )
    deemed = models.BooleanField(default=False, help_text="accepted by the law because the office was silent")
    reviewed_at = models.DateTimeField(null=True, help_text="all opinions are given: it waits for the decision only")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )
    outcome = models.CharField(max_length=5, choices=Outcome.choices, default="")
    reason = models.TextField(default="", help_text="of the refusal, decision, withdrawal …: the last one")
    competent_body = models.CharField(max_length=120, default="")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(decided_at=None) | ~Q(outcome=""), name="a_decision_has_an_outcome"),
            models.CheckConstraint(condition=~Q(outcome=Outcome.DENY) | ~Q(reason=""), name="a_denial_has_a_reason"),
        ]
        indexes = [
            models.Index(fields=["subject", "-id"], name="case_subject"),
            models.Index(fields=["agency", "state", "due_on", "id"], name="case_work_list"),
            models.Index(fields=["agency", "-id"], name="case_agency_newest"),
            models.Index(fields=["item", "-id"], name="case_item"),
            models.Index(
                fields=["agency", "due_on", "id"],
                condition=Q(reviewed_at__isnull=False, decided_at=None, closed_at=None),
                name="case_to_decide",
            ),
            models.Index(
                fields=["agency", "decided_at", "id"],
                condition=Q(decided_at__isnull=False, closed_at=None),
                name="case_to_hand_out",
            ),
            models.Index(fields=["applicant_name"], name="case_applicant", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.number


class Supplement(models.Model):
    """The one-time notice of everything that is missing (一次性告知, 许可法 32(4))."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supplements")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", null=True)
    materials = models.JSONField(default=list, help_text="[{key, name, reason}]")
    fields = models.JSONField(default=list, help_text="[{name, label, reason}]")
    due_on = models.DateField()
    supplied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(supplied_at=None), name="one_open_supplement"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked_at:%Y-%m-%d}"


class SpecialProcedure(models.Model):
    """A hearing, inspection, expert review …: an interval whose time is not counted (许可法 45)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="procedures")
    ground = models.CharField(max_length=80)
    planned_days = models.PositiveSmallIntegerField()
    reason = models.TextField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", null=True)
    result = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="one_open_procedure"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.ground}"


class Revocation(models.Model):
    """A decision that was taken back (撤销, 许可法 69): it holds no longer, nor what was issued with it.

    heard: what the person said before it was taken back; commitment: the false one that led to it, if one did.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="revocation")
    reason = models.TextField()
    heard = models.TextField(default="")
    commitment = models.ForeignKey(
        "applications.Commitment", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    revoked_at = models.DateTimeField()
    revoked_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_revocation_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.revoked_at:%Y-%m-%d}"


class Extension(models.Model):
    """Days added by the leader's approval, once (许可法 42)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="extension")
    days = models.PositiveSmallIntegerField()
    reason = models.TextField()
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.case_id} +{self.days}"
