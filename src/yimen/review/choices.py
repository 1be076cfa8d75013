"""Opinions of reviewers."""

from __future__ import annotations

from django.db import models


class Opinion(models.TextChoices):
    AGREE = "agree", "同意"
    DISAGREE = "disagree", "不同意"
