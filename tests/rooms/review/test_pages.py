"""The reviewers' pages."""

from __future__ import annotations

from tests.builders import walk
from tests.builders.desk import HARM, statements, statuses, text
from yimen.law.states import State
from yimen.review.queries import of


def opine(case):
    return f"/desk/cases/{case.number}/opine/"


def test_reviewers_and_chiefs_have_tasks_others_have_none(visit, town):
    who = ("reviewer", "chief", "clerk", "supervisor", "citizen", "")

    assert statuses(visit, "/desk/tasks/", *who) == {
        "reviewer": 200, "chief": 200, "clerk": 403, "supervisor": 403, "citizen": 403, "nobody": 302,
    }  # fmt: skip
    assert statuses(visit, "/desk/decisions/", "chief", "clerk") == {"chief": 200, "clerk": 403}


def test_an_opinion_is_given_and_the_next_task_opens(visit, town, edition, at):
    first, second = walk.accepted(town, edition, at=at), walk.accepted(town, edition, at=at)
    reviewer = visit("reviewer")
    listed = text(reviewer.get("/desk/tasks/"))
    task = of(first)[0]

    answer = reviewer.post(opine(first), {"task": task.pk, "opinion": "agree", "text": "材料齐全"})

    assert first.number in listed
    assert second.number in listed
    assert answer.url == f"/desk/cases/{second.number}/"  # what is due next
    assert of(first)[0].text == "材料齐全"


def test_disagreeing_needs_a_reason_and_nothing_typed_is_lost(visit, town, edition, at):
    case, reviewer = walk.accepted(town, edition, at=at), visit("reviewer")
    task = of(case)[1]

    refused = reviewer.post(opine(case), {"task": task.pk, "opinion": "disagree", "text": ""})

    assert refused.status_code == 409
    assert "不同意的意见应当说明理由" in text(refused)
    assert 'value="disagree" checked' in text(refused)


def test_a_task_is_done_once(visit, town, edition, at):
    case, reviewer = walk.accepted(town, edition, at=at), visit("reviewer")
    given = {"task": of(case)[0].pk, "opinion": "agree", "text": "同意"}

    answers = [reviewer.post(opine(case), given).status_code for _ in range(2)]

    assert answers == [302, 422]


def test_html_in_an_opinion_is_harmless(visit, town, edition, at):
    case, reviewer = walk.accepted(town, edition, at=at), visit("reviewer")

    reviewer.post(opine(case), {"task": of(case)[0].pk, "opinion": "agree", "text": HARM})

    page = text(reviewer.get(f"/desk/cases/{case.number}/"))
    assert HARM not in page
    assert "&lt;script&gt;" in page


def test_whoever_accepted_a_case_does_not_review_it(visit, town, edition, at):
    from tests.builders import city, identity

    town.users["both"] = identity.staff(post=city.post("clerk", "reviewer", agency=town.agency), username="both")
    case = walk.received(town, edition, at=at)
    visit("both").post(f"/desk/cases/{case.number}/accept/", {"version": case.version})

    assert visit("both").get(opine(case)).status_code == 403


def test_a_case_with_all_opinions_waits_for_its_decision(visit, town, edition, at):
    open_one, ready = walk.accepted(town, edition, at=at), walk.reviewed(town, edition, at=at)

    page = text(visit("chief").get("/desk/decisions/"))

    assert ready.number in page
    assert open_one.number not in page
    assert ready.state == State.ACCEPTED


def test_tasks_of_a_paused_case_wait(visit, town, edition, at):
    from yimen.cases import commands

    case = walk.accepted(town, edition, at=at)
    commands.pause(case, ground="听证", planned_days=5, reason="听证", by=town.act("reviewer", at), at=at)

    assert case.number not in text(visit("reviewer").get("/desk/tasks/"))


def test_lists_cost_the_same_with_one_row_and_with_many(visit, town, edition, at):
    chief = visit("chief")
    walk.accepted(town, edition, at=at), walk.reviewed(town, edition, at=at)
    before = [statements(chief, path) for path in ("/desk/tasks/", "/desk/decisions/")]
    for _ in range(3):
        walk.accepted(town, edition, at=at), walk.reviewed(town, edition, at=at)

    assert [statements(chief, path) for path in ("/desk/tasks/", "/desk/decisions/")] == before


def test_after_a_decision_the_next_case_that_waits_for_one_opens(visit, town, edition, at):
    early, late = (walk.reviewed(town, edition, at=walk.at(day)) for day in ("2026-02-24", "2026-02-26"))
    chief, listed = visit("chief"), "?list=view%3Ddecisions"
    page = text(chief.get("/desk/decisions/"))

    assert f"/desk/cases/{early.number}/{listed}" in page
    assert 'href="/desk/decisions/"' in text(chief.get(f"/desk/cases/{early.number}/{listed}"))
    decision = {"outcome": "grant", "reason": "符合条件。"}
    first = chief.post(f"/desk/cases/{early.number}/decide/{listed}", decision | {"version": early.version})
    second = chief.post(f"/desk/cases/{late.number}/decide/{listed}", decision | {"version": late.version})

    assert first.url == f"/desk/cases/{late.number}/{listed}"
    assert second.url == "/desk/decisions/"
