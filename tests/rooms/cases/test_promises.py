"""Secondary material that comes later (容缺): a letter, a notice with its day, a reminder, and what follows."""

from __future__ import annotations

import pytest

from tests.builders import jobs, walk
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.applications import queries as drafts
from yimen.applications.choices import Channel, Presented
from yimen.cases import commands
from yimen.cases.access import NothingBroken, NotYourDuty
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


def test_who_decides_may_return_what_was_promised_and_never_came(town, case, client):
    client.force_login(town.users["chief"])
    address = f"/desk/cases/{case.number}/return/"
    before = client.get(f"/desk/cases/{case.number}/").content.decode()
    follow_promises(at=at("2026-03-10T07:30"))

    task = client.get("/desk/promises/").content.decode()
    offered = client.get(f"/desk/cases/{case.number}/").content.decode()
    page = client.get(address).content.decode()
    posted = client.post(address, {"reason": "承诺3月9日前补交的健康证明至今没有补交。"})

    assert address not in before
    assert all(words in task for words in (case.number, "已告知逾期", "健康证明"))
    assert address in offered
    assert "经提醒至今没有补交" in page
    assert posted.status_code == 302
    assert of_number(case.number).state == "returned"
    assert walk.paper(case, "T")["reason"].startswith("承诺3月9日前")
    jobs.run()
    assert told(case)[-1] == "申请已退回"
    assert "没有等待补交的容缺材料" in client.get("/desk/promises/").content.decode()


@pytest.mark.parametrize("when", ["before its day", "when it came after all", "where the city knows no return"])
def test_an_accepted_case_is_returned_for_nothing_else(town, case, key, settings, when):
    chief, day = town.act("chief", at("2026-03-10")), at("2026-03-10T09:00")
    if when != "before its day":
        follow_promises(at=at("2026-03-10T07:30"))
    if when == "when it came after all":
        applications.attach(case.application, key, upload=("a.pdf", walk.PDF), by=town.act("owner", day), at=day)
    settings.YIMEN_TOLERANCE_RETURN = when != "where the city knows no return"

    with pytest.raises(NothingBroken):
        commands.return_unkept(of_number(case.number), reason="没有补交。", by=chief, at=day)


@pytest.mark.parametrize("who", ["clerk", "clerk2", "reviewer", "deliverer", "owner", "stranger"])
def test_nobody_but_who_decides_returns_it(town, case, who):
    follow_promises(at=at("2026-03-10T07:30"))
    day = at("2026-03-10T09:00")

    with pytest.raises(NotYourDuty):
        commands.return_unkept(of_number(case.number), reason="没有补交。", by=town.act(who, day), at=day)


def test_who_decides_is_told_of_it_on_the_decisions_page(town, case, client):
    follow_promises(at=at("2026-03-10T07:30"))
    walk.opine_all(town, case, at=at("2026-03-10"))
    client.force_login(town.users["chief"])

    page = client.get(f"/desk/cases/{case.number}/decide/").content.decode()

    assert "没有按期补交，不能准予" in page
