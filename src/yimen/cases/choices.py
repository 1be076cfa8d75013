"""Outcomes and who may hold a pen."""

from __future__ import annotations

from django.db import models


class Outcome(models.TextChoices):
    GRANT = "grant", "准予"
    DENY = "deny", "不予"
