"""Keeping house: old attempts to sign in, sessions that are over, tokens that ended long ago."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app

from yimen.identity.models import ApiToken, Failure
from yimen.kit.time import now


@app.periodic(cron="20 3 * * *")
@app.task(name="identity.keep_house")
def keep_house(timestamp: int = 0) -> None:
    """Forget attempts older than a day, sessions that are over with what they kept, tokens ended a month ago."""
    Failure.objects.filter(at__lt=now() - timedelta(days=1)).delete()
    ApiToken.objects.filter(expires_at__lt=now() - timedelta(days=30)).delete()
    Session.objects.filter(expire_date__lt=now()).delete()
