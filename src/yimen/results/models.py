"""Results of a case, and how they reached the applicant."""

from __future__ import annotations

from django.db import models

from yimen.kit.fields import SealedText
from yimen.results.choices import Way


class Result(models.Model):
    """One thing the edition promises: a licence (drawn up in the vault) or a paper. Issued means signed."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    licence = models.ForeignKey("vault.Licence", on_delete=models.PROTECT, related_name="+", null=True)
    paper = models.ForeignKey("papers.Paper", on_delete=models.PROTECT, related_name="+", null=True)
    drawn_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["case"], name="result_case")]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """How, to whom and when the result was handed over (送达, 许可法 44)."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices)
    receiver = SealedText(default="")
    receiver_document = SealedText(default="", help_text="number of the receiver's document, checked at the window")
    tracking = models.CharField("快递单号", max_length=60, default="")
    delivered_at = models.DateTimeField()
    delivered_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.case_id} {self.way}"
