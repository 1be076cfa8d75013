"""The box that suggests: by keyboard, by mouse, without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.examining import AXE, SERIOUS

pytestmark = pytest.mark.browser


def test_suggestions_come_while_typing_and_are_chosen_by_keyboard(enter, site):
    page = enter()
    page.goto("/")
    box = page.get_by_role("combobox", name="您想办什么事？")

    box.press_sequentially("sbk", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("社会保障卡")
    page.evaluate(AXE)
    assert page.evaluate(SERIOUS, True) == []
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press_sequentially(" ")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("社会保障卡")
    box.press("Enter")

    page.wait_for_url("**/items/social-security-card/")


def test_enter_without_a_choice_searches(enter, site):
    page = enter()
    page.goto("/")

    page.get_by_role("combobox").fill("身份証過期")
    page.get_by_role("combobox").press("Enter")

    expect(page.get_by_role("heading", level=2).first).to_contain_text("居民身份证换领")


def test_a_suggestion_is_opened_by_a_tap(enter, site):
    page = enter()
    page.goto("/items/")

    page.get_by_role("combobox").press_sequentially("shenfenzheng", delay=20)
    page.get_by_role("option", name="居民身份证换领").click()

    page.wait_for_url("**/items/id-card-renewal/")


def test_the_box_in_the_head_of_every_page_suggests_too(enter, site):
    page = enter()
    page.goto("/help/")
    box = page.get_by_role("banner").get_by_role("combobox", name="搜索事项")

    box.press_sequentially("身份正", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("居民身份证")
    page.evaluate(AXE)
    assert page.evaluate(SERIOUS, True) == []
    box.press("ArrowDown")
    box.press("Enter")

    page.wait_for_url("**/items/id-card-renewal/")


def test_on_a_phone_the_suggestions_stay_on_the_screen(enter, site):
    page = enter("", PHONE)
    page.goto("/items/marriage-registration/")

    page.get_by_role("banner").get_by_role("combobox").press_sequentially("社保", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    page.get_by_role("option", name="社会保障卡").first.click()

    page.wait_for_url("**/items/social-security-card/")
