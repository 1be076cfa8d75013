"""Levels of cards."""

from __future__ import annotations

from django.db import models


class Level(models.TextChoices):
    WARNING = "warning", "预警"
    YELLOW = "yellow", "黄牌"
    RED = "red", "红牌"
