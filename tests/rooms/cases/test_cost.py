"""What a case costs the database: statements are what a busy house runs out of first."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import catalog, walk
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.cases import commands as cases
from yimen.cases.choices import Outcome
from yimen.cases.queries import of_number
from yimen.results import commands as results
from yimen.results.choices import Way
from yimen.review import commands as review
from yimen.review.choices import Opinion
from yimen.review.queries import of as tasks_of

pytestmark = pytest.mark.django_db

DAY = at("2026-03-03")
STEPS = [
    {"name": "受理", "role": "窗口"},
    {"name": "书面审查", "role": "审查岗", "days": 3},
    {"name": "现场核查", "role": "审查岗", "days": 3, "parallel_with_previous": True},
    {"name": "决定", "role": "负责人"},
]


@pytest.fixture
def edition(town):
    """Twenty fields, two reviews side by side, one licence."""
    fields = [catalog.field(f"f{number:02d}") for number in range(20)]
    return town.release("food-business-licence", form_fields=fields, steps=STEPS, materials=[])


@pytest.fixture
def warm(town, edition):
    """The process has walked one case before."""
    return walk.closed(town, edition, at=DAY)


def cost(*calls):
    """All statements, those that begin and end a transaction included."""
    with CaptureQueriesContext(connection) as said:
        for call in calls:
            call()
    return len(said)


def test_a_five_step_case_costs_at_most_sixty_statements(town, edition, warm):
    case = walk.received(town, edition, at=DAY)
    by = {name: town.act(name, DAY) for name in ("clerk", "reviewer", "reviewer2", "chief", "deliverer")}

    accepted = cost(lambda: cases.accept(case, by=by["clerk"], at=DAY))
    one, other = (task.pk for task in tasks_of(case))
    side_by_side = cost(
        lambda: review.opine(case, task=one, opinion=Opinion.AGREE, text="符合。", by=by["reviewer"], at=DAY),
        lambda: review.opine(case, task=other, opinion=Opinion.AGREE, text="符合。", by=by["reviewer2"], at=DAY),
    )
    decided = cost(lambda: cases.decide(case, outcome=Outcome.GRANT, reason="符合。", by=by["chief"], at=DAY))
    delivered = cost(
        lambda: results.issue(case, by=by["deliverer"], at=DAY),
        lambda: results.deliver(case, way=Way.ELECTRONIC, by=by["deliverer"], at=DAY),
    )

    assert walk.again(case).state == "closed"
    assert accepted + side_by_side + decided + delivered <= 60, (accepted, side_by_side, decided, delivered)


def test_a_submission_costs_at_most_sixteen_statements_however_many_fields(town, edition, warm):
    application = walk.apply_for(town, edition, at=DAY)
    owner = town.act("owner", DAY)

    assert cost(lambda: applications.submit(application, by=owner, at=DAY)) <= 16


def test_filling_in_costs_the_same_for_one_answer_and_for_twenty(town, edition, warm):
    application = walk.apply_for(town, edition, at=DAY)
    owner = town.act("owner", DAY)

    one = cost(lambda: applications.answer(application, {"f01": "一"}, by=owner, at=DAY))
    twenty = cost(lambda: applications.answer(application, {f"f{n:02d}": "二十" for n in range(20)}, by=owner, at=DAY))

    assert one == twenty <= 7


def test_a_case_with_many_documents_costs_no_more_to_submit_and_accept(town):
    few = town.release("food-business-licence")
    walk.closed(town, few, at=DAY)
    materials = [each.model_dump(mode="json", by_alias=True) for each in few.doc.materials]
    more = [materials[0] | {"name": f"材料{number}", "key": f"x{number:02d}"} for number in range(20)]

    costs = []
    for release in (lambda: few, lambda: town.release("food-business-licence", materials=[*materials, *more])):
        edition = release()
        application = walk.apply_for(town, edition, at=DAY)
        owner, clerk = town.act("owner", DAY), town.act("clerk", DAY)
        submitted = cost(lambda: applications.submit(application, by=owner, at=DAY))  # noqa: B023
        case = of_number(application.number)
        costs.append((submitted, cost(lambda: cases.accept(case, by=clerk, at=DAY))))  # noqa: B023

    assert costs[0] == costs[1]
