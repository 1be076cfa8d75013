"""Cards: warnings, yellow and red."""

from __future__ import annotations

from django.db import models

from yimen.supervision.choices import Level


class Card(models.Model):
    """Issued once per clock and rule; it freezes the facts it was issued on.

    About a case, or about a correction (then without one; agency: none for the register of people).
    """

    clock = models.ForeignKey("clocks.Clock", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True)
    number = models.CharField(max_length=40)
    agency = models.ForeignKey("city.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    rule = models.CharField(max_length=6)
    level = models.CharField(max_length=8, choices=Level.choices)
    reason = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "rule"], name="one_card_per_clock_and_rule")]
        indexes = [
            models.Index(fields=["number"], name="card_number"),
            models.Index(fields=["agency", "level", "-id"], name="card_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.number}"
