"""Messages to people."""

from __future__ import annotations

from django.db import models


class Message(models.Model):
    """One message to one subject. `sent_at` and `read_at` are separate facts; so is what another channel said."""

    subject = models.ForeignKey("identity.Subject", on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=40, default="")
    title = models.CharField(max_length=120)
    body = models.TextField()
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    once = models.CharField(max_length=120, unique=True, help_text="the same news is told once")

    class Meta:
        indexes = [models.Index(fields=["subject", "-id"], name="message_subject")]

    def __str__(self) -> str:
        return self.title


class Dispatch(models.Model):
    """What became of a message on a channel outside the house: handed over, confirmed, failed."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="dispatches")
    channel = models.CharField(max_length=20)
    handed_over_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, default="")

    def __str__(self) -> str:
        return f"{self.channel} {self.message_id}"
