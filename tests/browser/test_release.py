"""An editor changes an item, both offices approve, citizens see it: in a real browser, from the desk to the guide."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.examining import faults

pytestmark = pytest.mark.browser

ITEM = "resident-pension-enrol"
QUOTA = "当年缴费以税务机关公布的时间为准"


def test_an_item_is_changed_approved_twice_and_seen_by_everybody(enter: Callable[..., Page]) -> None:
    editor = enter("editor")
    editor.goto(f"/desk/catalog/{ITEM}/")
    editor.get_by_role("link", name="修改这个事项").click()
    editor.get_by_role("button", name="起草新的版本").click()
    editor.get_by_role("link", name="受理条件").click()
    editor.get_by_label("数量限制").fill(QUOTA)
    editor.get_by_role("button", name="保存", exact=True).click()
    expect(editor.locator("#saved")).to_contain_text("已保存")
    editor.get_by_role("link", name="改好了，去送审").click()

    expect(editor.get_by_text(QUOTA)).to_be_visible()
    expect(editor.get_by_text("发布后只影响新的申请")).to_be_visible()
    assert faults(editor) == []
    editor.get_by_role("link", name="送审").click()
    editor.get_by_label("为什么改").fill("写明缴费时间")
    assert faults(editor) == []
    editor.get_by_role("button", name="送审").click()
    expect(editor.get_by_text("等机构编制部门审核").first).to_be_visible()

    for office in ("staffing", "legal"):
        page = enter(office)
        page.goto("/desk/catalog/waiting")
        assert faults(page) == []
        page.get_by_role("link", name="城乡居民基本养老保险参保登记").click()
        expect(page.get_by_text("写明缴费时间").first).to_be_visible()
        page.get_by_role("link", name="审核通过").click()
        page.get_by_role("button", name="审核通过").click()
        expect(page.get_by_role("heading", name="编制和审核")).to_be_visible()

    citizen = enter("", PHONE)
    citizen.goto(f"/items/{ITEM}/?all")
    expect(citizen.get_by_text(QUOTA).first).to_be_visible()

    editor.goto(f"/desk/catalog/{ITEM}/")
    expect(editor.get_by_text("法制审核通过").first).to_be_visible()
    editor.get_by_role("link", name="比较版本").click()
    expect(editor.get_by_text(QUOTA)).to_be_visible()
    assert faults(editor) == []
