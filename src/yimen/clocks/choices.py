"""What a clock is doing, as the API and the screens say it."""

from __future__ import annotations

from django.db import models


class Doing(models.TextChoices):
    RUNNING = "running", "计时中"
    PAUSED = "paused", "暂停"
    STOPPED = "stopped", "已结束"
