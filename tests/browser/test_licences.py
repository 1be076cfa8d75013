"""A licence on a phone, in real browsers: shown, checked, photographed in vain, frozen, revoked; no case, no look."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.examining import faults

pytestmark = pytest.mark.browser


def test_it_is_shown_and_checked_and_a_photograph_of_the_code_betrays_itself(enter, site):
    phone, policeman, photographer = enter("owner", PHONE), enter("", PHONE), enter("", PHONE)
    phone.goto(f"/my/licences/{site.cases['licence']}/")
    phone.get_by_role("link", name="出示证照").click()
    code = phone.locator(".showing__code").inner_text()
    assert faults(phone, allowed=r"[A-Z]+") == []

    policeman.goto("/check-licence/")
    policeman.fill("[name=code]", code.lower())
    policeman.get_by_role("button", name="核验").click()

    expect(policeman.get_by_role("heading", name="这份证照有效")).to_be_visible()
    assert faults(policeman) == []
    expect(phone.locator("#code")).to_contain_text("已有人核验")
    expect(phone.locator(".showing__code")).not_to_have_text(code)
    photographer.goto(f"/s/{code.replace('-', '')}")
    expect(photographer.get_by_role("heading", name="这个亮证码已经核验过")).to_be_visible()
    assert faults(photographer) == []
    phone.goto(f"/my/licences/{site.cases['licence']}/uses/")
    expect(phone.locator("main")).to_contain_text("核验结果：有效")


def test_without_scripts_one_presses_a_button_and_opens_the_page_again(chromium, site):
    context = chromium.new_context(base_url=site.url, java_script_enabled=False, locale="zh-CN")
    context.add_cookies([{"name": "sessionid", "value": site.cases["session owner"], "url": site.url}])
    holder, checker = context.new_page(), chromium.new_context(base_url=site.url, java_script_enabled=False).new_page()
    holder.goto(f"/my/licences/{site.cases['licence']}/present/")
    first = holder.locator(".showing__code").inner_text()

    checker.goto(f"/s/{first.replace('-', '')}")
    checker.get_by_role("button", name="核验").click()
    holder.get_by_role("link", name="换一个新码").click()

    expect(checker.get_by_role("heading", name="这份证照有效")).to_be_visible()
    expect(holder.locator(".showing__code")).not_to_have_text(first)
    checker.context.close()
    context.close()


def test_a_clerk_who_looks_without_a_case_is_told_so_and_so_is_the_holder(enter, site):
    clerk, phone = enter("clerk"), enter("owner", PHONE)
    wanted = f"/desk/licences/{site.cases['licence']}/"

    clerk.goto(wanted)

    expect(clerk.locator("main")).to_contain_text("无办件不得调证")
    phone.goto(f"/my/licences/{site.cases['licence']}/uses/")
    expect(phone.locator("main")).to_contain_text("没有需要它的办件")


def test_frozen_and_lifted_and_at_last_revoked_every_checker_is_told(enter, site):
    phone, anybody, chief = enter("owner", PHONE), enter("", PHONE), enter("chief")
    printed = f"/l/{site.cases['ending_token']}"

    _freeze(phone, site)
    anybody.goto(printed)
    expect(anybody.locator("main")).to_contain_text("持证人已冻结")
    phone.get_by_role("link", name="解除冻结").click()
    phone.get_by_role("button", name="解除冻结").click()
    anybody.reload()
    expect(anybody.get_by_role("heading", name="这份证照有效")).to_be_visible()
    chief.goto(f"/desk/issuing/{site.cases['ending']}/end/")
    _end(chief)

    anybody.reload()
    expect(anybody.locator("main")).to_contain_text("已废止")
    phone.goto(f"/my/licences/{site.cases['ending']}/")
    expect(phone.get_by_role("link", name="出示证照")).to_have_count(0)
    assert faults(phone) == []


def _freeze(phone: Page, site) -> None:
    phone.goto(f"/my/licences/{site.cases['ending']}/")
    phone.get_by_role("link", name="冻结这份证照").click()
    phone.fill("[name=password]", site.password)
    phone.get_by_role("button", name="确认").click()
    expect(phone.locator("main")).to_contain_text("冻结后马上生效")
    assert faults(phone) == []
    phone.get_by_role("button", name="冻结").click()
    expect(phone.locator("main")).to_contain_text("持证人已冻结")


def _end(chief: Page) -> None:
    for field in chief.locator("main select").all():
        field.select_option(index=1)
    for field in chief.locator("main input[type=text], main textarea").all():
        field.fill("经营者申请注销")
    for field in chief.locator("main input[type=radio]").all()[:1]:
        field.check()
    chief.locator("main form button[type=submit]").first.click()
    chief.wait_for_url(lambda url: not url.endswith("/end/"))
