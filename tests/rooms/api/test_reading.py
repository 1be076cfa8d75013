"""Items, the due-date calculator, cards, oneself: what is read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import walk
from tests.rooms.api.test_problems import problem
from yimen.supervision.commands import sweep


def test_items_are_found_in_everyday_words_and_page_by_page(program, town, edition):
    for slug in ("social-security-card", "hukou-migration"):
        town.release(slug)

    first = program().get("items", size=2).json()
    rest = program().get("items", size=2, cursor=first["next"]).json()
    found = program().get("items", q="我想开餐饮店，办食品经营许可").json()

    assert len({each["slug"] for each in first["items"] + rest["items"]}) == 3
    assert rest["next"] is None
    assert found["items"][0]["slug"] == edition.item.slug
    assert {"slug", "name", "kind", "department", "edition", "promised_days"} <= set(found["items"][0])


def test_an_item_is_shown_with_everything_its_edition_says(program, edition):
    shown = program().get(f"items/{edition.item.slug}").json()

    assert shown["edition"] == 1
    assert [each["key"] for each in shown["materials"]] == [each.key for each in edition.doc.materials]
    assert {"legal_basis", "steps", "form_fields", "faq", "fee", "results"} <= set(shown)
    problem(program().get("items/no-such-item"), 404, "no_such_item")


def test_the_calculator_reckons_like_the_law(program, db):
    answer = (
        program()
        .call("GET", "public/due?opened=2026-03-02&limit=20&unit=working_day&pause=2026-03-09..2026-03-13&extension=0")
        .json()
    )

    assert answer["due"] == "2026-04-07"
    assert answer["not_counted"][1] == {"first": "2026-03-09", "last": "2026-03-13", "reason": "暂停计时"}
    assert answer["reckoning"][0] == "从2026年3月2日起算，当日不计入；期限20个工作日。"


def test_the_calculator_knows_hours_and_months(program, db):
    hours = program().get("public/due", opened="2026-03-02T11:00", limit=2, unit="hour").json()
    months = program().get("public/due", opened="2026-01-31", limit=1, unit="month").json()

    assert hours["due_at"] == "2026-03-02T15:30:00+08:00"
    assert months["due"] == "2026-02-28"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("opened=yesterday&limit=1", "opened"),
        ("opened=1800-01-01&limit=1", "opened"),
        ("opened=2026-03-02&limit=-1", "limit"),
        ("opened=2026-03-02&limit=99999", "limit"),
        ("opened=2026-03-02&limit=1&unit=week", "unit"),
        ("opened=2026-03-02&limit=1&pause=2026-03-09", "pause"),
        ("opened=2026-03-02&limit=1&pause=2026-03-09..2026-03-01", "pause"),
        ("opened=2026-03-02", "limit"),
    ],
)
def test_the_calculator_names_what_it_can_t_reckon_with(program, db, query, field):
    errors = problem(program().call("GET", f"public/due?{query}"), 422, "invalid")["errors"]

    assert [each["field"] for each in errors] == [field]


def test_cards_are_listed_by_level_and_case(program, town, edition, clock):
    late, other = (walk.received(town, edition, at=clock.at) for _ in range(2))
    walk.received(town, edition, at=clock.at + timedelta(days=1))
    sweep(at=walk.at("2026-03-09 09:00"))
    supervisor = program("supervisor")

    everything = supervisor.get("cards").json()["items"]
    of_one = supervisor.get("cards", case=late.number, level="warning").json()["items"]

    assert {late.number, other.number} <= {each["case"] for each in everything}
    assert {(each["case"], each["level"]) for each in of_one} == {(late.number, "warning")}
    problem(supervisor.get("cards", level="green"), 422, "invalid")


def test_a_program_learns_who_it_is_and_for_whom_it_may_act(program, town):
    owner, clerk = program("owner").get("me").json(), program("clerk").get("me").json()

    assert owner["subject"]["number"] == town.owner.number
    assert [each["number"] for each in owner["principals"]] == [town.firm.number]
    assert (clerk["duties"], clerk["principals"]) == (["clerk"], [])


def test_lists_of_cases_are_filtered(program, town, edition, clock):
    received, accepted = walk.received(town, edition, at=clock.at), walk.accepted(town, edition, at=clock.at)
    clerk = program("clerk")

    def numbers(**query):
        return [each["number"] for each in clerk.get("cases", **query).json()["items"]]

    assert numbers(state="received") == [received.number]
    assert numbers(state="received,accepted") == [accepted.number, received.number]
    assert numbers(item=edition.item.slug) == [accepted.number, received.number]
    assert numbers(item="other") == []
    assert numbers(due_before="2026-03-02") == []
    assert numbers(due_before="2030-01-01") == [accepted.number, received.number]
    assert numbers(mine="true") == []


def test_states_may_be_repeated_and_empty_filters_are_none(program, town, edition, clock):
    received, accepted = (make(town, edition, at=clock.at).number for make in (walk.received, walk.accepted))
    walk.decided(town, edition, at=clock.at)
    chief = program("chief")

    def numbers(query):
        return {each["number"] for each in chief.get(f"cases?{query}").json()["items"]}

    assert numbers("state=received,accepted") == numbers("state=received&state=accepted") == {received, accepted}
    assert numbers("state=&item=&mine=&due_before=&cursor=&size=") == numbers("") > {received, accepted}
    assert chief.get("items?q=&department=&theme=&subject=&cursor=").json() == chief.get("items").json()
    assert chief.get("cards?level=&case=").status_code == 200


def test_a_paper_is_read_as_pdf(program, town, edition, clock):
    case = walk.received(town, edition, at=clock.at)
    paper = program("owner").get(f"cases/{case.number}/papers").json()["items"][0]

    answer = program("owner").client.get(paper["pdf"], headers={"Authorization": f"Bearer {program('owner').token}"})

    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")
    assert answer.headers["Content-Type"] == "application/pdf"


def test_html_in_a_text_comes_back_as_text(program, edition, firm):
    owner, hostile = program("owner"), "<script>alert(1)</script>"
    number = owner.post("applications", {"item": edition.item.slug, "subject": firm}).json()["number"]
    name = next(field.name for field in edition.doc.form_fields if field.kind == "text")

    answer = owner.put(f"applications/{number}/answers", {"answers": {name: hostile}})

    assert answer.json()["answers"][name] == hostile
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
