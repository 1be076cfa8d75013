"""Levels of cards."""

from __future__ import annotations

from django.db import models


class Level(models.TextChoices):
    WARNING = "warning", "预警"
    YELLOW = "yellow", "黄牌"
    RED = "red", "红牌"


CORRECTION = "correction:"


def correction_matter(correction: int) -> str:
    """What a clock of a correction is about, as a case's number is for its clocks."""
    return f"{CORRECTION}{correction}"


def correction_of(matter: str) -> int | None:
    """The number of the correction; None for a case."""
    return int(matter.removeprefix(CORRECTION)) if matter.startswith(CORRECTION) else None
