"""Reading a guide: its chapters fold and print; passing it on; the situation that leads into the application."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_guide_is_shared_by_the_phone_s_own_means_or_copied(enter, site):
    page = enter()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("navigator.share = undefined")
    page.goto("/items/food-business-licence/")

    page.get_by_role("button", name="分享这份指南").click()

    expect(page.get_by_role("button", name="链接已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site.url}/items/food-business-licence/"


def test_chapters_open_all_at_once_and_from_an_address(enter, site):
    page = enter()
    page.goto("/items/food-business-licence/")
    law = page.locator("#basis")
    expect(law).to_be_hidden()

    page.get_by_role("button", name="全部展开").click()
    expect(law).to_be_visible()
    page.get_by_role("button", name="全部收起").click()
    expect(law).to_be_hidden()

    page.get_by_role("link", name="设定依据").click()
    expect(law).to_be_in_viewport()
    page.goto("/items/food-business-licence/#flow")
    page.reload()
    expect(page.get_by_role("img", name="食品经营许可（餐饮服务新办）办理流程图")).to_be_visible()


def test_folded_chapters_are_printed(enter, site):
    page = enter()
    page.goto("/items/food-business-licence/")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")

    expect(page.locator("#basis")).to_be_visible()
    expect(page.locator("#contents")).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator("#basis")).to_be_hidden()


def test_a_situation_leads_into_the_application_over_signing_in(enter, site):
    page = enter("owner")
    page.goto("/items/food-business-licence/")
    page.get_by_role("link", name="先看我的情形要交什么").click()
    for answer in ("集中用餐单位食堂", "是", "还不确定", "邮寄"):
        page.get_by_role("radio", name=answer, exact=True).check()
        page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", name="您要准备这些")).to_be_visible()
    expect(page.get_by_text("供餐人数")).to_be_visible()

    page.get_by_role("link", name="按这个情形开始办理").click()
    expect(page.get_by_text("会带入您选择的情形")).to_be_visible()
    expect(page.get_by_text("集中用餐单位食堂")).to_be_visible()
