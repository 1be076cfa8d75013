"""Standard words of the manual and what discretion proposes stand where staff write, and are put in without script."""

from __future__ import annotations

import pytest

from tests.builders import rich, walk
from tests.builders.desk import text
from yimen.cases.queries import of_number
from yimen.law.states import State


@pytest.fixture
def edition(town):
    return town.release("food-business-licence", **rich.elements(quota=None))


def url(case, verb=""):
    return f"/desk/cases/{case.number}/{verb}/" if verb else f"/desk/cases/{case.number}/"


def test_the_case_leads_to_the_manual_of_its_own_edition(visit, town, edition, at):
    case = walk.received(town, edition, at=at)

    page = text(visit("clerk").get(url(case)))

    assert 'href="/desk/catalog/food-business-licence/1/manual"' in page
    assert visit("clerk").get("/desk/catalog/food-business-licence/1/manual").status_code == 200


def test_standard_words_are_put_in_and_nothing_is_done_yet(visit, town, edition, at):
    case = walk.received(town, edition, at=at)
    clerk = visit("clerk")
    assert "不属于本机关" in text(clerk.get(url(case, "refuse")))

    typed = {"version": case.version, "insert": "0", "reason": "经查：", "competent_body": "市税务局"}
    answer = clerk.post(url(case, "refuse"), typed)

    assert answer.status_code == 200
    assert "经查：\n您申请的事项依法不属于本机关职权范围。" in text(answer).replace("\r", "")
    assert 'value="市税务局"' in text(answer)
    assert "error" not in text(answer).split("<main")[1].split("</main")[0]
    assert of_number(case.number).state == State.RECEIVED


@pytest.mark.parametrize("insert", ["", "99", "x", "-1"])
def test_words_that_are_not_offered_change_nothing(visit, town, edition, at, insert):
    case = walk.received(town, edition, at=at)

    answer = visit("clerk").post(url(case, "refuse"), {"version": case.version, "insert": insert, "reason": "我写的"})

    assert answer.status_code == 200
    assert "我写的</textarea>" in text(answer)


def test_a_supplement_offers_the_standard_words_first(visit, town, edition, at):
    case = walk.received(town, edition, at=at)

    page = text(visit("clerk").get(url(case, "ask-supplement")))

    assert f'<option value="{rich.WORDING}">' in page


def test_whoever_decides_reads_the_proposal_with_its_grounds_and_may_take_it(visit, town, edition, at):
    case = walk.reviewed(town, edition, at=at)
    chief = visit("chief")
    page = text(chief.get(url(case, "decide")))
    assert "裁量建议（核查强度）" in page
    assert "依据：核查办法第八条" in page
    assert "仅供参考，由您根据事实决定并说明理由。" in page

    answer = text(chief.post(url(case, "decide"), {"version": case.version, "outcome": "deny", "insert": "1"}))
    assert "依据核查办法第八条，适用“核查强度”第" in answer
    assert "经营面积不符合规定。</textarea>" not in answer


def test_the_reviewer_reads_it_too(visit, town, edition, at):
    case = walk.accepted(town, edition, at=at)

    assert "裁量建议（核查强度）" in text(visit("reviewer").get(url(case, "opine")))
