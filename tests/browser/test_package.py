"""One thing on a phone: questions, exactly what this person needs, one form, papers once; left, and found again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, sign_in
from tests.builders.walk import PDF

pytestmark = pytest.mark.browser

PACKAGE = "残疾人服务“一件事”"


def test_from_the_questions_to_one_form_that_waits_and_on_to_each_items_own_application(enter, site):
    phone = enter(width=PHONE)
    _ask(phone)
    phone.get_by_role("link", name="开始办理").click()
    sign_in(phone, "citizen", site.password)
    _begin(phone)
    _answer(phone)

    desk = enter("citizen", DESKTOP)
    desk.goto("/my/")
    desk.locator(".next", has_text=PACKAGE).first.get_by_role("link").click()
    expect(desk.locator("h1")).to_have_text(PACKAGE)

    _hand_in(desk)
    _item_by_item(desk)


def _ask(phone: Page) -> None:
    """A question that is left open is pointed at; nothing answered is lost; the answers stand in the address."""
    phone.goto("/packages/")
    phone.get_by_role("link", name=PACKAGE).click()
    for name, choice in (("has_cert", "否"), ("low_income", "是")):
        phone.locator(f"[name={name}][value={choice}]").check()
    phone.get_by_role("button", name="看我要办什么").click()
    expect(phone.locator(".errors")).to_contain_text("是否重度残疾")
    expect(phone.locator("[name=has_cert][value=否]")).to_be_checked()
    phone.locator("[name=severe][value=否]").check()
    phone.get_by_role("button", name="看我要办什么").click()

    expect(phone.locator("h1")).to_have_text("按您的情况，要办 3 项")
    expect(phone.locator(".answers")).to_contain_text("多久办好？")
    expect(phone.locator(".flow__stage")).to_have_count(3)
    expect(phone.locator(".paper", has_text="办出来就有")).to_contain_text("残疾人证")


def _begin(phone: Page) -> None:
    expect(phone.get_by_label("陈小明")).to_be_checked()
    phone.get_by_role("button", name=re.compile("开始填写|另外申请")).click()
    expect(phone.locator("h1")).to_have_text(PACKAGE)


def _answer(phone: Page) -> None:
    """What the registers know is there; what is wrong is pointed at and nothing else typed is lost."""
    phone.get_by_role("link", name="申请人信息").click()
    expect(phone.locator("[name=applicant_name]")).to_have_value("陈小明")
    phone.fill("[name=applicant_phone]", "1380000")
    phone.locator("main form .button--primary").click()
    expect(phone.locator(".errors")).to_be_focused()
    phone.fill("[name=applicant_phone]", "13800009999")
    phone.locator("main form .button--primary").click()
    expect(phone.locator("h1")).not_to_have_text("申请人信息")


def _hand_in(desk: Page) -> None:
    desk.get_by_role("link", name="申请材料").click()
    form = desk.locator(".handin", has_text="残疾评定表")
    form.locator("input[type=file]").set_input_files({"name": "表.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(form).to_contain_text("表.pdf")
    desk.get_by_role("button", name="继续，去核对").click()
    expect(desk.locator("main")).to_contain_text("13800009999")


def _item_by_item(desk: Page) -> None:
    """Each item has what was filled in and handed in once."""
    desk.get_by_role("button", name="先分成单项申请").click()
    expect(desk.locator("h1")).to_have_text("逐项提交")
    expect(desk.locator(".paper", has_text="还没有开始")).to_contain_text("要用到“残疾人证新办”的结果")
    desk.locator(".paper", has_text="残疾人证新办").get_by_role("link").first.click()
    number = re.search(r"/apply/(\w+)/", desk.url)
    assert number
    desk.goto(f"/apply/{number[1]}/check/")
    expect(desk.locator("main")).to_contain_text("13800009999")
    expect(desk.locator("main")).to_contain_text("表.pdf")
