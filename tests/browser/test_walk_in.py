"""At a window, by keyboard alone: a visitor, a checklist, a supplement from a phone, decided at once and handed out."""

from __future__ import annotations

import pytest
from playwright.sync_api import FileChooser, Page, expect

from tests.browser.conftest import PATIENCE_MS, PHONE
from tests.browser.examining import faults
from tests.builders.walk import PDF
from yimen.demo.choices import PEOPLE

pytestmark = pytest.mark.browser

ITEM = "社会保障卡首次申领"
VISITOR = PEOPLE[0]
REASON = "相片回执号看不清，请重新上传。"
SCAN = {"name": "相片回执.pdf", "mimeType": "application/pdf", "buffer": PDF}
MOST_TABS = 120


def test_a_visitor_is_served_by_keyboard_alone(enter):
    clerk = enter("clerk")
    clerk.goto("/desk/counter/")
    _who(clerk)
    _what(clerk)
    _checklist(clerk)
    number = _submit(clerk)
    _ask(clerk)

    _supplement(enter("citizen", PHONE), number)

    _settle(clerk, number)
    _issue(enter("deliverer"), number)
    _hand_out(clerk, number)


def _who(clerk: Page) -> None:
    """The number's field is where one begins to type, or where the card reader writes."""
    clerk.keyboard.type(VISITOR.number)
    _tab_to(clerk, "[name=name]")
    clerk.keyboard.type(VISITOR.name)
    _enter(clerk)
    expect(clerk.locator(".pagehead__caption")).to_contain_text(VISITOR.name)


def _what(clerk: Page) -> None:
    clerk.keyboard.type("社保卡")
    _enter(clerk)
    expect(clerk.locator(".choices__name").first).to_have_text(ITEM)
    assert faults(clerk) == []
    _tab_to(clerk, ".choices button")
    _enter(clerk)
    expect(clerk.locator("h1")).to_have_text(ITEM)


def _checklist(clerk: Page) -> None:
    """Original, copy, scan; the identity card lies in the vault; then the form below."""
    expect(clerk.locator(".stateline--missing")).to_be_visible()
    _tab_to(clerk, "#original_m01")
    clerk.keyboard.press("Space")
    _tab_to(clerk, "#copy_m01")
    clerk.keyboard.press("Space")
    _tab_to(clerk, "#copies_m01")
    clerk.keyboard.press("Control+A")
    clerk.keyboard.type("2")
    expect(clerk.locator("#line_m02")).to_contain_text("证照库")
    _open_chooser(clerk, "#file_m03").set_files(SCAN)
    _choose(clerk, is_minor="false", photo_source="授权使用户籍相片", bank="农商银行")
    _choose(clerk, instant_card="true", delivery_mode="窗口领取")


def _open_chooser(clerk: Page, field: str) -> FileChooser:
    """By the space bar. Playwright listens before the way there: its order to listen and the key take different roads
    into the browser, and on a busy machine the key came first (the page had its click, nobody heard of the chooser)."""
    with clerk.expect_file_chooser(timeout=4 * PATIENCE_MS) as chooser:
        _tab_to(clerk, field)
        clerk.keyboard.press("Space")
    return chooser.value


def _submit(clerk: Page) -> str:
    """What is kept is kept; then submitted on the visitor's behalf, with a receipt to print."""
    _tab_to(clerk, "[name=submit]")
    _enter(clerk)
    expect(clerk.locator(".handout")).to_contain_text("申请材料接收回执")
    return clerk.url.rstrip("/").split("/")[-1]


def _ask(clerk: Page) -> None:
    """Once, with the reason beside what is wrong."""
    _key(clerk, "/ask-supplement/")
    _tab_to(clerk, "#id_ask_m03")
    clerk.keyboard.press("Space")
    _tab_to(clerk, "#id_why_m03")
    clerk.keyboard.type(REASON)
    _tab_to(clerk, "main form .button--primary")
    _enter(clerk)


def _supplement(phone: Page, number: str) -> None:
    phone.goto("/my/")
    expect(phone.locator("main")).to_contain_text(f"补正材料：{ITEM}")
    phone.goto(f"/cases/{number}/")
    phone.get_by_role("link", name="去补齐").click()
    expect(phone.locator("main")).to_contain_text(REASON)
    with phone.expect_file_chooser() as chooser:
        phone.locator("#upload-m03 .upload__drop label").first.click()
    chooser.value.set_files(SCAN)
    expect(phone.locator("#upload-m03")).to_contain_text("已上传")
    phone.get_by_role("button", name="确认补正").click()
    expect(phone.locator("main")).to_contain_text("补正材料已提交")


def _settle(clerk: Page, number: str) -> None:
    """The case comes back by its number; an instant item is accepted and granted in one go."""
    _open(clerk, number)
    _key(clerk, "/settle/")
    _tab_to(clerk, "main form .button--primary")
    _enter(clerk)
    expect(clerk.locator(".tools")).to_contain_text("已决定")


def _issue(deliverer: Page, number: str) -> None:
    deliverer.goto("/desk/results/")
    deliverer.keyboard.press("/")
    deliverer.keyboard.type(number)
    _enter(deliverer)
    _key(deliverer, "/issue/")
    _tab_to(deliverer, "main form .button--primary")
    _enter(deliverer)


def _hand_out(clerk: Page, number: str) -> None:
    """Not without having looked at the receiver's document."""
    _open(clerk, number)
    _key(clerk, "/deliver/")
    _choose(clerk, way="window")
    _tab_to(clerk, "[name=receiver]")
    clerk.keyboard.press("Control+A")
    clerk.keyboard.type(VISITOR.name)
    _tab_to(clerk, "[name=receiver_document]")
    clerk.keyboard.press("Control+A")
    clerk.keyboard.press("Delete")
    _enter(clerk)
    expect(clerk.locator(".errors")).to_contain_text("核对领取人的身份证件")
    expect(clerk.locator("[name=receiver]")).to_have_value(VISITOR.name)
    _tab_to(clerk, "[name=receiver_document]")
    clerk.keyboard.type(VISITOR.number)
    _enter(clerk)
    _open(clerk, number)
    expect(clerk.locator(".tools")).to_contain_text("已办结")
    expect(clerk.locator(".handout")).to_contain_text("送达回执")


def _open(clerk: Page, number: str) -> None:
    clerk.goto("/desk/counter/")
    _tab_to(clerk, "#id_case")
    clerk.keyboard.type(number)
    _enter(clerk)
    expect(clerk.locator("h1")).to_have_text(ITEM)


def _tab_to(page: Page, selector: str) -> None:
    """Tab until the focus is there: what can't be reached fails here."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} isn't reached with {MOST_TABS} presses of Tab")


def _choose(page: Page, **wanted: str) -> None:
    """Into a group of radio buttons with Tab, along it with the arrows."""
    for name, value in wanted.items():
        _tab_to(page, f"[name={name}]")
        page.keyboard.press("Space")
        for _ in range(MOST_TABS):
            if page.evaluate("document.activeElement.value") == value:
                break
            page.keyboard.press("ArrowDown")
        expect(page.locator(f"[name={name}][value={value}]")).to_be_checked()


def _key(page: Page, verb: str) -> None:
    """A verb by its letter."""
    letter = page.locator(f"main a[href*='{verb}'][data-key]").get_attribute("data-key") or ""
    with page.expect_navigation(url=f"**{verb}*"):
        page.keyboard.press(letter)


def _enter(page: Page) -> None:
    """Enter, and the page that comes of it."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
