"""What the rules said of editions, kept so that a city of twenty thousand items sees its figures at once."""

from __future__ import annotations

from django.db import models

from yimen.catalog.models.editions import Edition


class Checkup(models.Model):
    """What was found in a current edition. stamp: what it was looked at with; another one makes it stale.

    counts: findings by rule, loops among them. loops: proof loops through this item, as findings. ties: what it asks
    for and gives, from which loops are found without reading the documents again.
    """

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="checkup")
    stamp = models.CharField(max_length=32)
    errors = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    loops = models.JSONField(default=list)
    ties = models.JSONField(default=dict)
    checked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.errors}, {self.warnings}"


class Burden(models.Model):
    """What an edition asks of people, in numbers, to be compared with what came before and after.

    days: the limit in working days (promised, else statutory), None when there is none; names: [key, name, proof?].
    """

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="burden")
    materials = models.PositiveSmallIntegerField()
    proofs = models.PositiveSmallIntegerField()
    days = models.FloatField(null=True)
    visits = models.PositiveSmallIntegerField()
    names = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.materials} materials, {self.visits} visits"
