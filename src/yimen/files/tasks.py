"""Keeping house: bytes that a crash left without a row."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.storage import storages
from procrastinate.contrib.django import app

from yimen.files.models import Content
from yimen.kit.time import now

GRACE = timedelta(days=1)


@app.periodic(cron="40 3 * * *")
@app.task(name="files.sweep")
def sweep(timestamp: int = 0) -> None:
    """Remove contents that nobody has written down. A store without folders to list has nothing to sweep."""
    remove_orphans(now())


def remove_orphans(at: datetime) -> int:
    """Look through this month's and last month's folders; give bytes a day to get their row. Returns how many went."""
    months = {f"{at:%Y%m}", f"{at.replace(day=1) - timedelta(days=1):%Y%m}"}
    return sum(_sweep_folder(month, at) for month in months)


def _sweep_folder(folder: str, at: datetime) -> int:
    store = storages["default"]
    try:
        _, files = store.listdir(folder)
    except (FileNotFoundError, NotImplementedError):
        return 0
    paths = {f"{folder}/{name}" for name in files}
    orphans = paths - set(Content.objects.filter(path__in=paths).values_list("path", flat=True))
    old = [path for path in orphans if store.get_modified_time(path) < at - GRACE]
    for path in old:
        store.delete(path)
    return len(old)
