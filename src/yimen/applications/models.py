"""An application and the documents handed in with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yimen.applications.choices import Channel, Presented, Stage, Trust
from yimen.kit.fields import SealedJSON


class Application(models.Model):
    """What somebody asks for. Answers are personal data and lie sealed; documents in a table of their own."""

    number = models.CharField("办件编号", max_length=40, unique=True)
    item = models.ForeignKey("catalog.Item", on_delete=models.PROTECT, related_name="+", db_index=False)
    edition = models.ForeignKey("catalog.Edition", on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey("identity.Subject", on_delete=models.PROTECT, related_name="+", db_index=False)
    agent = models.ForeignKey("identity.Subject", on_delete=models.PROTECT, related_name="+", db_index=False, null=True)
    agency = models.ForeignKey("city.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    window = models.ForeignKey("city.Window", on_delete=models.PROTECT, related_name="+", db_index=False, null=True)
    made_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    situation = models.JSONField(default=dict)
    answers = SealedJSON(default=dict)
    sources = models.JSONField(default=dict, help_text="where prefilled answers come from: {field: words}")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-id"], name="application_subject"),
            # Its condition holds no value, so that a prepared statement with one plan for all values can use it.
            models.Index(
                fields=["made_by", "-id"],
                condition=Q(submitted_at=None, discarded_at=None),
                name="application_drafts",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_draft(self) -> bool:
        return self.stage == Stage.DRAFT


class Document(models.Model):
    """What was handed in for a material. Taken back means `removed_at`: nothing uploaded is lost."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    material = models.CharField(max_length=40, help_text="key of the edition's material")
    presented = models.CharField(max_length=10, choices=Presented.choices)
    copies = models.PositiveSmallIntegerField(default=1)
    note = models.CharField(max_length=300, default="")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+", null=True)
    licence = models.ForeignKey("vault.Licence", on_delete=models.PROTECT, related_name="+", null=True)
    trust = models.CharField(max_length=1, choices=Trust.choices)
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, help_text="a clerk compared it with the original")
    checked_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["application"], name="document_application")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.material}"
