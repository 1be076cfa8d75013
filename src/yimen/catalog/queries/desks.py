"""What all current items ask for and give, kept by the process that looks for loops; only what changed is read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from pydantic_core import from_json

from yimen.catalog.models import Checkup
from yimen.catalog.queries.checkups import unpacked
from yimen.law.catalogue import Desk

AT_ONCE = 1_000
TIES = "SELECT edition_id, ties::text FROM catalog_checkup WHERE edition_id = ANY(%s)"
Seen = tuple[str, datetime]

_known: dict[int, tuple[Seen, Desk]] = {}
_lock = threading.Lock()


def kept_desks() -> dict[int, Desk]:
    """By edition. An edition's ties are another's only when it was looked at again."""
    with _lock:
        seen = {pk: (stamp, at) for pk, stamp, at in Checkup.objects.values_list("edition_id", "stamp", "checked_at")}
        for gone in _known.keys() - seen.keys():
            del _known[gone]
        new = [pk for pk, when in seen.items() if pk not in _known or _known[pk][0] != when]
        for pk, desk in _read(new):
            _known[pk] = (seen[pk], desk)
        return {pk: desk for pk, (_seen, desk) in _known.items()}


def _read(editions: list[int]) -> Iterator[tuple[int, Desk]]:
    with connection.cursor() as cursor:
        for begin in range(0, len(editions), AT_ONCE):
            cursor.execute(TIES, [editions[begin : begin + AT_ONCE]])
            for pk, ties in cursor.fetchall():
                yield pk, unpacked(from_json(ties))
