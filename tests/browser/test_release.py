"""An editor changes an item, both offices approve, citizens see it: in a real browser, from the desk to the guide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.examining import faults
from tests.browser.serving import Site
from yimen.kit.time import CHINA, day_of, now
from yimen.ui.words import plain_date

pytestmark = pytest.mark.browser

PENSION, PENSION_NAME = "resident-pension-enrol", "城乡居民基本养老保险参保登记"
WORKSHOP, WORKSHOP_NAME = "food-workshop-registration", "食品生产加工小作坊登记"
QUOTA = "当年缴费以税务机关公布的时间为准"
LONG, SHORT = "20", "18"


def test_an_item_is_changed_approved_twice_and_seen_by_everybody(enter: Callable[..., Page]) -> None:
    editor = enter("editor")
    begin(editor, PENSION)
    editor.get_by_role("link", name="受理条件").click()
    editor.get_by_label("数量限制").fill(QUOTA)
    save(editor)
    editor.get_by_role("link", name="改好了，去送审").click()

    expect(editor.get_by_text(QUOTA)).to_be_visible()
    expect(editor.get_by_text("发布后只影响新的申请")).to_be_visible()
    assert faults(editor) == []
    editor.get_by_role("link", name="送审").click()
    editor.get_by_label("为什么改").fill("写明缴费时间")
    assert faults(editor) == []
    send(editor)
    for office in ("staffing", "legal"):
        approve(enter(office), PENSION_NAME, "写明缴费时间")

    citizen = enter("", PHONE)
    citizen.goto(f"/items/{PENSION}/?all")
    expect(citizen.get_by_text(QUOTA).first).to_be_visible()

    editor.goto(f"/desk/catalog/{PENSION}/")
    expect(editor.get_by_text("法制审核通过").first).to_be_visible()
    editor.get_by_role("link", name="比较版本").click()
    expect(editor.get_by_text(QUOTA)).to_be_visible()
    assert faults(editor) == []


def test_until_its_day_the_old_one_counts_and_what_runs_keeps_it(enter: Callable[..., Page], site: Site) -> None:
    day = day_of(now()) + timedelta(days=1)
    number = site.cases["workshop"]
    editor, citizen, clerk = enter("editor"), enter("", PHONE), enter("reviewer")
    begin(editor, WORKSHOP)
    editor.get_by_role("link", name="环节与时限").click()
    editor.locator("[name='promised_days']").fill(SHORT)
    save(editor)
    editor.get_by_role("link", name="改好了，去送审").click()
    editor.get_by_role("link", name="送审").click()
    editor.get_by_label("从哪天起施行").fill(day.isoformat())
    editor.get_by_label("为什么改").fill("压缩办理时间")
    send_undecided(editor)
    editor.get_by_label("也适用于在办的办件").check()
    send(editor)
    for office in ("staffing", "legal"):
        approve(enter(office), WORKSHOP_NAME, "也适用于在办的办件")

    citizen.goto(f"/items/{WORKSHOP}/")
    expect(citizen.locator(".answers")).to_contain_text(f"{LONG} 个工作日")
    expect(citizen.get_by_text(f"{plain_date(day)}起这份指南有变化")).to_be_visible()
    expect(citizen.get_by_text(f"{LONG} 工作日 → {SHORT} 工作日")).to_be_visible()
    assert faults(citizen) == []
    clerk.goto(f"/desk/cases/{number}/")
    expect(clerk.get_by_text("新版本减轻的要求")).to_have_count(0)

    site.day_comes(datetime.combine(day, time(0, 1), tzinfo=CHINA))

    citizen.goto(f"/items/{WORKSHOP}/")
    expect(citizen.locator(".answers")).to_contain_text(f"{SHORT} 个工作日")
    expect(citizen.get_by_text("起这份指南有变化")).to_have_count(0)
    expect_after_a_while(clerk, "承诺期限缩短为 18 个工作日")
    expect(clerk.get_by_text("第 1 版", exact=True)).to_be_visible()
    expect(clerk.get_by_text("办事指南更新为第 2 版")).to_be_visible()
    assert faults(clerk) == []
    owner = enter("owner", PHONE)
    owner.goto(f"/cases/{number}/")
    expect(owner.get_by_text("承诺期限缩短，最迟")).to_be_visible()
    assert faults(owner) == []


def begin(editor: Page, slug: str) -> None:
    editor.goto(f"/desk/catalog/{slug}/")
    editor.get_by_role("link", name="修改这个事项").click()
    editor.get_by_role("button", name="起草新的版本").click()


def save(editor: Page) -> None:
    editor.get_by_role("button", name="保存", exact=True).click()
    expect(editor.locator("#saved")).to_contain_text("已保存")


def send_undecided(editor: Page) -> None:
    """Nobody chooses by leaving it out."""
    editor.get_by_role("button", name="送审").click()
    expect(editor.locator(".errors")).to_contain_text("请选择一项")
    assert faults(editor) == []


def send(editor: Page) -> None:
    editor.get_by_role("button", name="送审").click()
    expect(editor.get_by_text("等机构编制部门审核").first).to_be_visible()


def approve(office: Page, name: str, shown: str) -> None:
    office.goto("/desk/catalog/waiting")
    assert faults(office) == []
    office.get_by_role("link", name=name).click()
    expect(office.get_by_text(shown).first).to_be_visible()
    office.get_by_role("link", name="审核通过").click()
    office.get_by_role("button", name="审核通过").click()
    expect(office.get_by_role("heading", name="编制和审核")).to_be_visible()


def expect_after_a_while(page: Page, text: str) -> None:
    """What the worker does after a release is there soon, though not at once."""
    for _ in range(30):
        page.reload()
        if page.get_by_text(text).count():
            break
        page.wait_for_timeout(500)
    expect(page.get_by_text(text).first).to_be_visible()
