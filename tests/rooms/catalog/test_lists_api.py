"""Lists and consultations for programs: public, paged, of a fixed shape."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import catalog, identity
from tests.builders.city import SYSTEM
from yimen.catalog.commands import consulting
from yimen.catalog.commands.publishing import publish_lists
from yimen.catalog.queries import consulting as queries
from yimen.catalog.queries.lists.quarters import quarter_of
from yimen.kit.time import day_of, now

pytestmark = pytest.mark.django_db

PROOF = {"name": "居住证明", "kind": "证明", "source": "申请人自备", "necessity": "必要", "basis": "《某某条例》第八条"}


@pytest.fixture
def item():
    catalog.release(catalog.small(slug="other-item", name="乙事项"), at=now() - timedelta(days=60))
    return catalog.release(catalog.small(name="甲事项", materials=[PROOF]), at=now() - timedelta(days=60)).item


def get(client, path, status=200):
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


@pytest.mark.usefixtures("item")
def test_lists_and_their_entries(client):
    directory = {line["code"]: line for line in get(client, "/lists")["items"]}
    assert directory["items"]["count"] == 2
    assert directory["items"]["published"] is None

    first = get(client, "/lists/items?size=1")
    second = get(client, f"/lists/items?size=1&cursor={first['next']}")
    assert (first["total"], second["next"], first["quarter"]) == (2, None, None)
    assert [page["items"][0]["values"]["name"] for page in (first, second)] == ["乙事项", "甲事项"]
    assert get(client, "/lists/items?q=甲")["total"] == 1
    assert get(client, "/lists/nothing", 404)["code"] == "no_such_list"
    assert get(client, "/lists/items?cursor=x", 422)["code"]


@pytest.mark.usefixtures("item")
def test_a_published_quarter_and_its_changes(client):
    quarter = quarter_of(day_of(now()))
    publish_lists(quarter, by=SYSTEM, at=now())

    assert get(client, f"/lists/items/{quarter}")["quarter"] == quarter
    assert get(client, f"/lists/items/{quarter}/changes")["against"] is None
    assert get(client, "/lists/items/2020Q1", 404)["code"] == "no_such_quarter"
    assert get(client, "/lists/items/2020Q1/changes", 404)["code"] == "no_such_quarter"


def test_consultations(client, item):
    editor = identity.actor(identity.staff("editor"))
    today = day_of(now())
    made = consulting.open_consultation(
        item, queries.consultable(item)[0], title="关于居住证明的征求意见", reason="需要核实实际居住的情况。",
        opens_on=today, closes_on=today + timedelta(days=14), by=editor, at=now(),
    )  # fmt: skip

    (line,) = get(client, "/consultations?state=open")["items"]
    assert (line["number"], line["state"], line["proof"], line["comments"]) == (made.pk, "open", "居住证明", 0)
    assert get(client, "/consultations?state=concluded")["items"] == []
    assert get(client, f"/consultations/{made.pk}")["title"] == made.title
    assert get(client, "/consultations/999999", 404)["code"] == "no_such_consultation"
