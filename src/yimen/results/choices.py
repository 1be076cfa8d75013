"""Ways of delivery."""

from __future__ import annotations

from django.db import models


class Way(models.TextChoices):
    WINDOW = "window", "窗口领取"
    POST = "post", "邮寄"
    ELECTRONIC = "electronic", "电子送达"
