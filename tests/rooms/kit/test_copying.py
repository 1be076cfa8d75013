"""Rows by the thousand."""

from __future__ import annotations

import pytest

from tests.builders.city import AT
from yimen.city.models import Agency, Post
from yimen.identity.models import Subject
from yimen.kit.copying import Fresh, copy_rows

pytestmark = pytest.mark.django_db


def test_rows_that_share_values_are_the_rows_that_the_constructor_makes() -> None:
    row = Fresh(Subject, kind="natural", document="citizen_id", created_at=AT)
    rows = [row(number=f"4414{place}", number_hash=f"h{place}", name=f"第{place}人") for place in (1, 2)]

    copy_rows(rows)

    first, second = Subject.objects.order_by("number_hash")
    assert [(each.pk, each.number, each.name) for each in (first, second)] == [
        (rows[0].pk, "44141", "第1人"), (rows[1].pk, "44142", "第2人"),
    ]  # fmt: skip
    plain = Subject(kind="natural", document="citizen_id", created_at=AT)
    assert (first.profile, first.assurance, first.created_at) == (plain.profile, plain.assurance, AT)


def test_a_key_that_is_shared_is_at_hand() -> None:
    agency = Agency(pk=7, name="卫生局")

    post = Fresh(Post, agency=agency)(name="窗口")

    assert (post.agency_id, post.agency, post.name, post.pk) == (7, agency, "窗口", None)


def test_a_value_that_the_model_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError, match="Post has no colour"):
        Fresh(Post, colour="red")
