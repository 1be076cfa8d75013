"""Following a case: the applicant's page, supplement, withdrawal, the calendar entry, the public look-up."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.builders import walk
from yimen.cases import commands as cases
from yimen.cases.choices import Outcome
from yimen.cases.models import Case
from yimen.law.states import State

SLUG = "food-business-licence"


@pytest.fixture
def case(town):
    """Received this morning."""
    return walk.received(town, town.release(SLUG), at=walk.at("2026-03-02 09:00"))


@pytest.fixture
def asked(town, case, at):
    """One material and one field are to be supplemented."""
    key = case.edition.doc.materials[0].key
    name = case.edition.doc.form_fields[0].name
    cases.ask_supplement(
        case,
        materials=[{"key": key, "reason": "看不清<b>"}],
        fields=[{"name": name, "reason": "与执照不一致"}],
        by=town.act("clerk", at),
        at=at,
    )
    return case, key, name


def test_the_applicant_sees_the_clock_with_its_reckoning_and_who_to_call(visit, case):
    page = visit("owner").get(f"/cases/{case.number}/").content.decode()

    assert "受理期限" in page
    assert "怎么算出来的" in page
    assert "从2026年3月2日起算" in page
    assert "12345" in page
    assert case.number in page


def test_nothing_from_inside_the_office_is_on_the_applicants_page(visit, town, at):
    case = walk.decided(town, town.release(SLUG), at=at)

    page = visit("owner").get(f"/cases/{case.number}/").content.decode()

    assert "工作人员reviewer" not in page
    assert "工作人员chief" not in page
    assert "作出决定" in page


def test_exactly_what_was_asked_for_is_asked_with_its_reason(visit, asked):
    case, key, name = asked

    page = visit("owner").get(f"/cases/{case.number}/supplement/").content.decode()

    assert f'id="upload-{key}"' in page
    assert page.count('class="upload"') == 1
    assert "看不清&lt;b&gt;" in page
    assert "与执照不一致" in page
    assert f'name="{name}"' in page


def test_confirming_too_early_leads_to_what_is_missing(visit, asked):
    case, key, _name = asked

    answer = visit("owner").post(f"/cases/{case.number}/supplement/", {})

    assert answer.status_code == 422
    assert f'href="#id_{key}"' in answer.content.decode()
    assert Case.objects.get().state == State.SUPPLEMENT


def test_after_the_upload_the_supplement_is_confirmed(visit, town, asked):
    case, key, name = asked
    client = visit("owner")
    upload = SimpleUploadedFile("new.pdf", walk.PDF + b"\n")

    sent = client.post(f"/apply/{case.number}/materials/{key}/", {"file": upload})
    done = client.post(f"/cases/{case.number}/supplement/", {name: town.firm.name})

    assert sent.headers["Location"].startswith(f"/cases/{case.number}/supplement/")
    assert done.headers["Location"] == f"/cases/{case.number}/"
    assert Case.objects.get().state == State.RECEIVED


def test_a_case_that_waits_for_nothing_has_no_supplement_page(visit, case):
    answer = visit("owner").get(f"/cases/{case.number}/supplement/", follow=True)

    assert answer.redirect_chain[-1][0] == f"/cases/{case.number}/"


def test_what_was_promised_for_later_is_handed_in_later(visit, town):
    edition, at = town.release(SLUG), walk.at("2026-03-02 09:00")
    application = walk.apply_for(town, edition, at=at)
    key = next(each.key for each in edition.doc.materials if each.necessity == "容缺")
    client = visit("owner")
    for held in application.documents.filter(material=key):
        client.post(f"/apply/{application.number}/documents/{held.pk}/remove/")
    client.post(f"/apply/{application.number}/materials/{key}/", {"use": "promise"})
    check = client.get(f"/apply/{application.number}/check/").content.decode()
    client.post(f"/apply/{application.number}/check/")

    page = client.get(f"/cases/{application.number}/").content.decode()
    upload = SimpleUploadedFile("later.pdf", walk.PDF)
    sent = client.post(f"/apply/{application.number}/materials/{key}/", {"file": upload}, follow=True)

    assert "您承诺后补的材料" in check
    assert f"/cases/{application.number}/owed/" in page
    assert sent.redirect_chain[-1][0] == f"/cases/{application.number}/"
    assert "去补交" not in sent.content.decode()


def test_withdrawing_asks_why_and_says_what_happens(visit, case):
    client, address = visit("owner"), f"/cases/{case.number}/withdraw/"

    asked = client.get(address).content.decode()
    empty = client.post(address, {"reason": " "})
    done = client.post(address, {"reason": "材料要重新准备。"})

    assert "停止办理" in asked
    assert empty.status_code == 422
    assert done.status_code == 302
    assert Case.objects.get().state == State.WITHDRAWN


def test_what_was_withdrawn_is_not_asked_for_again_and_leads_to_a_new_application(visit, case):
    client, address = visit("owner"), f"/cases/{case.number}/withdraw/"
    client.post(address, {"reason": "材料要重新准备。"})

    answer = client.get(address, follow=True)
    page = answer.content.decode()

    assert answer.redirect_chain == [(f"/cases/{case.number}/", 302)]
    assert "现在不能撤回" in page
    assert "重新申请这件事" in page


def test_a_stranger_can_do_nothing_with_a_case(visit, case):
    client = visit("stranger")

    for page in ("", "withdraw/", "supplement/", "due.ics"):
        assert client.get(f"/cases/{case.number}/{page}").status_code == 404
    assert client.post(f"/cases/{case.number}/withdraw/", {"reason": "x" * 10}).status_code == 404


def test_the_due_day_goes_into_the_calendar_of_a_phone(visit, case):
    answer = visit("owner").get(f"/cases/{case.number}/due.ics")

    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20260309" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.replace("\r\n ", "").count("SUMMARY:“食品经营许可") == 1


def look_up(client, case, password=None, **more):
    return client.post("/query/", {"number": case.number, "password": password or case.password}, **more)


def test_number_and_password_give_the_story_without_personal_data(visit, town, case):
    client = visit()

    granted = look_up(client, case)
    page = client.get(granted.headers["Location"]).content.decode()

    assert granted.headers["Location"] == "/query/result/"
    assert "收件" in page
    assert case.number in page
    assert 'href=""' not in page
    for private in (town.firm.name, town.owner.name, town.firm.number, case.password):
        assert private not in page


def test_a_wrong_password_and_a_wrong_number_are_answered_alike(visit, case):
    client = visit()

    wrong = look_up(client, case, "000000" if case.password != "000000" else "111111")
    unknown = client.post("/query/", {"number": "44140020260101100000019", "password": "123456"})

    sentence = "办件编号或者查询密码不正确，请核对回执上的编号和密码。"
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()


def test_without_a_grant_or_with_a_forged_one_nothing_is_shown(visit, case):
    client = visit()
    client.cookies["yimen_lookup"] = f"{case.number}:1tz8cE:forged"

    assert client.get("/query/result/").headers["Location"] == "/query/"


def test_guessing_is_slowed_down(visit, case, settings):
    settings.YIMEN_CALLS_PER_MINUTE = 3
    client = visit()

    answers = [look_up(client, case, "999999").status_code for _ in range(4)]

    assert answers == [422, 422, 422, 429]


def test_a_forwarded_address_counts_only_behind_the_citys_own_proxy(visit, case, settings):
    settings.YIMEN_CALLS_PER_MINUTE = 1
    client = visit()

    plain = [look_up(client, case, "999999", headers={"x-forwarded-for": f"10.0.0.{n}"}).status_code for n in range(2)]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    proxied = [
        look_up(client, case, "999999", headers={"x-forwarded-for": f"spoofed, 10.1.0.{n}"}).status_code
        for n in range(2)
    ]

    assert plain == [422, 429]
    assert proxied == [422, 422]


def test_the_number_from_a_qr_code_is_filled_in_and_the_password_never(visit, case):
    page = visit().get(f"/query/?number={case.number}").content.decode()

    assert f'value="{case.number}"' in page
    assert case.password not in page


def test_whoever_was_denied_reads_why_and_what_they_may_do_about_it(visit, town, at):
    case = walk.decided(town, town.release(SLUG), at=at, outcome=Outcome.DENY)

    page = visit("owner").get(f"/cases/{case.number}/").content.decode()

    assert "申请没有获得批准" in page
    assert f"理由：{case.reason}" in page
    assert "行政复议" in page
    assert "重新申请这件事" in page
