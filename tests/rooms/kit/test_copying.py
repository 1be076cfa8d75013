"""Rows by the thousand."""

from __future__ import annotations

import pytest

from tests.builders.city import AT
from yimen.city.models import Agency, Post
from yimen.identity.models import Subject
from yimen.kit.copying import NewRows

pytestmark = pytest.mark.django_db


def test_rows_that_share_values_are_the_rows_that_the_constructor_makes() -> None:
    subjects = NewRows(Subject, kind="natural", document="citizen_id", created_at=AT)
    keys = subjects.keys(2)

    # In another order than the table's columns.
    row = subjects.shape("name", "id", "number_hash", "number")
    subjects.copy(row(f"第{place}人", key, f"h{place}", f"4414{place}") for place, key in enumerate(keys, start=1))

    first, second = Subject.objects.order_by("number_hash")
    assert [(each.pk, each.number, each.name) for each in (first, second)] == [
        (keys[0], "44141", "第1人"), (keys[1], "44142", "第2人"),
    ]  # fmt: skip
    plain = Subject(kind="natural", document="citizen_id", created_at=AT)
    assert (first.profile, first.assurance, first.created_at) == (plain.profile, plain.assurance, AT)


def test_rows_that_are_there_stay_as_they_are_and_only_new_ones_are_told() -> None:
    subjects = NewRows(Subject, keyed=False, kind="natural", document="citizen_id", created_at=AT)
    row = subjects.shape("number", "number_hash", "name")
    rows = {place: row(f"4414{place}", f"h{place}", f"第{place}人") for place in range(3)}
    (there,) = subjects.copy_missing([rows[0]], "number_hash")

    written = subjects.copy_missing(list(rows.values()), "number_hash", "name")

    assert [(hashed, name) for _key, hashed, name in written] == [("h1", "第1人"), ("h2", "第2人")]
    assert list(Subject.objects.order_by("number_hash").values_list("pk", flat=True)) == [
        there[0], *(key for key, _hash, _name in written),
    ]  # fmt: skip


def test_a_key_that_is_shared_may_be_told_as_an_object() -> None:
    agency = Agency(pk=7, name="卫生局")

    shapes = [NewRows(Post, **shared).shape("name") for shared in ({"agency": agency}, {"agency_id": 7})]

    told, by_column = (row("窗口") for row in shapes)

    assert told == by_column
    assert (8).to_bytes(4) + (7).to_bytes(8) in told


def test_a_value_that_the_model_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError, match="Post has no colour"):
        NewRows(Post, colour="red")
