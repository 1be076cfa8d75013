"""A proof is put to the public: opened by an editor, spoken about on phones, answered; all can read it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.examining import faults

pytestmark = pytest.mark.browser

SAID = "我在街道已经登记过，建议由部门之间自己核对。"
WHY = "需要核实申请人的实际情况，目前没有可以共享的数据。"
ANSWER = "收到意见三条，都已经研究，采纳两条。"
INSTEAD = "改为申请人书面承诺，事后核查。"


def test_a_proof_is_put_to_the_public_and_people_speak(enter):
    editor = enter("editor")
    editor.goto("/desk/consultations/")
    editor.get_by_role("link", name="发起征求意见").click()
    editor.locator("tbody tr").first.get_by_role("link").click()
    title = editor.get_by_label("标题").input_value()
    editor.get_by_role("button", name="公布").click()
    expect(editor.locator(".errors")).to_contain_text("请填写此项")
    editor.get_by_label("为什么要保留这项证明").fill(WHY)
    editor.get_by_role("button", name="公布").click()
    expect(editor.locator("h1")).to_have_text(title)
    assert faults(editor) == []
    public = editor.get_by_role("link", name="看公开页面").get_attribute("href") or ""

    _somebody_speaks(enter("", PHONE), public)
    _the_owner_speaks(enter("owner"), public)
    _one_is_hidden(editor)

    reader = enter()
    reader.goto(public)
    expect(reader.locator(".voices")).to_contain_text("含有他人的电话号码")
    expect(reader.locator(".voices")).not_to_contain_text("我邻居的电话")


def _somebody_speaks(page: Page, public: str) -> None:
    page.goto("/consultations/")
    assert faults(page) == []
    page.goto(public)
    assert faults(page) == []
    page.get_by_role("button", name="提交意见").click()
    expect(page.locator(".errors")).to_be_visible()
    page.get_by_role("textbox", name="您的意见").fill(SAID)
    page.get_by_label("称呼").fill("张小三")
    page.get_by_role("button", name="提交意见").click()
    expect(page.locator(".messages")).to_contain_text("第 1 号")
    expect(page.locator(".voices")).to_contain_text("张*三")
    expect(page.locator(".voices")).to_contain_text(SAID)


def _the_owner_speaks(page: Page, public: str) -> None:
    page.goto(public)
    page.get_by_role("textbox", name="您的意见").fill("我邻居的电话是 13900000000，可以问他。")
    page.get_by_label("匿名").check()
    page.get_by_role("button", name="提交意见").click()
    expect(page.locator(".messages")).to_contain_text("第 2 号")
    expect(page.locator(".voices li").last).to_contain_text("匿名")


def _one_is_hidden(page: Page) -> None:
    page.reload()
    page.locator(".voices li").last.get_by_role("link", name="隐藏").click()
    page.get_by_label("隐藏的理由").fill("含有他人的电话号码")
    page.get_by_role("button", name="隐藏").click()
    expect(page.locator(".voices")).to_contain_text("隐藏的理由：含有他人的电话号码")


def test_the_agency_answers_and_everybody_reads_the_outcome(enter, site):
    number = site.cases["consultation"]
    editor = enter("editor")
    editor.goto(f"/desk/consultations/{number}/")
    editor.get_by_role("link", name="登记听证会").click()
    editor.get_by_label("听证会日期").fill("2026-01-05")
    editor.get_by_label("地点").fill("市民中心三楼")
    editor.get_by_label("听证情况").fill("九位代表参加，多数建议改为承诺。")
    editor.get_by_role("button", name="保存并公布").click()
    editor.get_by_role("link", name="答复并办结").click()
    editor.get_by_label("对意见的答复").fill(ANSWER)
    editor.get_by_label("改为其他方式").check()
    editor.get_by_label("为什么这样处理").fill(INSTEAD)
    editor.get_by_role("button", name="公布答复和结果").click()
    expect(editor.locator(".messages")).to_contain_text("已办结")

    reader = enter("", PHONE)
    reader.goto(f"/consultations/{number}/")
    for said in ("结果：改为其他方式", INSTEAD, ANSWER, "市民中心三楼", "九位代表参加"):
        expect(reader.locator("main")).to_contain_text(said)
    assert faults(reader) == []
    expect(reader.get_by_role("button", name="提交意见")).to_have_count(0)
