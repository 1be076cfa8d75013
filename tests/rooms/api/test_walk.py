"""One application, from outside: begun, filled in, submitted, accepted, reviewed, decided, issued, delivered."""

from __future__ import annotations

import io

from tests.builders import walk
from tests.builders.identity import uscc
from yimen.demo.queries import sample_answers


def complete(owner, firm, edition, channel="web"):
    """Begin and fill in everything; gives the number."""
    begun = owner.post("applications", {"item": edition.item.slug, "subject": firm, "channel": channel})
    assert begun.status_code == 201, begun.json()
    number = begun.json()["number"]
    answers = sample_answers(edition.doc, begun.json()["answers"])
    kept = owner.put(f"applications/{number}/answers", {"answers": answers})
    assert kept.status_code == 200, kept.json()
    assert kept.json()["errors"] == []
    for lack in [each for each in kept.json()["missing"] if each["kind"] == "material"]:
        upload = io.BytesIO(walk.PDF)
        upload.name = f"{lack['key']}.pdf"
        handed_in = owner.upload(f"applications/{number}/materials/{lack['key']}", {"file": upload})
        assert handed_in.status_code == 201, handed_in.json()
    return number


def test_an_application_walks_all_the_way_through_the_api(program, clock, edition, firm):
    owner, clerk, chief = program("owner"), program("clerk"), program("chief")

    number = complete(owner, firm, edition)
    submitted = owner.post(f"applications/{number}/submit")
    assert submitted.status_code == 201, submitted.json()
    assert submitted.json()["case"] == number
    assert len(submitted.json()["query_password"]) == 6
    assert submitted.json()["receipt_paper"]["kind"] == "A"

    clock.go("2026-03-03")
    accepted = clerk.post(f"cases/{number}/accept", {})
    assert accepted.status_code == 200, accepted.json()
    assert accepted.json()["state"] == "accepted"
    assert {each["kind"]: each["state"] for each in accepted.json()["clocks"]} == {
        "acceptance": "stopped", "promise": "running", "statutory": "running", "step": "running",
    }  # fmt: skip

    clock.go("2026-03-04")
    while waiting := [task for task in chief.get(f"cases/{number}").json()["tasks"] if task["state"] == "open"]:
        for task in waiting:
            opined = program("reviewer").post(
                f"cases/{number}/opine", {"task": task["id"], "opinion": "agree", "text": "符合条件。"}
            )
            assert opined.status_code == 200, opined.json()

    decided = chief.post(f"cases/{number}/decide", {"outcome": "grant", "reason": "符合法定条件。"})
    assert decided.status_code == 200, decided.json()
    assert (decided.json()["state"], decided.json()["outcome"]) == ("decided", "grant")

    issued = program("deliverer").post(f"cases/{number}/issue", {})
    assert issued.status_code == 200, issued.json()
    assert issued.json()["results"]["items"][0]["identifier"]

    delivered = program("deliverer").post(f"cases/{number}/deliver", {"way": "electronic"})
    assert delivered.status_code == 200, delivered.json()
    assert delivered.json()["state"] == "closed"
    assert {each["state"] for each in delivered.json()["clocks"]} == {"stopped"}

    story = owner.get(f"cases/{number}/timeline").json()["items"]
    assert [each["verb"] for each in story if each["verb"] not in ("opine",)] == [
        "begun", "submitted", "receive", "accept", "decide", "issue", "deliver", "close",
    ]  # fmt: skip
    papers = owner.get(f"cases/{number}/papers").json()["items"]
    assert [each["kind"] for each in papers] == ["A", "C", "H", "J"]


def test_a_clock_tells_how_its_due_day_comes_about(program, town, edition, clock):
    case = walk.accepted(town, edition, at=clock.at)

    shown = program("owner").get(f"cases/{case.number}").json()

    promise = next(each for each in shown["clocks"] if each["kind"] == "promise")
    assert promise["opened"] == "2026-03-02"
    assert promise["due"] == shown["due_on"]
    assert promise["reckoning"][0].startswith("从2026年3月2日起算，当日不计入")


def test_a_clerk_enters_somebody_who_walks_in(program, edition):
    body = {
        "item": edition.item.slug, "channel": "window",
        "subject": {"document": "uscc", "number": uscc(), "name": "岭东市围龙屋餐饮有限公司"},
    }  # fmt: skip

    begun = program("clerk").post("applications", body)

    assert begun.status_code == 201, begun.json()
    assert begun.json()["state"] == "draft"
    assert begun.json()["subject"]["name"] == "岭东市围龙屋餐饮有限公司"
    assert {each["kind"] for each in begun.json()["missing"]} == {"field", "material"}


