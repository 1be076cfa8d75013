"""Keeping house: partitions for the coming months, old counters and kept answers."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from procrastinate.contrib.django import app

from yimen.kit.time import now
from yimen.ledger.models import Answer, Attempts

KEEP_ANSWERS = timedelta(days=2)


@app.periodic(cron="10 3 * * *")
@app.task(name="ledger.keep_house")
def keep_house(timestamp: int = 0) -> None:
    """Make the partitions of the next three months; forget counters and answers nobody can ask for any more."""
    make_months(now().date())
    Attempts.objects.filter(at__lt=now() - timedelta(hours=2)).delete()
    Answer.objects.filter(at__lt=now() - KEEP_ANSWERS).delete()


def make_months(today: date, ahead: int = 3) -> None:
    for month in range(ahead + 1):
        count = today.year * 12 + today.month - 1 + month
        with connection.cursor() as cursor:
            cursor.execute("SELECT ledger_make_month(%s)", [date(count // 12, count % 12 + 1, 1)])
