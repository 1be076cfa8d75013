"""Adding days (许可法 42) and standing still (许可法 45) are two different things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law import extensions, pauses
from yimen.law.extensions import Approver, Handling
from yimen.law.limits import Unit

HEAD, MAYOR = Approver.AGENCY_LEADER, Approver.GOVERNMENT_LEADER


def extend(**given_facts):
    """The check of an extension that is in order but for what is given."""
    facts = {"days": 10, "handling": Handling.ORDINARY, "approver": HEAD, "reason": "案情复杂"}
    objection = extensions.check(**(facts | given_facts))
    return objection and objection.code


def test_the_head_of_the_agency_may_add_ten_days_once():
    assert extend() is None
    assert extend(days=11) == "days_out_of_range"
    assert extend(days=0) == "days_out_of_range"
    assert extend(already_extended=3) == "already_extended"


def test_a_joint_case_may_have_fifteen_days_from_the_governments_leader_only():
    joint = {"handling": Handling.JOINT, "days": 15}

    assert extend(approver=MAYOR, **joint) is None
    assert extend(approver=HEAD, **joint) == "approver_too_low"
    assert extend(approver=MAYOR, handling=Handling.JOINT, days=16) == "days_out_of_range"


def test_the_applicant_must_be_told_why():
    assert extend(reason="  ") == "reason_missing"


def test_what_is_overdue_cannot_be_made_timely_afterwards():
    assert extend(overdue=True) == "already_overdue"


def test_hours_cannot_be_extended_and_other_units_can():
    assert extend(unit=Unit.HOUR) == "hours_not_extendable"
    assert extend(unit=Unit.NATURAL_DAY) is None


@given(st.integers(-5, 40), st.sampled_from(Handling), st.sampled_from(Approver))
def test_nothing_beyond_the_cap_is_ever_allowed(days, handling, approver):
    if extend(days=days, handling=handling, approver=approver) is None:
        assert 1 <= days <= extensions.CAPS[handling].days


@pytest.mark.parametrize("ground", pauses.STATUTORY)
def test_every_ground_of_article_45_stops_the_clock(ground):
    assert pauses.check(ground, planned_days=5, reason="涉及重大利益关系") is None


@pytest.mark.parametrize(
    ("name", "ground"),
    [
        ("听证（涉及重大利益关系）", "听证"),
        ("水质检测", "检测"),
        ("专家评审（不少于5名）", "专家评审"),
        ("公示", None),
        ("现场核查", None),
        ("轮候", None),
    ],
)
def test_a_name_stands_for_a_ground_of_article_45_or_for_none(name, ground):
    assert pauses.statutory_ground(name) == ground


def test_other_grounds_need_to_be_declared_by_the_edition():
    undeclared = pauses.check("公示", planned_days=5, reason="依法公示")

    assert undeclared.code == "ground_not_allowed"
    assert pauses.check("公示", declared=["公示"], planned_days=5, reason="依法公示") is None
    assert pauses.is_declared("公示", ["公示"])
    assert not pauses.is_declared("听证", ["公示"])


def test_the_time_it_takes_and_the_reason_must_be_told():
    assert pauses.check("听证", planned_days=None, reason="重大利益").code == "planned_days_missing"
    assert pauses.check("听证", planned_days=0, reason="重大利益").code == "planned_days_missing"
    assert pauses.check("听证", planned_days=5, reason="").code == "reason_missing"
    assert pauses.check(" ", planned_days=5, reason="重大利益").code == "ground_missing"


def test_a_ground_is_cited_with_what_it_rests_on():
    assert pauses.cited("听证") == "听证（许可法第四十五条）"
    assert pauses.cited("公示") == "公示（事项实施清单载明的特别程序）"
    assert pauses.cited("听证, 许可法第四十五条") == "听证, 许可法第四十五条"
    assert pauses.cited("") == "暂停计时"
