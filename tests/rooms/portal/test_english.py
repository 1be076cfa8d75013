"""Somebody who chose English is refused in English: on pages, above forms, beside fields; reckonings too."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.builders import browser_forms, walk

SLUG = "food-business-licence"
HAN = re.compile(r"[\u4e00-\u9fff]")
TAG = re.compile(r"<[^>]+>")


def words(html: str, opening: str, closing: str) -> str:
    """What stands between the first of an opening and its closing, without its tags."""
    _, found, rest = html.partition(opening)
    assert found, opening
    return " ".join(unescape(TAG.sub(" ", rest.partition(closing)[0].partition(">")[2])).split())


def heading(answer) -> str:
    return words(answer.content.decode(), "<h1", "</h1>")


def summary(answer) -> str:
    return words(answer.content.decode(), '<div class="errors"', "</div>")


@pytest.fixture
def english(visit):
    def signed_in(username=""):
        client = visit(username)
        client.cookies["django_language"] = "en"
        return client

    return signed_in


@pytest.mark.parametrize(
    ("who", "path", "status", "told"),
    [
        (
            "",
            "/items/no-such-thing/",
            404,
            "The item was not found. It may have been cancelled or renamed: search again.",
        ),
        (
            "",
            "/packages/no-such-thing/",
            404,
            "The package was not found. It may have ended or been renamed: search again.",
        ),
        ("", "/lists/no-such-list/", 404, "There is no such list. Choose one from the index."),
        ("citizen", "/cases/4414/", 404, "There is no case with the number “4414”. Check the number."),
        ("citizen", "/apply/4414/", 404, "There is no application with the number “4414”. Check the number."),
        ("citizen", "/desk/admin/divisions/", 403, "You may not do this."),
    ],
)
def test_a_page_that_refuses(english, who, path, status, told):
    answer = english(who).get(path)

    assert (answer.status_code, heading(answer)) == (status, told)


def test_the_same_page_in_chinese_as_ever(visit):
    assert heading(visit().get("/items/no-such-thing/")) == "没有找到这个事项，可能已经取消或者改名，请重新搜索。"


def test_a_form_that_is_refused(english, town):
    answer = english().post("/query/", {"number": "441400202603021000001", "password": "123456"})

    assert answer.status_code == 422
    assert summary(answer).endswith("The case number or the password is wrong. Check both on your receipt.")


def test_fields_that_are_wrong(english, town):
    admin = english("admin")

    answer = admin.post("/desk/admin/divisions/new", {"code": "44", "name": "岭", "level": "county"})

    assert answer.status_code == 422
    assert "The code of a division has 6, 9 or 12 digits." in summary(answer)
    assert not HAN.search(summary(answer))


def test_a_sheet_that_is_wrong(english, town):
    """What the field is called stays as the catalogue has it; what is wrong with it is said in English."""
    town.release(SLUG)
    owner = english("owner")
    address = owner.post(f"/items/{SLUG}/apply/", {"subject": town.firm.pk}).headers["Location"] + "form/1/"
    form = owner.get(address).content.decode()
    post = browser_forms.post(form[form.index('<form method="post" novalidate') :])

    answer = owner.post(address, post | dict.fromkeys(post.get("names", "").split(), "12"))

    assert answer.status_code == 422
    assert "统一社会信用代码: Must have 18 characters; it has 2." in summary(answer)
    assert "Enter a mobile number of 11 digits, or a landline number" in summary(answer)


def test_what_a_case_does_not_allow(english, town, at):
    edition = town.release(SLUG)
    case = walk.decided(town, edition, at=at)

    answer = english("owner").post(f"/cases/{case.number}/withdraw/", {"reason": "不办了"})

    assert answer.status_code == 409
    assert heading(answer).startswith("The case stands at “")
    assert not HAN.search(heading(answer))


def test_a_reckoning(english, town):
    client = english()
    asked = {"opened": "2026-02-09", "limit": "20", "unit": "working_day"}

    page = client.get("/due/", asked).content.decode()

    told = words(page, '<section class="dueanswer"', "</section>")
    assert "Counted from 9 February 2026, that day not included; the limit is 20 working days." in told
    assert "statutory holiday: Spring Festival" in told
    assert not HAN.search(told)


def test_what_is_recorded_stays_chinese(english, town, at):
    """The ledger and the messages of somebody who reads English are those of everybody."""
    edition = town.release(SLUG)
    case = walk.received(town, edition, at=at)

    answer = english("owner").post(f"/cases/{case.number}/withdraw/", {"reason": "不办了"})

    case.refresh_from_db()
    assert (answer.status_code, case.state) == (302, "withdrawn")
    assert HAN.search(case.reason)
