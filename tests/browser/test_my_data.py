"""In a real browser: a look that seems wrong is reported from a phone; a representative goes to the firm's space."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.examining import faults

pytestmark = pytest.mark.browser


def test_a_clerk_looks_the_citizen_reads_it_and_says_with_one_click_that_it_seems_wrong(enter, site):
    desk = enter("clerk")
    desk.goto(f"/desk/cases/{site.cases['supplement']}/")
    page = enter("citizen", PHONE)
    page.goto("/my/")
    page.get_by_role("link", name="谁看过我的信息").first.click()
    look = page.get_by_role("article").first

    expect(look.get_by_text("看了：")).to_be_visible()
    assert faults(page) == []
    look.get_by_role("button", name="这次查看不对劲").click()

    expect(page.get_by_role("heading", name="我反映的查看")).to_be_visible()
    expect(page.get_by_text("监督部门正在核查")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("补充说明").fill("那天我没有来办事")
    page.get_by_role("button", name="保存说明").click()
    expect(page.get_by_label("补充说明")).to_have_value("那天我没有来办事")

    watch = enter("supervisor")
    watch.goto("/desk/looks/")
    watch.get_by_role("table").get_by_role("link").first.click()
    expect(watch.get_by_text("那天我没有来办事")).to_be_visible()
    watch.get_by_label("查看正当").check()
    watch.get_by_label("核查情况").fill("为核对您的补正材料，有办件记录")
    watch.get_by_role("button", name="答复").click()

    page.reload()
    expect(page.get_by_text("为核对您的补正材料，有办件记录")).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_for_whom_one_stands_is_said_in_the_head_until_one_is_oneself_again(enter, width):
    page = enter("owner", width)
    page.goto("/my/")
    page.get_by_role("link", name="换身份").click()
    firm = page.get_by_role("main").get_by_role("link").filter(has_text="公司").first
    firm.click()
    name = page.get_by_role("heading", level=1).inner_text()

    expect(page.get_by_role("heading", name="谁可以替本单位办事")).to_be_visible()
    assert faults(page) == []
    page.goto("/items/")
    expect(page.get_by_role("banner").get_by_text(name)).to_be_visible()
    page.get_by_role("link", name="换身份").click()
    page.get_by_role("main").get_by_role("link").filter(has_text="我自己").click()
    expect(page.get_by_role("banner").get_by_text(name)).to_have_count(0)
