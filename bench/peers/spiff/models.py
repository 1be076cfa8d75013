"""An instance as the engine serialises it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Instance(models.Model):
    objects: ClassVar[models.Manager[Instance]] = models.Manager()
    state = models.TextField()
    changed_at = models.DateTimeField(auto_now=True)
