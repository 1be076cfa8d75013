"""Entries (partitioned by month by PostgreSQL), the head of each chain, kept answers, counted attempts."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One line of the ledger. `body` is the exact text that was hashed; the columns repeat parts of it for look-up."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    chain = models.CharField(max_length=64)
    seq = models.IntegerField()
    verb = models.CharField(max_length=40)
    actor = models.BigIntegerField(null=True)
    body = models.TextField()
    hash = models.BinaryField()

    class Meta:
        db_table = "ledger_entry"
        managed = False  # made by the first migration: partitions and the append function are PostgreSQL's own
        ordering = ("chain", "seq")

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.verb}"


class Head(models.Model):
    """The last entry of each chain: what the next one is chained to."""

    chain = models.CharField(max_length=64, primary_key=True)
    seq = models.IntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "ledger_head"
        managed = False

    def __str__(self) -> str:
        return self.chain


class Answer(models.Model):
    """What was answered to a request that bore an Idempotency-Key, to be answered again."""

    key = models.CharField(max_length=200)
    asker = models.BigIntegerField()
    request_hash = models.CharField(max_length=64)
    status = models.SmallIntegerField(default=0)
    body = models.BinaryField(default=b"")
    content_type = models.CharField(max_length=80, default="application/json")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asker", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return self.key


class Attempts(models.Model):
    """How often somebody tried something within a minute: all web processes count together."""

    key = models.CharField(max_length=120, primary_key=True)
    count = models.IntegerField(default=1)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "ledger_attempts"

    def __str__(self) -> str:
        return self.key
