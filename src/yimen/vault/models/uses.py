"""What became of licences: presented, checked, looked at, copied, cited; and which expiries were told."""

from __future__ import annotations

from django.db import models

from yimen.vault.choices import UseKind
from yimen.vault.models.licences import Licence


class LicenceUse(models.Model):
    """One line of a licence's log, as its holder reads it (用证记录). Whoever acted stands with office and post."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=UseKind.choices)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True, help_text="account; nobody for a check by anybody")
    office = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=120, blank=True)
    case = models.CharField(max_length=40, blank=True)
    item = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=60, blank=True, help_text="of a check: what was told; of an attempt: why not")
    until = models.DateField(null=True, help_text="of a marked copy: the last day on which it may be used")

    class Meta:
        indexes = [
            models.Index(fields=["licence", "-id"], name="vault_use_of_licence"),
            models.Index(fields=["case", "licence", "by", "-id"], name="vault_use_in_case"),
        ]

    def __str__(self) -> str:
        return f"{self.licence_id} {self.kind} {self.at:%Y-%m-%d}"


class DayOfChecks(models.Model):
    """How often the code that is printed on a licence was checked on a day: nobody is asked who they are."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    count = models.IntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["licence", "day"], name="one_count_of_checks_a_day")]

    def __str__(self) -> str:
        return f"{self.licence_id} {self.day} {self.count}"


class ExpiryNotice(models.Model):
    """The holder was told that a licence ends in so many days: told once."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+", db_index=False)
    days = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["licence", "days"], name="one_notice_of_expiry")]

    def __str__(self) -> str:
        return f"{self.licence_id} {self.days}"
