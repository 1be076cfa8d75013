"""Each line of a case's story says who did what, in which office."""

from __future__ import annotations

import pytest

from tests.builders import walk
from yimen.cases import commands as cases
from yimen.cases.queries.timeline import timeline

pytestmark = pytest.mark.django_db

DAY = walk.at("2026-03-02")


def lines(town, case, who):
    return {each.verb: each for each in timeline(case, town.act(who, DAY), DAY)}


def test_what_an_applicant_sends_in_the_office_receives_and_nobody_reads_their_name_behind_it(town):
    case = walk.received(town, town.release("food-business-licence"), at=DAY)
    office = case.agency.name

    told = {who: lines(town, case, who)["receive"] for who in ("owner", "clerk")}

    for each in told.values():
        assert each.by == office
        assert each.text.startswith(f"{office}已收到申请材料")


def test_who_acts_in_an_office_is_told_with_the_office_to_colleagues_by_name_and_the_platform_has_none(town):
    case = walk.received(town, town.release("food-business-licence"), at=DAY)
    clerk = town.act("clerk", DAY)
    cases.accept(case, by=clerk, at=DAY)

    told = {who: lines(town, case, who)["accept"] for who in ("owner", "clerk")}

    assert told["owner"].by == f"{clerk.office_name} {clerk.post_name}"
    assert told["clerk"].by == f"{clerk.office_name} {clerk.post_name} {clerk.name}"
