"""A case is handed up to the body that decides, or turns out to be invalid in itself."""

from __future__ import annotations

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.cases import commands as cases
from yimen.cases.access import NotYourDuty, WrongState
from yimen.cases.commands.moving import Unlawful
from yimen.ledger.queries import faults
from yimen.papers.queries import last_of
from yimen.results import commands as results
from yimen.review import queries as tasks
from yimen.vault.queries import check, held_by

pytestmark = pytest.mark.django_db

NOON = at("2026-03-05 12:00")


@pytest.fixture
def edition(town):
    return town.release("food-business-licence")


def forward(town, case, *, body="岭东市市场监督管理局", who="chief", reason="应由上级机关决定。"):
    return cases.forward(case, body=body, reason=reason, by=town.act(who, NOON), at=NOON)


def void(town, case, *, who="chief", reason="重复申请。"):
    return cases.void(case, reason=reason, by=town.act(who, NOON), at=NOON)


def test_a_forwarded_case_names_the_body_and_ends_here(town, edition):
    case = forward(town, walk.accepted(town, edition, at=at("2026-03-03")))

    assert (case.state, case.competent_body, walk.running(case)) == ("forwarded", "岭东市市场监督管理局", {})
    assert [task.dropped_at for task in tasks.of(case)] == [NOON]
    paper = walk.paper(case, "T")
    assert (paper["cause"], paper["competent_body"]) == ("forwarded", "岭东市市场监督管理局")
    assert list(faults()) == []


def test_forwarding_needs_a_body_a_reason_and_the_leader(town, edition):
    case = walk.accepted(town, edition, at=at("2026-03-03"))

    with pytest.raises(Unlawful):
        forward(town, case, body="")
    with pytest.raises(Unlawful):
        forward(town, case, reason="")
    with pytest.raises(NotYourDuty):
        forward(town, case, who="reviewer")
    with pytest.raises(WrongState):
        forward(town, walk.received(town, edition, at=at("2026-03-03")))


@pytest.mark.parametrize("walked", [walk.received, walk.accepted, walk.reviewed])
def test_a_case_may_be_void_at_any_time(town, edition, walked):
    case = void(town, walked(town, edition, at=at("2026-03-03")))

    assert (case.state, case.reason, walk.running(case)) == ("void", "重复申请。", {})
    assert {task.is_open for task in tasks.of(case)} <= {False}
    assert list(faults()) == []


def test_void_after_the_issue_takes_the_licence_and_the_decision_back(town, edition):
    case = walk.decided(town, edition, at=at("2026-03-03"))
    results.issue(case, by=town.act("deliverer", at("2026-03-04")), at=at("2026-03-04"))
    licence = held_by([town.firm.pk]).get()
    assert check(licence, at("2026-03-04")).valid

    case = void(town, case, reason="以欺骗手段取得。")

    licence = held_by([town.firm.pk]).get()
    assert (case.state, licence.state, licence.ended_why, check(licence, NOON).valid) == (
        "void", "revoked", "以欺骗手段取得。", False,
    )  # fmt: skip
    assert last_of(case.number, ["H"]).withdrawn_at == NOON
    assert list(faults()) == []


def test_a_drawn_up_licence_of_a_void_case_is_never_signed(town, edition):
    case = void(town, walk.decided(town, edition, at=at("2026-03-03")))

    with pytest.raises(WrongState):
        results.issue(case, by=town.act("deliverer", NOON), at=NOON)
    assert list(held_by([town.firm.pk])) == []


def test_void_needs_a_reason_and_the_leader_and_an_open_case(town, edition):
    case = walk.received(town, edition, at=at("2026-03-03"))

    with pytest.raises(Unlawful):
        void(town, case, reason="")
    with pytest.raises(NotYourDuty):
        void(town, case, who="clerk")
    with pytest.raises(WrongState):
        void(town, walk.closed(town, edition, at=at("2026-03-03")))
