"""The floor's three tables."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Case(models.Model):
    objects: ClassVar[models.Manager[Case]] = models.Manager()
    id = models.BigIntegerField(primary_key=True)
    state = models.TextField()
    version = models.IntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "floor_case"


class Event(models.Model):
    objects: ClassVar[models.Manager[Event]] = models.Manager()
    case_id = models.BigIntegerField()
    verb = models.TextField()
    at = models.DateTimeField()
    body = models.TextField()

    class Meta:
        db_table = "floor_event"


class Outbox(models.Model):
    objects: ClassVar[models.Manager[Outbox]] = models.Manager()
    case_id = models.BigIntegerField()
    news = models.JSONField()

    class Meta:
        db_table = "floor_outbox"
