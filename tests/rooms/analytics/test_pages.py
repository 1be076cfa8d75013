"""The pages of savings: each number is the sum of its rows, and everybody sees what their post reaches."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from tests.builders import jobs, walk
from tests.builders.desk import statuses, text
from yimen.analytics.models import MaterialTally, Tally
from yimen.analytics.queries import span, spans

PAGES = ("/desk/savings/", "/desk/savings/materials/", "/desk/savings.csv", "/desk/savings/materials.csv")


@pytest.fixture
def counted(town, edition):
    for day in ("2026-01-12", "2026-02-26", "2026-02-27"):
        walk.received(town, edition, at=walk.at(day))
    jobs.run()


@pytest.mark.parametrize("page", PAGES)
def test_who_watches_manages_decides_or_writes_reads_the_figures(visit, town, page):
    roles = ("supervisor", "hall", "chief", "editor", "admin", "clerk", "reviewer", "citizen", "")
    expected = dict.fromkeys(roles[:5], 200) | {"clerk": 403, "reviewer": 403, "citizen": 403, "nobody": 302}

    assert statuses(visit, page, *roles) == expected


def test_an_empty_city_says_why_there_is_nothing(visit, town):
    supervisor = visit("supervisor")

    assert "还没有可以统计的申请" in text(supervisor.get("/desk/savings/"))
    assert "还没有可以分析的材料" in text(supervisor.get("/desk/savings/materials/"))


def test_the_city_its_agency_and_the_file_tell_the_same_figures(visit, town, counted):
    supervisor = visit("supervisor")
    spared = sum(Tally.objects.values_list("spared", flat=True))

    page = text(supervisor.get("/desk/savings/"))
    office = text(supervisor.get(f"/desk/savings/?agency={town.agency.code}"))
    lines = list(csv.DictReader(io.StringIO(supervisor.get("/desk/savings.csv").getvalue().decode("utf-8-sig"))))

    assert "3 件申请" in page
    assert "3 件申请" in office
    assert "食品经营许可" in office
    assert [(line["标识"], line["申请"], line["免提交"]) for line in lines] == [(town.agency.code, "3", str(spared))]


def test_a_time_is_chosen_by_year_quarter_and_month(visit, town, counted):
    supervisor = visit("supervisor")

    assert "2 件申请" in text(supervisor.get("/desk/savings/?period=2026-02"))
    assert "3 件申请" in text(supervisor.get("/desk/savings/?period=2026Q1"))
    assert "还没有可以统计的申请" in text(supervisor.get("/desk/savings/?period=2025"))
    assert "3 件申请" in text(supervisor.get("/desk/savings/?period=<script>"))


def test_an_agency_beyond_the_post_is_not_there(visit, town, counted):
    assert visit("chief").get("/desk/savings/?agency=XX-elsewhere").status_code == 404
    assert visit("chief").get("/desk/savings/materials/?agency=XX-elsewhere").status_code == 404


def test_materials_are_ranked_and_those_that_are_nearly_always_here_are_named(visit, town, edition, counted):
    tally = MaterialTally.objects.order_by("id").first()
    MaterialTally.objects.filter(pk=tally.pk).update(way="licence", count=40)

    page = text(visit("editor").get("/desk/savings/materials/"))

    assert "可以改为免提交" in page
    assert page.index("可以考虑取消的材料") < page.index(tally.name) < page.index("复用最多的材料")


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("2026", "2026-01-01", "2027-01-01"), ("2026Q4", "2026-10-01", "2027-01-01"),
        ("2026-12", "2026-12-01", "2027-01-01"), ("2026Q1", "2026-01-01", "2026-04-01"),
    ],
)  # fmt: skip
def test_a_span_of_time(asked, first, end):
    found = span(asked)

    assert found is not None
    assert (found.first.isoformat(), found.end.isoformat()) == (first, end)


@pytest.mark.parametrize("asked", ["", "26", "2026Q5", "2026-13", "2026-1", "２０２６", "2026Q1x"])
def test_what_is_no_time_is_none(asked):
    assert span(asked) is None


def test_the_times_that_can_be_chosen_are_those_of_which_there_are_figures():
    found = [each.key for each in spans([date(2025, 12, 1), date(2026, 2, 1)])]

    assert found == ["2026", "2025", "2026Q1", "2025Q4", "2026-02", "2025-12"]