def test_good_answers_are_kept_though_others_are_wrong(program, edition, firm):
    owner = program("owner")
    number = owner.post("applications", {"item": edition.item.slug, "subject": firm}).json()["number"]
    good = next(field.name for field in edition.doc.form_fields if field.kind == "text")

    kept = owner.put(f"applications/{number}/answers", {"answers": {good: "好味道", "no_such_field": 1}})

    assert kept.status_code == 200
    assert kept.json()["answers"][good] == "好味道"
    assert kept.json()["errors"] == [
        {"field": "no_such_field", "code": "unknown_field", "message": "表单中没有这一项。"}
    ]


def test_what_is_missing_is_named_when_an_incomplete_application_is_submitted(program, edition, firm):
    owner = program("owner")
    begun = owner.post("applications", {"item": edition.item.slug, "subject": firm}).json()

    refused = owner.post(f"applications/{begun['number']}/submit")

    assert refused.status_code == 422
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "incomplete"
    assert refused.json()["missing"] == begun["missing"]


def test_a_second_click_on_submit_shows_the_first_receipt(program, edition, firm):
    owner = program("owner")
    number = complete(owner, firm, edition)

    first, second = (owner.post(f"applications/{number}/submit") for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()


def test_supplement_is_asked_for_and_supplied(program, clock, edition, town):
    owner, clerk = program("owner"), program("clerk")
    case = walk.received(town, edition, at=clock.at)
    key = edition.doc.materials[0].key

    clock.go("2026-03-03")
    asked = clerk.post(f"cases/{case.number}/ask-supplement", {"materials": [{"key": key, "reason": "扫描件不清晰"}]})
    assert asked.json()["state"] == "supplement", asked.json()
    assert asked.json()["supplement"]["wanted"][0]["key"] == key
    clock.go("2026-03-04")
    early = owner.post(f"cases/{case.number}/supplement")
    assert (early.status_code, early.json()["code"]) == (409, "still_missing")
    upload = io.BytesIO(walk.PDF)
    upload.name = "new.pdf"
    assert owner.upload(f"applications/{case.number}/materials/{key}", {"file": upload}).status_code == 201
    supplied = owner.post(f"cases/{case.number}/supplement")

    assert supplied.status_code == 200
    assert supplied.json()["state"] == "received"


def test_a_special_procedure_and_an_extension_move_the_due_day(program, clock, edition, town):
    number = walk.accepted(town, edition, at=clock.at).number
    reviewer, chief = program("reviewer"), program("chief")

    paused = reviewer.post(
        f"cases/{number}/pause", {"ground": "专家评审", "planned_days": 5, "reason": "需要现场评审。"}
    ).json()
    clock.go("2026-03-06")
    resumed = reviewer.post(f"cases/{number}/resume", {"result": "评审通过。"}).json()
    extended = chief.post(f"cases/{number}/extend", {"days": 5, "reason": "需要会商。"}).json()

    assert (paused["state"], resumed["state"], extended["state"]) == ("paused", "accepted", "accepted")
    assert paused["due_on"] > resumed["due_on"] < extended["due_on"]


def test_a_stale_page_is_refused(program, edition, town, clock):
    case = walk.received(town, edition, at=clock.at)
    clerk = program("clerk")
    seen = clerk.get(f"cases/{case.number}").json()["version"]
    assert clerk.post(f"cases/{case.number}/accept", {"version": seen}).status_code == 200

    late = program("chief").post(f"cases/{case.number}/void", {"reason": "重复收件。", "version": seen})

    assert (late.status_code, late.json()["code"]) == (409, "stale")


def test_anybody_with_number_and_password_follows_a_case_without_personal_data(program, edition, town, clock):
    case = walk.accepted(town, edition, at=clock.at)

    shown = program().get(f"public/cases/{case.number}", password=case.password)

    assert shown.status_code == 200, shown.json()
    assert shown.json()["state"] == "accepted"
    assert [each["verb"] for each in shown.json()["timeline"]] == ["receive", "accept"]
    assert all(each["phone"] and each["name"] == "" for each in shown.json()["timeline"])
    assert "answers" not in shown.json()


def test_a_wrong_password_and_a_wrong_number_are_answered_alike_and_counted(program, edition, town, clock, settings):
    settings.YIMEN_CALLS_PER_MINUTE = 3
    case = walk.received(town, edition, at=clock.at)

    answers = [
        program().get(f"public/cases/{number}", password="000000x")
        for number in (case.number, case.number[:-1] + "0", "nothing", case.number)
    ]

    assert [each.status_code for each in answers] == [404, 404, 404, 429]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert answers[3].headers["Retry-After"] == "60"
