"""Which window may do what."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class WindowAuthorisation(models.Model):
    """An agency entrusts acceptance (and instant decisions) to a window (窗口授权委托书). No `items`: all."""

    window = models.ForeignKey("city.Window", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("city.Agency", on_delete=models.PROTECT, related_name="+")
    items = ArrayField(models.CharField(max_length=80), default=list)
    decides_instant = models.BooleanField(default=False)
    document_no = models.CharField("委托书文号", max_length=80, default="")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["window", "agency"], name="authorisation_window")]

    def __str__(self) -> str:
        return f"{self.window_id} {self.agency_id}"

    def covers(self, slug: str) -> bool:
        return not self.items or slug in self.items
