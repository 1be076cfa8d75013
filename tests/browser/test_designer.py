"""The form designer in a browser: pages arranged by keys, a library field picked, tried as a citizen, saved."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.examining import faults

pytestmark = pytest.mark.browser

CARD = "/desk/catalog/social-security-card/"
LETTERS = r"[a-z_.]+|Alt"
PICKED = "premises.lease_end"


def designer(page: Page) -> Page:
    """The designer of a draft. It is begun through the screen, where nobody has begun it yet."""
    page.goto(f"{CARD}edit/")
    if "/edit/basic/" not in page.url:
        page.get_by_role("button", name="起草新的版本").click()
        expect(page.locator("h2").first).to_have_text("基本信息")
    page.goto(f"{CARD}edit/form/")
    page.get_by_role("link", name="表单设计").click()
    expect(page.locator("h1")).to_have_text("表单设计")
    return page


def order(page: Page) -> list[str]:
    return [each.get_attribute("data-field") or "" for each in page.locator("[data-field]").all()]


def test_pages_are_arranged_a_library_field_is_picked_tried_on_phone_and_desktop_and_saved(
    enter: Callable[..., Page],
) -> None:
    page = designer(enter("editor2"))
    before = order(page)
    page.evaluate("window.stays = true")

    page.locator("[data-field]").nth(1).focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-field]").nth(2)).to_have_attribute("data-field", before[1])
    expect(page.locator("[data-field]").nth(2)).to_be_focused()
    page.locator("#title0").fill("您和您的社保卡")
    page.locator("#rename0").click()
    expect(page.get_by_role("heading", name="您和您的社保卡")).to_have_count(1)

    page.get_by_label("加到哪一页").select_option("0")
    page.get_by_label("从数据元库选用").fill(PICKED)
    page.get_by_role("button", name="添加", exact=True).click()
    field = page.locator("[data-section='0'] [data-field=premises_lease_end]")
    expect(field).to_be_visible()

    frame = page.frame_locator("[data-preview]")
    expect(frame.get_by_role("heading", level=1)).to_have_text("您和您的社保卡")
    page.get_by_role("link", name="用示例数据试填").click()
    expect(frame.locator("[name^=premises_lease_end]").first).not_to_have_value("")
    narrow = page.locator("[data-preview]").evaluate("each => each.clientWidth")
    page.get_by_label("电脑").check()
    assert narrow <= PHONE < page.locator("[data-preview]").evaluate("each => each.clientWidth")
    frame.get_by_role("button", name="保存并继续").click()
    expect(frame.get_by_role("heading", level=1)).not_to_have_text("您和您的社保卡")

    assert page.evaluate("window.stays"), "the page was never loaded again"
    page.reload()
    assert "premises_lease_end" in order(page)
    assert faults(page, allowed=LETTERS) == []
    page.goto(f"{CARD}edit/form/preview?sample=1")
    assert faults(page) == []


def test_in_the_editors_form_a_library_field_fills_its_question_at_once(enter: Callable[..., Page]) -> None:
    page = designer(enter("editor2"))
    page.goto(f"{CARD}edit/form/")

    page.locator("#add_form_fields").click()
    element = page.locator("[name='form_fields.n1.element']")
    element.fill("agent.phone")
    element.press("Tab")

    expect(page.locator("[name='form_fields.n1.type']")).to_have_value("phone")
    expect(page.locator("[name='form_fields.n1.name']")).to_have_value("agent_phone")
    expect(page.locator("[name='form_fields.n1.label']")).to_have_value("经办人电话")
