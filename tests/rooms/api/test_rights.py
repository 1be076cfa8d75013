"""Who may do what: accounts against operations. 200 means that it was done, and then undone for the next one."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.builders import walk

NOBODY = ""
EVERYBODY = (NOBODY, "owner", "stranger", "clerk", "outside", "reviewer", "chief", "deliverer", "supervisor", "admin")

# operation: (where the case is walked to, body, what accounts get); others 403, or 404 when they can't see it
VERBS = {
    "accept": (walk.received, {}, {"clerk": 200}),
    "ask-supplement": (walk.received, "one material", {"clerk": 200}),
    "refuse": (walk.received, {"reason": "不属于职权范围。", "competent_body": "城市管理局"}, {"clerk": 200}),
    "not-needed": (walk.received, {"reason": "不需要许可。"}, {"clerk": 200}),
    "withdraw": (walk.received, {"reason": "改期办理。"}, {"owner": 200, "clerk": 200}),
    "supplement": (walk.received, {}, {"owner": 409, "clerk": 409}),
    "opine": (walk.accepted, "first task", {"reviewer": 200, "chief": 200}),
    "pause": (walk.accepted, {"ground": "听证", "planned_days": 5, "reason": "有。"}, {"reviewer": 200, "chief": 200}),
    "resume": (walk.accepted, {"result": "结束。"}, {"reviewer": 409, "chief": 409}),
    "extend": (walk.accepted, {"days": 5, "reason": "需要会商。"}, {"chief": 200}),
    "forward": (walk.accepted, {"body": "省市场监督管理局", "reason": "依法转报。"}, {"chief": 200}),
    "decide": (walk.reviewed, {"outcome": "grant", "reason": "符合条件。"}, {"chief": 200}),
    "issue": (walk.decided, {}, {"deliverer": 200, "chief": 200}),
    "deliver": (walk.decided, {"way": "electronic"}, {"deliverer": 409, "chief": 409, "clerk": 409}),
    "void": (walk.received, {"reason": "重复收件。"}, {"chief": 200}),
}  # fmt: skip
SEEING = {"owner", "clerk", "reviewer", "chief", "deliverer", "supervisor"}


@pytest.fixture
def accounts(town):
    """One more clerk, of an agency that has nothing to do with the case."""
    from tests.builders import city, identity

    office = city.agency("WJ", city.COUNTY, at=walk.FOUNDED)
    post = city.post("clerk", agency=office, code="post-outside", at=walk.FOUNDED)
    town.users["outside"] = identity.staff(post=post, username="outside", at=walk.FOUNDED)
    return EVERYBODY


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_for_those_whose_it_is(program, town, accounts, clock, edition, verb):
    walked, body, expected = VERBS[verb]
    case = walked(town, edition, at=clock.at)
    got = {}

    for account in accounts:
        with transaction.atomic():
            got[account] = program(account).post(f"cases/{case.number}/{verb}", _body(body, case)).status_code
            transaction.set_rollback(True)

    assert got == {account: expected.get(account, 403 if account in SEEING else 404) for account in accounts} | {
        NOBODY: 401
    }


READS = {
    "items": {NOBODY: 200} | dict.fromkeys(EVERYBODY, 200),
    "items/{slug}": {NOBODY: 200} | dict.fromkeys(EVERYBODY, 200),
    "public/due?opened=2026-03-02&limit=20": dict.fromkeys(EVERYBODY, 200),
    "me": dict.fromkeys(EVERYBODY, 200) | {NOBODY: 401},
    "applications": dict.fromkeys(EVERYBODY, 200) | {NOBODY: 401},
    "cases": dict.fromkeys(EVERYBODY, 200) | {NOBODY: 401},
    "cases/{number}": dict.fromkeys(EVERYBODY, 404) | dict.fromkeys(SEEING, 200) | {NOBODY: 401},
    "cases/{number}/timeline": dict.fromkeys(EVERYBODY, 404) | dict.fromkeys(SEEING, 200) | {NOBODY: 401},
    "cases/{number}/papers": dict.fromkeys(EVERYBODY, 404) | dict.fromkeys(SEEING, 200) | {NOBODY: 401},
    "applications/{number}": dict.fromkeys(EVERYBODY, 404) | {"owner": 200, "clerk": 200} | {NOBODY: 401},
    "papers/{paper}/pdf": dict.fromkeys(EVERYBODY, 404) | dict.fromkeys(SEEING, 200) | {NOBODY: 401},
    "cards": dict.fromkeys(EVERYBODY, 200) | {NOBODY: 401, "owner": 403, "stranger": 403, "admin": 403},
}


@pytest.mark.parametrize("path", READS)
def test_each_page_is_for_those_whom_it_concerns(program, town, accounts, clock, edition, path):
    case = walk.received(town, edition, at=clock.at)
    paper = program("owner").get(f"cases/{case.number}/papers").json()["items"][0]["number"]
    address = path.format(number=case.number, slug=edition.item.slug, paper=paper)

    got = {account: program(account).get(address).status_code for account in accounts}

    assert got == READS[path]


def test_a_list_shows_what_a_single_case_would(program, town, accounts, clock, edition):
    case = walk.received(town, edition, at=clock.at)

    listed = {
        account: [each["number"] for each in program(account).get("cases").json()["items"]] for account in EVERYBODY[1:]
    }

    assert listed == {account: [case.number] if account in SEEING else [] for account in EVERYBODY[1:]}


def test_numbers_are_masked_to_all_but_the_applicant(program, town, clock):
    edition = town.release("social-security-card")
    case = walk.received(town, edition, at=clock.at, who="citizen", subject=town.citizen)

    seen = {
        account: program(account).get(f"cases/{case.number}").json()["subject"]
        for account in ("citizen", "clerk", "supervisor")
    }

    assert seen["citizen"]["number"] == town.citizen.number
    assert seen["clerk"]["number"] == seen["supervisor"]["number"] == town.citizen.masked_number
    assert seen["clerk"]["name"] == town.citizen.name


def test_answers_are_for_the_applicant_and_those_who_deal_with_the_case(program, town, clock, edition):
    case = walk.received(town, edition, at=clock.at)

    seen = {account: program(account).get(f"cases/{case.number}").json()["answers"] for account in sorted(SEEING)}

    assert {account for account, answers in seen.items() if answers} == SEEING - {"supervisor"}


def test_a_look_of_staff_is_written_into_the_story_of_whom_it_is_about(program, town, clock, edition):
    from yimen.identity.queries import looks_at

    case = walk.received(town, edition, at=clock.at)
    program("owner").get(f"cases/{case.number}")
    program("reviewer").get(f"cases/{case.number}")

    assert [(look.by["name"], look.facts["case"]) for look in looks_at(town.firm.pk)] == [
        ("工作人员reviewer", case.number)
    ]


def test_verbs_tell_what_one_may_do_and_what_stands_in_the_way(program, town, clock, edition):
    case = walk.accepted(town, edition, at=clock.at)

    chief = program("chief").get(f"cases/{case.number}").json()
    supervisor = program("supervisor").get(f"cases/{case.number}").json()

    assert "extend" in chief["verbs"]
    assert "decide" not in chief["verbs"]
    assert {each["verb"]: each["code"] for each in chief["hindered"]}["decide"] == "tasks_undone"
    assert (supervisor["verbs"], supervisor["hindered"]) == ([], [])


def test_nothing_is_handed_over_before_it_is_signed_nor_signed_twice(program, town, clock, edition):
    case = walk.decided(town, edition, at=clock.at)
    deliverer = program("deliverer")

    before = deliverer.get(f"cases/{case.number}").json()
    after = deliverer.post(f"cases/{case.number}/issue").json()

    assert before["verbs"] == ["issue"]
    assert {each["verb"]: each["code"] for each in before["hindered"]} == {"deliver": "not_issued"}
    assert after["verbs"] == ["deliver"]
    assert {each["verb"]: each["code"] for each in after["hindered"]} == {"issue": "already_issued"}


def _body(body, case):
    from yimen.review.queries import of

    if body == "first task":
        return {"task": of(case)[0].pk, "opinion": "agree", "text": "符合条件。"}
    if body == "one material":
        return {"materials": [{"key": case.edition.doc.materials[0].key, "reason": "不清晰。"}]}
    return body
