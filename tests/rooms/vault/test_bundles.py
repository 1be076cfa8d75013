"""Rows that wait are sealed by the bundle: nothing is known of them to others, and each is found again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json

from tests.builders import batches
from tests.builders.city import AT
from yimen.files.models import StoredFile
from yimen.kit.actor import Actor
from yimen.kit.crypto import sm3
from yimen.vault import queries
from yimen.vault.choices.batches import BatchState
from yimen.vault.commands import importing
from yimen.vault.commands.importing import entering, reading
from yimen.vault.models import Batch, BatchBundle, BatchReject, BatchSample
from yimen.vault.queries.importing.checking import Found
from yimen.vault.queries.importing.rows import (
    DamagedRows,
    Waiting,
    bundled,
    found_in,
    plain,
    rows_at,
    rows_waiting,
    unbundled,
)


class Killed(BaseException):
    """A worker that ends between two portions."""


@pytest.fixture
def by() -> Actor:
    return batches.loader(name="李敏")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (reading, entering):
        monkeypatch.setattr(module, "PORTION", 3)
    monkeypatch.setattr(reading, "PORTION_WITH_SCANS", 2)


days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
found = st.builds(
    Found, texts, texts, texts, texts, days, days, st.none() | days, st.dictionaries(texts, texts, max_size=3), texts
)
rows = st.builds(Waiting, st.integers(2, 10**6), texts, found, st.none() | st.uuids())


@given(st.lists(rows, max_size=4))
def test_what_is_bundled_comes_back_as_it_was(waiting: list[Waiting]) -> None:
    kept = BatchBundle._meta.get_field("sealed")
    stored = kept.get_db_prep_value(bundled(waiting), connection)

    assert unbundled(kept.from_db_value(stored, None, connection)) == waiting


@given(found)
def test_a_row_alone_comes_back_as_it_was(one: Found) -> None:
    assert found_in(json.loads(json.dumps(plain(one)))) == one


@pytest.mark.django_db
def test_a_number_of_an_earlier_portion_is_known_to_whoever_goes_on_after_a_killed_worker(
    by: Actor, small: None
) -> None:
    numbers = ["N1", "N2", "N3", "N4", "N2", "N5", "N1"]
    batch = batches.mapped(batches.begun([batches.row(number) for number in numbers], by), by)
    ticks = batches.clock()
    times = iter([ticks(), ticks(), ticks()])

    def clock() -> datetime:
        try:
            return next(times)
        except StopIteration:
            raise Killed from None

    with pytest.raises(Killed):
        importing.read_batch(batches.fresh(batch), by=by, clock=clock)
    taken = batches.fresh(batch).taken
    batch = batches.read(batch, by)

    assert taken == 3
    assert [row.found.number for row in rows_waiting(batch)] == ["N1", "N2", "N3", "N4", "N5"]
    assert batches.refused(batch) == [
        (6, "许可证编号", "与第 3 行的编号重复"),
        (8, "许可证编号", "与第 2 行的编号重复"),
    ]


@pytest.mark.django_db(transaction=True)
def test_bundles_of_few_rows_enter_together_and_each_row_becomes_its_licence(by: Actor, small: None) -> None:
    other = batches.loader(name="钟强")
    lines = [batches.row(f"N{place}", 扫描件="a.png") for place in range(7)]
    batch = batches.loaded(lines, by, scans=batches.zipped({"a.png": batches.PICTURE}))
    counts = list(BatchBundle.objects.filter(batch=batch).values_list("first", "last", "count"))
    drawn = batches.compared(batch, other)

    sampled = BatchSample.objects.filter(batch=batch)
    judged = [(each.line, found_in(each.sealed).number, each.file_id is not None) for each in sampled]
    importing.conclude(drawn, by=other, at=AT)
    portions = entering._portions(batches.fresh(batch))
    importing.enter_batch(batches.fresh(batch), by=other, clock=batches.clock())

    assert counts == [(2, 3, 2), (4, 5, 2), (6, 7, 2), (8, 8, 1)]
    assert judged == [(place + 2, f"N{place}", True) for place in range(7)]
    assert portions == [(2, 3), (4, 7), (8, 8)]
    assert batches.fresh(batch).state == BatchState.VALID
    assert [each.number for each in batches.licences(batch)] == [f"N{place}" for place in range(7)]
    assert all(each.file_id for each in batches.licences(batch))
    assert not BatchBundle.objects.exists()


@pytest.mark.django_db
def test_scans_of_rows_that_wait_go_with_a_batch_that_is_given_up(by: Actor, small: None) -> None:
    before = StoredFile.objects.count()
    batch = batches.loaded([batches.row("N1", 扫描件="a.png")], by, scans=batches.zipped({"a.png": batches.PICTURE}))
    kept = {batch.table_id, batch.scans_id}

    importing.drop_batch(batch, by=by, at=AT)

    assert StoredFile.objects.exclude(pk__in=kept).count() == before


def spoilt(batch: Batch, *first: int) -> None:
    """A letter of what these bundles hold is another."""
    BatchBundle.objects.filter(batch=batch, first__in=first).update(sealed=b"x" * 60)


@pytest.mark.django_db(transaction=True)
def test_of_a_damaged_bundle_the_rows_come_back_as_they_were_sent_and_all_others_enter(by: Actor, small: None) -> None:
    other = batches.loader(name="钟强")
    before = StoredFile.objects.count()
    lines = [batches.row(f"N{place}", 扫描件="a.png") for place in range(6)]
    lines[2][1] = ""
    batch = batches.loaded(lines, by, scans=batches.zipped({"a.png": batches.PICTURE}))
    importing.conclude(batches.compared(batch, other), by=other, at=AT)
    BatchSample.objects.filter(batch=batch, line=3).delete()

    spoilt(batch, 2)
    importing.enter_batch(batches.fresh(batch), by=other, clock=batches.clock())

    batch = batches.fresh(batch)
    assert (batch.state, batch.entered, batch.left_out) == (BatchState.VALID, 3, 2)
    assert [each.number for each in batches.licences(batch)] == ["N3", "N4", "N5"]
    lost = BatchReject.objects.filter(batch=batch, line__in=(2, 3)).order_by("line")
    assert [(row.cells, row.reasons) for row in lost] == [(line, [[0, entering.DAMAGED]]) for line in lines[:2]]
    # The table, the zip, three of licences, and one of the sample until the batch is forgotten.
    assert StoredFile.objects.count() == before + 6
    importing.forget_batch(batch, by=Actor.system(), at=AT)
    assert StoredFile.objects.count() == before + 3


@pytest.mark.django_db
def test_who_draws_from_a_damaged_batch_or_goes_on_reading_it_is_told_what_is_wrong_and_what_to_do(
    by: Actor, small: None
) -> None:
    other = batches.loader(name="钟强")
    batch = batches.loaded([batches.row() for _ in range(4)], by)
    told = "第 2 行到第 4 行检查后暂存的内容已经损坏，读不出来。请撤销这一批，重新上传表格。"

    spoilt(batch, 2)
    with pytest.raises(DamagedRows) as refused:
        importing.draw_sample(batch, by=other, at=AT)
    Batch.objects.filter(pk=batch.pk).update(read_at=None, taken=3)
    batch = batches.read(batch, by)

    assert (refused.value.detail, batch.state, batch.refused) == (told, BatchState.FAILED, told)
    importing.drop_batch(batch, by=by, at=AT)
    assert batches.fresh(batch).state == BatchState.DROPPED


@pytest.mark.django_db
def test_a_sample_opens_only_the_bundles_from_which_it_takes_rows(by: Actor, small: None) -> None:
    batch = batches.loaded([batches.row(f"N{place}") for place in range(10)], by)

    spoilt(batch, 5)

    assert [row.found.number for row in rows_at(batch, {9, 0, 2, 6})] == ["N0", "N2", "N6", "N9"]


@given(st.lists(rows, min_size=1, max_size=3))
def test_rows_kept_before_a_later_version_knew_more_of_them_are_read_as_if_nobody_told_it(
    waiting: list[Waiting],
) -> None:
    older = json.loads(to_json(bundled(waiting)))
    del older["scan"], older["fields"]
    alone = {name: value for name, value in plain(waiting[0].found).items() if name != "scan"} | {"once": "known"}

    read = unbundled(older)

    assert read == [replace(row, found=replace(row.found, scan="", fields={})) for row in waiting]
    assert found_in(alone) == replace(waiting[0].found, scan="")


@pytest.mark.django_db(transaction=True)
def test_rows_that_waited_before_there_were_bundles_still_wait(by: Actor) -> None:
    batch = batches.loaded([batches.row("N1"), batches.row("N2")], by)
    was = list(rows_waiting(batch))
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes("vault")
    try:
        MigrationExecutor(connection).migrate([("vault", "0010_issued_elsewhere")])
        with connection.cursor() as cursor:
            cursor.execute("SELECT line, number_hash FROM vault_batchrow ORDER BY line")
            one_by_one = cursor.fetchall()
    finally:
        MigrationExecutor(connection).migrate(latest)

    assert one_by_one == [(row.line, row.number_hash) for row in was]
    assert list(rows_waiting(batch)) == was


instants = st.datetimes(timezones=st.just(UTC)) | st.integers(-9, 9).map(
    lambda moment: datetime.fromtimestamp(moment / 10**5, UTC)
)
values = texts | st.integers() | st.floats(allow_nan=False) | st.none() | st.booleans() | st.lists(texts, max_size=2)


@given(
    st.dictionaries(texts, texts, max_size=4) | st.dictionaries(texts, values, max_size=4),
    texts,
    instants,
    instants,
    days,
)
def test_a_signature_vouches_for_the_same_letters_as_ever(
    fields: dict[str, Any], name: str, issued: datetime, signed: datetime, day: date
) -> None:
    """The form that decision 13 fixed, written here by the standard library alone."""
    told = {"identifier": "1.2", "kind": "k", "holder": 7, "holder_name": name, "number": name, "agency": "a"}

    digest = queries.digest_of(
        **told, fields=fields, issued_at=issued, signed_at=signed, valid=(day, None), trust="A", key=3
    )

    content = told | {
        "fields": fields, "issued_at": issued.timestamp(), "signed_at": signed.timestamp(), "valid": [str(day), "None"],
        "trust": "A", "form": 2, "key": 3, "holders": "",
    }  # fmt: skip
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest == sm3(written.encode())
