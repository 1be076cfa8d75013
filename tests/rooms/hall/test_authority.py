"""A window acts for an agency only where, when and as far as the agency has entrusted it. (许可法 24)"""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.applications.access import WindowNotAuthorised
from yimen.applications.choices import Channel
from yimen.cases import commands as cases
from yimen.cases.access import NotYourWindow
from yimen.hall import commands
from yimen.hall.models import WindowAuthorisation
from yimen.hall.queries import Authority, agencies_served, authority
from yimen.kit.errors import Forbidden, Invalid
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db

ITEM = "food-business-licence"


@pytest.fixture
def bare(db):
    """A town whose window nobody has entrusted with anything."""
    return walk.town(entrusted=False)


def entrust(bare, *, who="hall", when="2026-03-01", **how):
    facts = {"since": date(2026, 3, 2), "document_no": "委托〔2026〕3号"} | how
    return commands.authorise(
        window=bare.window, agency=bare.agency.pk, by=bare.act(who, at(when)), at=at(when), **facts
    )


def may(bare, day, slug=ITEM):
    return authority(window=bare.window, agency=bare.agency.pk, slug=slug, day=day)


def test_it_begins_and_ends_on_its_days(bare):
    entrust(bare, until=date(2026, 3, 31))

    assert {day: may(bare, date(2026, *day)).accepts for day in ((3, 1), (3, 2), (3, 31), (4, 1))} == {
        (3, 1): False, (3, 2): True, (3, 31): True, (4, 1): False,
    }  # fmt: skip
    assert agencies_served(bare.window, date(2026, 3, 15)) == [bare.agency.pk]


def test_it_may_name_items_and_let_decide(bare):
    entrust(bare, items=[ITEM])
    entrust(bare, items=["birth-service-registration"], decides_instant=True)

    day = date(2026, 3, 2)
    assert [may(bare, day, slug) for slug in (ITEM, "birth-service-registration", "eia-approval")] == [
        Authority(accepts=True, decides=False),
        Authority(accepts=True, decides=True),
        Authority(accepts=False, decides=False),
    ]


def test_nobody_at_no_window_has_authority(bare):
    assert authority(window=None, agency=bare.agency.pk, slug=ITEM, day=date(2026, 3, 2)) == Authority(False, False)


def test_without_it_a_clerk_neither_takes_in_nor_accepts(bare):
    edition = bare.release(ITEM)
    case = walk.received(bare, edition, at=at("2026-03-02"))

    with pytest.raises(WindowNotAuthorised):
        walk.apply_for(bare, edition, at=at("2026-03-02"), who="clerk", channel=Channel.WINDOW)
    with pytest.raises(NotYourWindow):
        cases.accept(case, by=bare.act("clerk", at("2026-03-02")), at=at("2026-03-02"))

    entrust(bare)
    assert cases.accept(case, by=bare.act("clerk", at("2026-03-02")), at=at("2026-03-02")).state == "accepted"


def test_what_was_accepted_stays_accepted_when_it_ends(bare):
    given, edition = entrust(bare), bare.release(ITEM)
    case = walk.accepted(bare, edition, at=at("2026-03-02"))
    other = walk.received(bare, edition, at=at("2026-03-02"))
    hall, when = bare.act("hall", at("2026-03-03")), at("2026-03-03")

    commands.withdraw(given, until=date(2026, 3, 3), reason="窗口调整。", by=hall, at=when)

    assert walk.again(case).state == "accepted"
    with pytest.raises(NotYourWindow):
        cases.accept(other, by=bare.act("clerk", at("2026-03-04")), at=at("2026-03-04"))


@pytest.mark.parametrize("who", ["clerk", "reviewer", "deliverer", "supervisor", "editor", "owner", "stranger"])
def test_no_window_entrusts_itself(bare, who):
    with pytest.raises(Forbidden):
        entrust(bare, who=who)

    assert WindowAuthorisation.objects.count() == 0


@pytest.mark.parametrize("who", ["hall", "admin", "chief"])
def test_the_agencys_leader_and_those_who_run_the_hall_do(bare, who):
    given = entrust(bare, who=who)

    assert given.since == date(2026, 3, 2)
    (line,) = [line for line in story(f"window:{bare.window}") if line.verb == "authorised"]
    assert (line.ground, line.facts["agency"]) == ("委托〔2026〕3号", bare.agency.pk)


def test_it_never_ends_before_it_begins(bare):
    with pytest.raises(Invalid):
        entrust(bare, until=date(2026, 3, 1))
    given = entrust(bare)
    with pytest.raises(Invalid):
        commands.withdraw(given, until=date(2026, 3, 1), reason="错了。", by=walk.SYSTEM, at=at("2026-03-03"))


def test_one_paper_may_entrust_for_several_agencies(bare):
    facts = {"since": date(2026, 3, 2), "document_no": "委托〔2026〕4号", "decides_instant": True}
    hall, clerk = bare.act("hall", at("2026-03-01")), bare.act("clerk", at("2026-03-01"))

    with pytest.raises(Forbidden):
        commands.authorise_for_all(
            window=bare.window, agencies=[bare.agency.pk], by=clerk, at=at("2026-03-01"), **facts
        )
    commands.authorise_for_all(window=bare.window, agencies=[bare.agency.pk], by=hall, at=at("2026-03-01"), **facts)

    assert may(bare, date(2026, 3, 1)) == Authority(accepts=False, decides=False)
    assert may(bare, date(2026, 3, 2)) == Authority(accepts=True, decides=True)
    assert [line.verb for line in story(f"window:{bare.window}")] == ["authorised"]
