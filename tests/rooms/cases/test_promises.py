"""Secondary material that comes later (容缺): a letter, a notice with its day, a reminder, and what follows."""

from __future__ import annotations

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.applications import queries as drafts
from yimen.applications.choices import Channel, Presented
from yimen.cases import commands
from yimen.cases.commands.deciding import StillOwed
from yimen.cases.queries import of_number
from yimen.cases.tasks import follow_promises
from yimen.law.resolution import Way
from yimen.notices.models import Message

pytestmark = pytest.mark.django_db

DAY = at("2026-03-02")


@pytest.fixture
def edition(town):
    return town.release("food-business-licence", tolerance_days=5)


@pytest.fixture
def key(edition):
    return next(each.key for each in edition.doc.materials if each.necessity.value == "容缺")


@pytest.fixture
def case(town, edition, key):
    """Accepted, with a promise to bring the health certificates by 2026-03-09."""
    draft = walk.apply_for(town, edition, at=DAY)
    owner = town.act("owner", DAY)
    for each in draft.documents.filter(material=key):
        applications.remove(each, by=owner, at=DAY)
    applications.attach(draft, key, presented=Presented.PROMISE, by=owner, at=DAY)
    applications.submit(draft, by=owner, at=DAY)
    return commands.accept(of_number(draft.number), by=town.act("clerk", DAY), at=DAY)


def told(case):
    return list(Message.objects.filter(about=case.number).order_by("id").values_list("title", flat=True))


def test_both_sides_have_a_paper_with_the_day(case):
    kinds = walk.paper_kinds(case)

    assert {"L", "M"} <= set(kinds)
    assert walk.paper(case, "M")["materials"][0]["until"] == "2026-03-09"


def test_two_working_days_before_its_day_one_is_reminded_once(case):
    assert follow_promises(at=at("2026-03-04T07:30")) == (0, 0)
    assert follow_promises(at=at("2026-03-05T07:30")) == (1, 0)

    follow_promises(at=at("2026-03-05T08:30"))

    assert told(case).count("承诺后补的材料快到期了") == 1


def test_what_came_in_time_is_neither_recalled_nor_held_against_anybody(town, case, key):
    owner = town.act("owner", at("2026-03-04"))
    applications.attach(case.application, key, upload=("a.pdf", walk.PDF), by=owner, at=at("2026-03-04"))

    assert follow_promises(at=at("2026-03-10T07:30")) == (0, 0)
    assert drafts.owed(of_number(case.number).application) == []


def test_what_did_not_come_is_noted_blocks_the_grant_and_bars_promises_for_a_year(town, edition, case, key):
    follow_promises(at=at("2026-03-10T07:30"))
    walk.opine_all(town, case, at=at("2026-03-10"))
    chief, later = town.act("chief", at("2026-03-10")), at("2026-03-11")

    with pytest.raises(StillOwed):
        commands.decide(of_number(case.number), outcome="grant", reason="符合。", by=chief, at=at("2026-03-10"))
    commands.decide(of_number(case.number), outcome="deny", reason="材料没有补齐。", by=chief, at=at("2026-03-10"))
    again = applications.begin(
        edition=edition, subject=town.firm, channel=Channel.WEB, by=town.act("owner", later), at=later
    )

    assert told(case).count("承诺后补的材料没有按期补交") == 1
    assert drafts.resolution_of(again, key, later).way is Way.UPLOAD
    with pytest.raises(applications.ToleranceNotOpen):
        applications.attach(again, key, presented=Presented.PROMISE, by=town.act("owner", later), at=later)
    next_year = at("2027-03-12")
    assert drafts.resolution_of(again, key, next_year).way is Way.TOLERATED
