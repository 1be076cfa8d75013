"""An instance as the engine serialises it."""

from __future__ import annotations

from django.db import models


class Instance(models.Model):
    state = models.TextField()
    changed_at = models.DateTimeField(auto_now=True)
