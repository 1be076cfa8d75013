"""Writing what was found in many editions: one statement for some hundreds, the rows handed over as one JSON text.

As lists of parameters they take several times as long, most of it spent on quoting.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

CHECKUPS = """
INSERT INTO catalog_checkup (edition_id, stamp, errors, warnings, counts, loops, ties, checked_at)
SELECT edition_id, %s, errors, warnings, counts, '[]'::jsonb, ties, %s
FROM jsonb_to_recordset(%s::jsonb) AS told(edition_id bigint, errors int, warnings int, counts jsonb, ties jsonb)
ON CONFLICT (edition_id) DO UPDATE SET
    stamp = excluded.stamp, errors = excluded.errors, warnings = excluded.warnings, counts = excluded.counts,
    loops = excluded.loops, ties = excluded.ties, checked_at = excluded.checked_at
"""
BURDENS = """
INSERT INTO catalog_burden (edition_id, materials, proofs, days, visits, names)
SELECT edition_id, materials, proofs, days, visits, names
FROM jsonb_to_recordset(%s::jsonb) AS told(
    edition_id bigint, materials int, proofs int, days double precision, visits int, names jsonb)
ON CONFLICT (edition_id) DO NOTHING
"""


def keep_checkups(rows: Sequence[Mapping[str, Any]], stamp: str, at: datetime) -> None:
    """Rows of edition_id, errors, warnings, counts and ties take the place of what was known; loops are found later."""
    with connection.cursor() as cursor:
        cursor.execute(CHECKUPS, [stamp, at, json.dumps(rows, ensure_ascii=False)])


def keep_burdens(burdens: Mapping[int, Mapping[str, Any]]) -> None:
    """The burdens of editions that have none yet."""
    rows = [{"edition_id": edition, **burden} for edition, burden in burdens.items()]
    with connection.cursor() as cursor:
        cursor.execute(BURDENS, [json.dumps(rows, ensure_ascii=False)])
