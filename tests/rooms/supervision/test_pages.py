"""The board: each number opens its list, and the list has as many rows."""

from __future__ import annotations

import re

from tests.builders import walk
from tests.builders.desk import statements, statuses, text
from yimen.supervision.commands import sweep
from yimen.supervision.models import Card


def test_supervisors_watch_chiefs_see_their_own_others_nothing(visit, town):
    assert statuses(visit, "/desk/supervision/", "supervisor", "chief", "clerk", "citizen", "") == {
        "supervisor": 200, "chief": 200, "clerk": 403, "citizen": 403, "nobody": 302,
    }  # fmt: skip


def test_each_number_opens_a_list_with_as_many_rows(visit, town, edition, at):
    walk.accepted(town, edition, at=walk.at("2026-01-05"))
    walk.received(town, edition, at=walk.at("2026-02-27"))
    sweep(at=at)
    supervisor = visit("supervisor")

    board = text(supervisor.get("/desk/supervision/"))
    numbers = {
        address: int(number)
        for address, number in re.findall(r'<a href="([^"]+)"><span class="stat__number">(\d+)</span>', board)
    }

    assert numbers["/desk/supervision/due/?overdue=1"] == 1
    assert numbers["/desk/supervision/cards/?level=red"] >= 1
    for address, number in numbers.items():
        assert text(supervisor.get(address)).count("<tr data-open") == number, address


def test_the_coming_days_show_what_falls_due_and_each_number_opens_its_list(visit, town, edition, at):
    walk.received(town, edition, at=walk.at("2026-02-27"))  # due on Thursday 5 March
    supervisor = visit("supervisor")

    board = text(supervisor.get("/desk/supervision/"))

    days = re.findall(r"\?day=([\d-]+)&amp;agency=(\d+)\">(\d+)<", board)
    assert days == [("2026-03-05", str(town.agency.pk), "1")]
    listed = text(supervisor.get(f"/desk/supervision/due/?day=2026-03-05&agency={town.agency.pk}"))
    assert listed.count("<tr data-open") == 1
    assert "3月5日（周四）到期的办件" in listed
    assert "这一天没有到期的办件" in text(supervisor.get("/desk/supervision/due/?day=2026-03-06"))
    assert supervisor.get("/desk/supervision/due/?day=2026-13-40").status_code == 200


def test_a_card_tells_the_facts_it_was_issued_on(visit, town, edition, at):
    case = walk.accepted(town, edition, at=walk.at("2026-01-05"))
    sweep(at=at)
    card = Card.objects.filter(level="red").first()

    page = text(visit("supervisor").get(f"/desk/supervision/cards/{card.pk}/"))

    assert card.reason in page
    assert case.number in page
    assert "已超期" in page
    assert visit("supervisor").get("/desk/supervision/cards/999999/").status_code == 404


def test_the_case_shows_its_cards_to_staff(visit, town, edition, at):
    case = walk.accepted(town, edition, at=walk.at("2026-01-05"))
    sweep(at=at)

    assert "预警和红黄牌" in text(visit("clerk").get(f"/desk/cases/{case.number}/"))


def test_an_empty_board_says_that_it_is_well(visit, town):
    assert "没有在办的办件" in text(visit("supervisor").get("/desk/supervision/"))
    assert "没有超期的办件" in text(visit("supervisor").get("/desk/supervision/due/?overdue=1"))
    assert "没有发过这种牌" in text(visit("supervisor").get("/desk/supervision/cards/?level=red"))


def test_the_board_costs_the_same_with_one_case_and_with_many(visit, town, edition, at):
    supervisor = visit("supervisor")
    walk.accepted(town, edition, at=walk.at("2026-01-05"))
    sweep(at=at)
    paths = ("/desk/supervision/", "/desk/supervision/due/?overdue=1", "/desk/supervision/cards/")
    one = [statements(supervisor, path) for path in paths]
    for _ in range(3):
        walk.accepted(town, edition, at=walk.at("2026-01-05"))
    sweep(at=at)

    assert [statements(supervisor, path) for path in paths] == one
