"""The floor's three tables."""

from __future__ import annotations

from django.db import models


class Case(models.Model):
    id = models.BigIntegerField(primary_key=True)
    state = models.TextField()
    version = models.IntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "floor_case"


class Event(models.Model):
    case_id = models.BigIntegerField()
    verb = models.TextField()
    at = models.DateTimeField()
    body = models.TextField()

    class Meta:
        db_table = "floor_event"


class Outbox(models.Model):
    case_id = models.BigIntegerField()
    news = models.JSONField()

    class Meta:
        db_table = "floor_outbox"
