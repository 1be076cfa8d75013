"""What one application saved, and sums by month."""

from __future__ import annotations

from django.db import models


class Figures(models.Model):
    """The sums that savings are told in (law.savings)."""

    asked = models.PositiveIntegerField(default=0, help_text="materials asked for")
    spared = models.PositiveIntegerField(default=0, help_text="of these: nobody had to hand them in")
    committed = models.PositiveIntegerField(default=0, help_text="of these: a commitment took their place")
    later = models.PositiveIntegerField(default=0, help_text="of these: promised for later")
    fields_asked = models.PositiveIntegerField(default=0)
    fields_known = models.PositiveIntegerField(default=0, help_text="filled in from a source and sent as they were")
    visits_usual = models.PositiveIntegerField(default=0)
    visits_made = models.PositiveIntegerField(default=0)
    visits_spared = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Saving(Figures):
    """What one application saved. Its row is what keeps it from being counted twice."""

    application = models.OneToOneField("applications.Application", models.PROTECT, related_name="+")
    item = models.ForeignKey("catalog.Item", models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("city.Agency", models.PROTECT, related_name="+", db_index=False)
    month = models.DateField(help_text="its first day")
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.application_id}"


class Tally(Figures):
    """The same, summed for an item, an agency and a month."""

    month = models.DateField()
    item = models.ForeignKey("catalog.Item", models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("city.Agency", models.PROTECT, related_name="+", db_index=False)
    applications = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "agency", "item"], name="one_tally_per_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.item_id}"


class MaterialTally(models.Model):
    """How often a material of an item was met in a way, in a month. name, licence: as its edition had them then."""

    month = models.DateField()
    item = models.ForeignKey("catalog.Item", models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("city.Agency", models.PROTECT, related_name="+", db_index=False)
    material = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    licence = models.CharField(max_length=60, blank=True)
    way = models.CharField(max_length=12)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "agency", "item", "material", "way", "name", "licence"], name="one_material_tally"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.item_id} {self.material} {self.way}"
