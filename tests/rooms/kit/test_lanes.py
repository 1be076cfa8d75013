"""Pieces of long work, side by side."""

from __future__ import annotations

from threading import Barrier, get_ident

import pytest
from django.db import connection

from tests.builders.city import AT
from yimen.kit.lanes import in_lanes
from yimen.ledger.models import Attempts

pytestmark = pytest.mark.django_db(transaction=True)


def test_pieces_are_done_at_the_same_time_each_on_a_connection_of_its_own() -> None:
    meeting, backends = Barrier(2), []

    def work(piece: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backends.append(cursor.fetchone())
        meeting.wait(30)

    in_lanes(work, range(2), lanes=2)

    assert len(set(backends)) == 2


def test_one_lane_works_here() -> None:
    seen = []

    in_lanes(lambda piece: seen.append((piece, get_ident())), range(3), lanes=1)

    assert seen == [(piece, get_ident()) for piece in range(3)]


def test_after_a_failure_nothing_more_is_begun_and_what_was_done_stays() -> None:
    def work(piece: int) -> None:
        if piece == 3:
            raise RuntimeError("the third")
        Attempts.objects.create(key=str(piece), count=1, at=AT)

    with pytest.raises(RuntimeError, match="the third"):
        in_lanes(work, range(1_000), lanes=2)

    done = set(Attempts.objects.values_list("key", flat=True))
    assert {"0", "1", "2"} <= done
    assert len(done) < 1_000
