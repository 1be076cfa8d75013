"""What a request costs in statements: constant in the number of rows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import walk

# Three of each: the token with its account, the posts held, the agencies they reach. Savepoints are not counted.
BUDGETS = {"items": 4, "me": 5, "applications": 4, "cases": 6, "cards": 5}


def statements(program, path, **query):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = program.get(path, **query)
    assert answer.status_code == 200, answer.content
    return [each["sql"] for each in captured if "SAVEPOINT" not in each["sql"]]


@pytest.mark.parametrize("path", BUDGETS)
def test_a_list_costs_the_same_with_one_row_and_with_many(program, town, clock, edition, path):
    who = program("owner" if path == "applications" else "clerk")
    walk.received(town, edition, at=clock.at)
    walk.apply_for(town, edition, at=clock.at)
    first = statements(who, path)
    few = statements(who, path)
    for _ in range(4):
        walk.received(town, edition, at=clock.at)
        walk.apply_for(town, edition, at=clock.at)
    many = statements(who, path)

    assert len(few) == len(many) <= BUDGETS[path], "\n".join(many)
    assert len(first) >= len(few)


def test_a_case_costs_the_same_however_long_its_story(program, town, clock, edition):
    young, old = walk.received(town, edition, at=clock.at), walk.closed(town, edition, at=clock.at)
    chief = program("chief")
    chief.get(f"cases/{young.number}")

    costs = {case.state: statements(chief, f"cases/{case.number}") for case in (young, old)}

    assert max(len(each) for each in costs.values()) <= 24, "\n".join(max(costs.values(), key=len))


def test_a_story_costs_the_same_however_long(program, town, clock, edition):
    young, old = walk.received(town, edition, at=clock.at), walk.closed(town, edition, at=clock.at)

    costs = [len(statements(program("owner"), f"cases/{case.number}/timeline")) for case in (young, old)]

    assert costs[0] == costs[1] <= 6


def test_a_list_goes_on_where_it_stopped(program, town, clock, edition):
    numbers = [walk.received(town, edition, at=clock.at).number for _ in range(5)]
    owner, seen, cursor = program("owner"), [], None

    while True:
        page = owner.get("cases", size=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [each["number"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert seen == numbers[::-1]
