"""A process with 20 fields and the note of whoever did the last step."""

from __future__ import annotations

from django.db import models
from viewflow.workflow.models import Process


class Pharmacy(Process):  # type: ignore[misc]
    note = models.CharField(max_length=200, default="")


for _number in range(20):
    Pharmacy.add_to_class(
        f"field_{_number}", models.CharField(max_length=200, default="岭东市梅江区江南街道梅龙路18号")
    )
