"""Not taken on: another body is competent (不予受理), or no permission is needed at all (不受理). (许可法 32)"""

from __future__ import annotations

import pytest

from tests.builders import jobs, walk
from tests.builders.walk import at
from yimen.cases import commands as cases
from yimen.cases.commands.moving import Unlawful
from yimen.cases.queries import timeline
from yimen.ledger.queries import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town):
    return walk.received(town, town.release("food-business-licence"), at=at("2026-03-02"))


def test_a_refusal_says_why_and_where_to_turn(town, case):
    clerk, when = town.act("clerk", at("2026-03-03")), at("2026-03-03")

    case = cases.refuse(case, reason="经营场所在梅县区。", competent_body="梅县区市场监督管理局", by=clerk, at=when)

    assert (case.state, case.closed_at, case.due_on, walk.running(case)) == ("refused", when, None, {})
    paper = walk.paper(case, "E")
    assert (paper["reason"], paper["competent_body"]) == ("经营场所在梅县区。", "梅县区市场监督管理局")
    assert (paper["remedies"]["reconsider_days"], paper["remedies"]["sue_months"]) == (60, 6)
    told = timeline(case, town.act("owner", when), when)[-1]
    assert told.text == "申请不予受理。理由：经营场所在梅县区。请向梅县区市场监督管理局申请。"
    jobs.run()
    assert jobs.told(town.firm)[-1] == ("申请未受理", f"您申请的“{case.item_name}”未予受理：经营场所在梅县区。")
    assert list(faults()) == []


def test_what_needs_no_permission_is_told_so_at_once(town, case):
    clerk, when = town.act("clerk", at("2026-03-03")), at("2026-03-03")

    case = cases.not_needed(case, reason="仅销售预包装食品，备案即可。", by=clerk, at=when)

    assert (case.state, walk.running(case), walk.paper_kinds(case)) == ("not_needed", {}, ["A", "N"])
    assert walk.paper(case, "N")["reason"] == "仅销售预包装食品，备案即可。"


@pytest.mark.parametrize(
    ("reason", "body", "code"),
    [("", "梅县区市场监督管理局", "reason_missing"), ("不归我们管。", " ", "competent_body_missing")],
)
def test_neither_part_may_be_left_out(town, case, reason, body, code):
    with pytest.raises(Unlawful) as refusal:
        cases.refuse(
            case, reason=reason, competent_body=body, by=town.act("clerk", at("2026-03-03")), at=at("2026-03-03")
        )

    assert (refusal.value.code, walk.again(case).state) == (code, "received")


def test_not_needed_has_a_reason_too(town, case):
    with pytest.raises(Unlawful) as refusal:
        cases.not_needed(case, reason="", by=town.act("clerk", at("2026-03-03")), at=at("2026-03-03"))

    assert refusal.value.code == "reason_missing"
