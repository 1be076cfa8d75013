"""Lists published per quarter: frozen, compared with the quarter before, by whoever may, once."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from tests.builders import catalog, identity
from tests.builders.city import SYSTEM
from yimen.catalog.commands import publishing
from yimen.catalog.models import Publication
from yimen.catalog.queries.lists import LISTS, Row, current_rows, files, published, quarters
from yimen.catalog.queries.lists.differences import Changes, compare
from yimen.catalog.tasks.quarters import publish_when_due
from yimen.kit.errors import Forbidden
from yimen.kit.time import CHINA
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 1, 9, 0, tzinfo=CHINA)
AUTUMN = datetime(2026, 10, 1, 9, 0, tzinfo=CHINA)


def publish(at=AT, by=SYSTEM):
    return {each.list: each for each in publishing.publish_lists(quarters.quarter_of(at.date()), by=by, at=at)}


def row(key="a", *values, agency="某局") -> Row:
    return Row(key, key, "X", agency, ("市",), values or ("甲", "一"))


HEADS = [("name", "事项名称"), ("limit", "承诺时限")]


def test_every_list_is_frozen_with_its_heads():
    catalog.release(catalog.small())
    with translation.override("en"):
        made = publish()

    assert made.keys() == LISTS.keys()
    assert (made["items"].count, made["powers"].count) == (1, 0)
    assert published.heads_published(made["items"])[0] == ("name", "事项名称")
    assert made["items"].changes == {"against": "", "added": [], "removed": [], "changed": []}
    assert [entry.verb for entry in story("list:items")] == ["list_published"]


def test_what_was_published_stays_and_the_next_quarter_says_what_changed():
    catalog.release(catalog.small(name="甲事项"))
    catalog.release(catalog.small(slug="other-item", name="乙事项", visits=2))
    publish()
    catalog.release(catalog.small(name="甲事项", promised_days=3), at=AT + timedelta(days=1))
    catalog.release(catalog.small(slug="third-item", name="丙事项"), at=AT + timedelta(days=1))
    made = publish(AUTUMN)["items"]

    changes = Changes.read(published.publication("items", "2026Q4").changes)
    assert changes.against == "2026Q3"
    assert [row.values[0] for row in changes.added] == ["丙事项"]
    (changed,) = changes.changed
    assert [(cell.label, cell.before, cell.after) for cell in changed.cells] == [
        ("承诺时限", "5 个工作日", "3 个工作日")
    ]
    before = published.published_rows(published.publication("items", "2026Q3"))
    assert [row.slug for row in before] == ["other-item", "small-item"]
    assert made.count == 3
    assert [issue.quarter for issue in published.issues("items")] == ["2026Q4", "2026Q3"]
    assert published.latest()["items"].added == 1
    one_visit = Changes.read(published.publication("one-visit", "2026Q4").changes)
    assert [row.values[0] for row in one_visit.added] == ["丙事项"]


def test_now_against_the_last_publication():
    catalog.release(catalog.small())
    made = publish()["items"]
    assert not published.changes_since(made, "items").any
    catalog.release(catalog.small(visits=1), at=AT + timedelta(days=1))

    assert [each.cells[0].after for each in published.changes_since(made, "items").changed] == ["1 次"]


def test_entries_are_compared_by_key_and_shared_columns():
    old_heads = [("limit", "时限"), ("name", "名称"), ("gone", "旧栏")]
    before = [row("a", "一", "甲", "x"), row("b", "一", "乙", "x")]
    after = [row("a", "甲", "二"), row("c", "丙", "一")]
    changes = compare("2026Q3", HEADS, old_heads, before, after)

    assert [each.key for each in changes.added] == ["c"]
    assert [each.key for each in changes.removed] == ["b"]
    assert [(cell.column, cell.before, cell.after) for cell in changes.changed[0].cells] == [("limit", "一", "二")]
    assert Changes.read(changes.stored()) == changes


def test_a_quarter_is_published_once_and_only_while_it_lasts():
    catalog.release(catalog.small())
    publish()
    with pytest.raises(publishing.AlreadyPublished):
        publish()
    for quarter in ("2026Q2", "2026Q4"):
        with pytest.raises(publishing.NotThisQuarter):
            publishing.publish_lists(quarter, by=SYSTEM, at=AT)
    with pytest.raises(quarters.NoSuchQuarter):
        publishing.publish_lists("2026Q5", by=SYSTEM, at=AT)


def test_an_empty_catalogue_has_nothing_to_publish():
    with pytest.raises(publishing.NothingToPublish):
        publish()


def test_a_list_that_came_later_is_published_beside_the_others():
    catalog.release(catalog.small())
    publish()
    Publication.objects.filter(list="fees").delete()

    assert publish().keys() == {"fees"}


@pytest.mark.parametrize("duty", ["editor", "legal", "clerk", "reviewer", "chief", "supervisor", "hall_manager"])
def test_others_may_not_publish(duty):
    catalog.release(catalog.small())
    with pytest.raises(Forbidden):
        publish(by=identity.actor(identity.staff(duty)))


@pytest.mark.parametrize("duty", ["staffing", "administrator"])
def test_the_staffing_office_and_administrators_publish(duty):
    catalog.release(catalog.small())
    assert publish(by=identity.actor(identity.staff(duty, name="王编制")))["items"].published_by == "王编制"


@pytest.mark.parametrize(("day", "count"), [(1, 1), (7, 1), (8, 0), (30, 0)])
def test_the_platform_publishes_in_the_first_days_of_a_quarter(day, count):
    catalog.release(catalog.small())
    at = datetime(2026, 10, day, 0, 5, tzinfo=CHINA)
    publish_when_due(at=at)
    publish_when_due(at=at + timedelta(hours=1))

    assert Publication.objects.filter(list="items", quarter="2026Q4").count() == count


def test_the_platform_waits_for_a_catalogue():
    publish_when_due(at=AUTUMN)
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("day", "quarter", "words"),
    [
        (date(2026, 1, 1), "2026Q1", "2026 年第一季度"),
        (date(2026, 6, 30), "2026Q2", "2026 年第二季度"),
        (date(2026, 7, 1), "2026Q3", "2026 年第三季度"),
        (date(2026, 12, 31), "2026Q4", "2026 年第四季度"),
    ],
)
def test_quarters(day, quarter, words):
    assert quarters.quarter_of(day) == quarter
    assert quarters.quarter_of(quarters.first_day(quarter)) == quarter
    with translation.override("zh-hans"):
        assert quarters.words(quarter) == words


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20x"],
)
def test_no_cell_is_a_formula(text):
    assert files.harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "食品经营许可", "1 个工作日", "0753-2000000", "甲=乙"])
def test_other_cells_stay_as_they_are(text):
    assert files.harmless(text) == text


def test_csv_opens_in_excel():
    rows = [
        row("a", '=HYPERLINK("http://x")', "带，逗号,\n和换行"),
        *(row(f"r{n}", "长" * 500, "一") for n in range(200)),
    ]
    text = "".join(files.csv_of(HEADS, rows))
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))

    assert text.startswith("\ufeff事项名称,承诺时限\r\n")
    assert lines[1] == ['\'=HYPERLINK("http://x")', "带，逗号,\n和换行"]
    assert len(lines) == 202


def test_changes_as_csv_say_what_was_and_what_is():
    changes = compare("2026Q3", HEADS, HEADS, [row("a"), row("b")], [row("a", "甲", "二"), row("c", "丙", "一")])
    lines = list(csv.reader(io.StringIO("".join(files.changes_csv(HEADS, changes)).removeprefix("\ufeff"))))

    assert lines[1:] == [
        ["新增", "丙", "某局", "", "", ""],
        ["取消", "甲", "某局", "", "", ""],
        ["变更", "甲", "某局", "承诺时限", "一", "二"],
    ]


def test_json_names_the_columns():
    catalog.release(catalog.small())
    entry = files.row_json(published.heads_of("items"), current_rows("items")[0], "https://x")

    assert entry["guide"] == "https://x/items/small-item/"
    assert entry["values"]["limit"] == "5 个工作日"
    assert entry.keys() == {"key", "item", "guide", "agency", "agency_name", "levels", "values"}


def test_the_digest_tells_whether_a_file_is_the_one_published():
    catalog.release(catalog.small())
    made = publish()["items"]

    assert made.digest == publishing.digest_of(published.heads_of("items"), current_rows("items"))
