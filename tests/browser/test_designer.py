"""The form designer in a browser: keys only, dragging, the preview beside, and what a phone shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.examining import faults

pytestmark = pytest.mark.browser

PHARMACY = "/desk/catalog/drug-retail-licence/"
LETTERS = r"[a-z_.]+|Alt"


@pytest.fixture
def designer(enter: Callable[..., Page]) -> Page:
    """The designer of a draft, begun if it isn't there yet."""
    page = enter("editor")
    page.goto(f"{PHARMACY}edit/")
    button = page.get_by_role("button", name="起草新的版本")
    if button.count():
        button.click()
        expect(page.locator("h2").first).to_have_text("基本信息")
    page.goto(f"{PHARMACY}edit/form/")
    page.get_by_role("link", name="表单设计").click()
    expect(page.locator("h1")).to_have_text("表单设计")
    return page


def order(page: Page) -> list[str]:
    return [each.get_attribute("data-field") or "" for each in page.locator("[data-field]").all()]


def test_fields_are_moved_by_keys_and_by_dragging_without_the_page_being_loaded_again(designer: Page) -> None:
    page, before = designer, order(designer)
    page.evaluate("window.stays = true")

    page.locator("[data-field]").nth(1).focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-field]").nth(2)).to_be_focused()
    by_key = order(page)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(".erow__grip").nth(0).drag_to(page.locator("[data-field]").nth(3))
    expect(page.locator("[data-field]").nth(0)).not_to_have_attribute("data-field", before[0])

    assert by_key == [before[0], before[2], before[1], *before[3:]]
    assert sorted(order(page)) == sorted(before)
    assert page.evaluate("window.stays")
    page.reload()
    assert order(page)[0] != before[0]


def test_a_library_field_is_picked_and_the_citizens_page_shows_it_with_a_sample(designer: Page) -> None:
    page = designer

    page.get_by_label("从数据元库选用").fill("premises.lease_end")
    page.get_by_role("button", name="加到最后一页").click()
    expect(page.locator("[data-field=premises_lease_end]")).to_be_visible()
    page.get_by_role("link", name="用示例数据试填").click()
    frame = page.frame_locator("[data-preview]")
    while frame.get_by_role("button", name="保存并继续").count() and not frame.get_by_label("租约到期日").count():
        frame.get_by_role("button", name="保存并继续").click()

    expect(frame.get_by_label("租约到期日")).to_have_value("2026-03-02")


def test_the_designer_and_the_library_are_usable_by_everybody(designer: Page) -> None:
    page = designer

    found = faults(page, allowed=LETTERS)
    for path in ("/desk/fields/", "/desk/fields/org.name/", "/desk/fields/new", "/desk/fields/org.name/retire"):
        page.goto(path)
        found += [f"{path}: {each}" for each in faults(page, allowed=LETTERS)]

    assert found == []
