"""Giving a mandate in a real browser, on a phone, up to the page that asks once more."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.examining import faults
from yimen.demo.choices import PEOPLE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_somebody_is_chosen_and_the_page_that_asks_once_more_is_usable_by_everybody(enter, site, width):
    page, friend = enter("owner", width), PEOPLE[0]
    page.goto("/my/mandates/")
    page.get_by_role("link", name="授权经办人").click()

    page.get_by_label("姓名").fill(friend.name)
    page.get_by_label("证件号码").fill(friend.number)
    page.get_by_label("所有事项").check()
    expect(page.get_by_role("group", name="选定的事项")).to_be_hidden()
    page.get_by_label("只限选定的事项").check()
    page.get_by_text("市场监督管理局").click()
    page.get_by_label("食品经营许可").check()
    page.get_by_role("button", name="下一步").click()

    expect(page.get_by_role("heading", name="核对授权")).to_be_visible()
    expect(page.get_by_text("承担后果")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="返回修改").click()
    expect(page.get_by_label("姓名")).to_have_value(friend.name)
    expect(page.get_by_label("食品经营许可")).to_be_checked()
