"""The ledger is partitioned by month; whatever has no month of its own is kept all the same."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection

from tests.builders.city import SYSTEM
from yimen.kit.time import CHINA
from yimen.ledger.commands import record
from yimen.ledger.queries import faults, story
from yimen.ledger.tasks import make_months

pytestmark = pytest.mark.django_db


def partition_of(chain):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM ledger_entry WHERE chain = %s", [chain])
        return [name for (name,) in cursor.fetchall()]


def test_months_are_made_ahead_and_only_once():
    make_months(date(2031, 11, 21))
    make_months(date(2031, 12, 1))

    for month in (11, 12):
        record(f"m{month}", "verb", by=SYSTEM, at=datetime(2031, month, 15, 9, tzinfo=CHINA))
    record("next", "verb", by=SYSTEM, at=datetime(2032, 3, 15, 9, tzinfo=CHINA))

    assert [partition_of(chain) for chain in ("m11", "m12", "next")] == [
        ["ledger_entry_203111"], ["ledger_entry_203112"], ["ledger_entry_203203"],
    ]  # fmt: skip


def test_an_entry_of_another_time_lies_in_the_rest_and_its_month_is_then_not_made():
    record("old", "verb", by=SYSTEM, at=datetime(1999, 5, 5, 9, tzinfo=CHINA))

    make_months(date(1999, 5, 1), ahead=0)

    assert (partition_of("old"), [line.verb for line in story("old")]) == (["ledger_entry_rest"], ["verb"])
    assert list(faults()) == []
