"""The public lists as pages and files: everybody reads them, narrowed down, by quarter, with what changed."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.builders import catalog
from tests.builders.city import SYSTEM
from yimen.catalog.commands.publishing import publish_lists
from yimen.catalog.queries.lists import LISTS
from yimen.kit.time import CHINA

pytestmark = pytest.mark.django_db

SUMMER = datetime(2026, 7, 1, 9, 0, tzinfo=CHINA)
AUTUMN = datetime(2026, 10, 1, 9, 0, tzinfo=CHINA)


@pytest.fixture
def items():
    catalog.kinds()
    catalog.release(catalog.raw("food-business-licence"))
    catalog.release(catalog.raw("social-security-card"))
    catalog.release(catalog.small(name="=小事项", visits=2))


@pytest.fixture
def published(items):
    publish_lists("2026Q3", by=SYSTEM, at=SUMMER)
    catalog.release(catalog.small(name="小事项", visits=1), at=SUMMER + timedelta(days=3))
    catalog.release(catalog.small(slug="new-item", name="新事项"), at=SUMMER + timedelta(days=3))
    publish_lists("2026Q4", by=SYSTEM, at=AUTUMN)


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


@pytest.mark.usefixtures("items")
def test_the_directory_says_what_each_list_is_for(client):
    page = text(client, "/lists/")

    for kind in LISTS.values():
        assert str(kind.title) in page
        assert str(kind.purpose) in page


@pytest.mark.usefixtures("items")
@pytest.mark.parametrize("code", LISTS)
def test_each_list_is_a_page_and_two_files(client, code):
    page = text(client, f"/lists/{code}/")

    assert str(LISTS[code].title) in page
    assert body(client, f"/lists/{code}.csv").startswith("\ufeff")
    assert json.loads(body(client, f"/lists/{code}.json"))["list"] == code


@pytest.mark.parametrize("code", LISTS)
def test_an_empty_list_says_what_it_will_hold(client, code):
    assert str(LISTS[code].empty) in text(client, f"/lists/{code}/")


@pytest.mark.usefixtures("items")
def test_entries_lead_to_their_guides(client):
    assert '<a href="/items/food-business-licence/">' in text(client, "/lists/powers/")


@pytest.mark.usefixtures("items")
def test_a_list_is_narrowed_down_and_so_is_its_file(client):
    page = text(client, "/lists/items/?q=食品")
    assert "找到 1 项，清单共 3 项" in page
    assert "社会保障卡" not in page
    assert "没有符合条件的条目" in text(client, "/lists/items/?q=zzz")

    rows = list(csv.reader(io.StringIO(body(client, "/lists/items.csv?q=食品"))))
    assert len(rows) == 2
    whole = json.loads(body(client, "/lists/items.json?q=食品"))
    assert (whole["count"], whole["filters"], whole["state"]) == (1, {"q": "食品"}, "current")
    assert whole["rows"][0]["guide"].endswith("/items/food-business-licence/")


@pytest.mark.usefixtures("items")
def test_no_cell_of_a_file_is_a_formula(client):
    rows = list(csv.reader(io.StringIO(body(client, "/lists/items.csv"))))

    assert "'=小事项" in [row[0] for row in rows]


@pytest.mark.usefixtures("published")
def test_a_quarter_stays_as_it_was_published(client):
    page = text(client, "/lists/items/2026Q3/")
    assert "2026 年第三季度" in page
    assert "新事项" not in page
    assert "公布后不再改动" in page
    assert "新事项" in text(client, "/lists/items/2026Q4/")

    whole = json.loads(body(client, "/lists/items/2026Q3.json"))
    assert (whole["quarter"], whole["count"], whole["published_by"]) == ("2026Q3", 3, "平台")
    assert len(whole["digest_sm3"]) == 64
    assert "新事项" not in body(client, "/lists/items/2026Q3.csv")


@pytest.mark.usefixtures("published")
def test_what_changed_from_quarter_to_quarter_can_be_read(client):
    page = text(client, "/lists/items/2026Q4/changes/")
    assert "新增 1 项，取消 0 项，变更 1 项" in page
    assert "到现场次数" in page
    assert "2 次" in page

    assert "与2026 年第三季度相比：新增 1 项" in text(client, "/lists/items/")
    assert "首次公布" in text(client, "/lists/items/2026Q3/changes/")
    rows = list(csv.reader(io.StringIO(body(client, "/lists/items/2026Q4/changes.csv"))))
    assert ["变更", "小事项"] in [row[:2] for row in rows]
    whole = json.loads(body(client, "/lists/items/2026Q4/changes.json"))
    assert whole["against"] == "2026Q3"
    assert [row["item"] for row in whole["added"]] == ["new-item"]
    assert {column["column"] for column in whole["changed"][0]["columns"]} == {"name", "visits"}


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "path",
    [
        "/lists/nothing/", "/lists/nothing.csv", "/lists/items/2025Q4/", "/lists/items/2025Q4.json",
        "/lists/items/nonsense/", "/lists/items/2025Q4/changes/", "/lists/items.xls",
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("items")
@pytest.mark.parametrize("query", ["cursor=x", "cursor=-1", "cursor=99999999999"])
def test_a_cursor_that_we_did_not_make_is_refused(client, query):
    assert client.get(f"/lists/items/?{query}").status_code == 422


@pytest.mark.usefixtures("items")
def test_odd_queries_break_nothing(client):
    for query in ("q=%00", "q=" + "长" * 500, "agency=zz&level=zz", "cursor=5000"):
        assert client.get(f"/lists/items/?{query}").status_code == 200


def test_the_foot_of_every_page_leads_to_the_lists(client):
    page = text(client, "/help/")

    assert 'href="/lists/"' in page
    assert 'href="/consultations/"' in page
