"""Two editors at one draft, in two browsers: rows, checks while typing, keys only, and nothing that is lost."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.conftest import PHONE, sign_in
from tests.browser.examining import faults
from tests.browser.serving import Site

pytestmark = pytest.mark.browser

TOBACCO = "/desk/catalog/tobacco-retail-licence/"
MATERIALS, FAQ, FORM = (f"{TOBACCO}edit/{key}/" for key in ("materials", "faq", "form"))
LETTERS = r"[a-z_]+"
SECTION = re.compile(r"/edit/[a-z_-]+/$")


@pytest.fixture(scope="module", name="begun")
def begun_before() -> list[str]:
    return []


@pytest.fixture
def editors(enter: Callable[..., Page], begun: list[str]) -> tuple[Page, Page]:
    """The agency's editor, and another one who looks after the whole city; a draft lies there."""
    first, second = enter("editor"), enter("editor2")
    first.goto(f"{TOBACCO}edit/")
    button = first.get_by_role("button", name="起草新的版本")
    if not begun and button.count():
        button.click()
        expect(first.locator("h2").first).to_have_text("基本信息")
    begun.append("yes")
    return first, second


def open_row(page: Page, number: int, patience: float | None = None) -> None:
    fold = page.locator(".erows > .erow > .erow__live > details").nth(number)
    if fold.get_attribute("open") is None:
        fold.locator(":scope > summary").click()
    expect(fold.locator(".efields").first).to_be_visible(timeout=patience)


def field(page: Page, name: str, number: int = 0):
    return page.locator(f"[name$='.{name}']").nth(number)


def save(page: Page) -> None:
    """Press the button and hear the answer: that something was saved stands on the page from before, too."""
    with page.expect_response(lambda told: told.request.method == "POST" and SECTION.search(told.url) is not None):
        press(page)


def press(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).click()


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_contain_text("已保存")


def shows(page: Page, name: str, value: str) -> None:
    """In a page that may load itself once more, when it learns that its last saving has arrived."""
    deadline = time.monotonic() + 15
    while True:
        try:
            # Not for long: the page that was opened may be gone, and the one that came has its row closed.
            open_row(page, 0, patience=1000)
            return expect(field(page, name)).to_have_value(value, timeout=1000)
        except (AssertionError, Error):
            if time.monotonic() > deadline:
                raise


def names(page: Page) -> list[str]:
    return [each.strip() for each in page.locator("[data-title]").all_inner_texts()]


def test_rows_come_go_and_move_without_a_new_page(editors: tuple[Page, Page]) -> None:
    page, _other = editors
    page.goto(MATERIALS)
    page.evaluate("window.same = true")
    before = names(page)

    page.locator("[value^='down|']").first.click()
    assert names(page)[:2] == [before[1], before[0]]
    expect(page.locator("[data-live]")).to_have_text(re.compile("已移到第 2 项"))
    page.locator("[value^='remove|']").nth(2).click()
    expect(page.get_by_text("已删除，保存后生效").locator("visible=true")).to_have_count(1)
    page.get_by_role("button", name="撤销删除").locator("visible=true").click()
    page.get_by_role("button", name="添加一项").click()
    fresh = page.locator(".erow").last
    expect(fresh.locator("input[type=text]").first).to_be_focused()
    fresh.locator("input[type=text]").first.fill("后厨照片")
    save(page)
    saved(page)

    assert page.evaluate("window.same") is True
    assert names(page) == [before[1], before[0], *before[2:], "后厨照片"]
    page.reload()
    assert names(page)[-1] == "后厨照片"


def test_a_row_is_dragged_to_another_place(editors: tuple[Page, Page]) -> None:
    page, _other = editors
    page.goto(MATERIALS)
    before = names(page)

    page.locator(".erow__grip").first.drag_to(page.locator(".erow").nth(1), target_position={"x": 40, "y": 30})
    assert names(page)[:2] == [before[1], before[0]]
    expect(page.locator("#saved")).to_have_text("有修改还没有保存")
    save(page)
    saved(page)
    page.reload()
    assert names(page)[:2] == [before[1], before[0]]


def test_the_checks_speak_while_one_types(editors: tuple[Page, Page]) -> None:
    page, _other = editors
    page.goto(MATERIALS)
    open_row(page, 0)
    name = field(page, "name")
    was = name.input_value()

    name.fill("")
    found = page.locator("[data-found$='.name']").first
    expect(found.locator(".found__one")).to_be_visible()
    expect(page.locator("[data-section=materials]")).not_to_be_empty()
    name.fill(was)
    expect(found.locator(".found__one--stops")).to_have_count(0)


def test_what_two_editors_do_apart_is_kept_of_both(editors: tuple[Page, Page]) -> None:
    first, second = editors
    for page in editors:
        page.goto(MATERIALS)
        open_row(page, 0)
    field(first, "standard").fill("原件清晰，加盖公章。")
    field(second, "usage").fill("用于核对经营场所。")

    save(first)
    saved(first)
    save(second)
    expect(second.locator("main")).to_contain_text("并入了其他人刚才改动的内容")

    open_row(second, 0)
    expect(field(second, "standard")).to_have_value("原件清晰，加盖公章。")
    expect(field(second, "usage")).to_have_value("用于核对经营场所。")


def test_when_both_write_in_one_field_the_second_sees_both_and_chooses(editors: tuple[Page, Page]) -> None:
    first, second = editors
    for page in editors:
        page.goto(MATERIALS)
        open_row(page, 1)
    field(first, "standard").fill("第一位写的标准。")
    field(second, "standard").fill("第二位写的标准。")
    field(second, "guidance").fill("第二位写的说明。")
    save(first)
    saved(first)
    save(second)

    expect(second.locator("h1")).to_contain_text("两个人改了同一处")
    expect(second.get_by_text("第一位写的标准。")).to_be_visible()
    expect(second.get_by_text("第二位写的标准。")).to_be_visible()
    assert faults(second) == []
    second.get_by_role("button", name="按选择保存").click()
    expect(second.locator("[data-errors]")).to_contain_text("请选择保留哪一个")
    second.get_by_label("用我的").check()
    second.get_by_role("button", name="按选择保存").click()
    expect(second.locator("h2").first).to_have_text("申请材料")

    first.reload()
    open_row(first, 1)
    expect(field(first, "standard")).to_have_value("第二位写的标准。")
    expect(field(first, "guidance")).to_have_value("第二位写的说明。")


def test_a_row_that_one_removes_and_the_other_edits_is_asked_about(editors: tuple[Page, Page]) -> None:
    first, second = editors
    first.goto(FAQ)
    count = first.locator("textarea[name$='.q']").count()
    first.get_by_role("button", name="添加一项").click()
    expect(first.locator("textarea[name$='.q']")).to_have_count(count + 1)
    first.locator("textarea[name$='.q']").last.fill("周末能办吗？")
    first.locator("textarea[name$='.a']").last.fill("不能。")
    save(first)
    saved(first)
    for page in editors:
        page.goto(FAQ)
    first.locator("[value^='remove|']").last.click()
    save(first)
    saved(first)
    second.locator("textarea[name$='.a']").last.fill("周六上午可以。")
    save(second)

    expect(second.locator("h1")).to_contain_text("两个人改了同一处")
    expect(second.get_by_text("周六上午可以。")).to_be_visible()
    second.get_by_label("用我的").check()
    second.get_by_role("button", name="按选择保存").click()
    expect(second.locator("textarea[name$='.a']").last).to_have_value("周六上午可以。")
    first.reload()
    expect(first.locator("textarea[name$='.a']").last).to_have_value("周六上午可以。")


def test_leaving_the_section_saves_it(editors: tuple[Page, Page]) -> None:
    page, _other = editors
    page.goto(MATERIALS)
    open_row(page, 0)
    field(page, "usage").fill("换到别的部分以前写的。")
    page.get_by_role("link", name="常见问题").click()
    expect(page.locator("h2").first).to_have_text("常见问题")
    page.goto(MATERIALS)
    open_row(page, 0)
    expect(field(page, "usage")).to_have_value("换到别的部分以前写的。")


def test_what_a_lost_connection_left_behind_is_offered_again(editors: tuple[Page, Page]) -> None:
    page, _other = editors
    page.goto(MATERIALS)
    open_row(page, 0)
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no connection')); }")
    field(page, "usage").fill("断网时写的。")
    page.goto("about:blank")
    page.goto(MATERIALS)

    page.get_by_role("button", name="恢复这些修改").click()
    expect(field(page, "usage")).to_have_value("断网时写的。")
    save(page)
    saved(page)
    page.reload()
    open_row(page, 0)
    expect(field(page, "usage")).to_have_value("断网时写的。")


def test_a_page_loaded_anew_shows_what_was_typed_before(editors: tuple[Page, Page]) -> None:
    page, _other = editors
    page.goto(MATERIALS)
    open_row(page, 0)
    field(page, "usage").fill("刷新以前写的。")
    page.reload()

    shows(page, "usage", "刷新以前写的。")
    expect(page.locator("[data-kept-bar]")).to_be_hidden()


def test_without_a_network_the_page_stays_as_typed_and_is_saved_later(editors: tuple[Page, Page]) -> None:
    page, _other = editors
    page.goto(MATERIALS)
    open_row(page, 0)
    page.context.set_offline(True)
    field(page, "usage").fill("没有网络时写的。")
    press(page)
    expect(page.locator("[data-toast]")).to_contain_text("网络连接中断")
    page.get_by_role("link", name="常见问题").click()
    expect(page.locator("#saved")).to_have_text("有修改还没有保存")
    expect(field(page, "usage")).to_have_value("没有网络时写的。")
    page.context.set_offline(False)
    save(page)
    saved(page)
    page.reload()
    open_row(page, 0)
    expect(field(page, "usage")).to_have_value("没有网络时写的。")


def test_a_session_that_ended_loses_nothing(editors: tuple[Page, Page], site: Site) -> None:
    page, _other = editors
    page.goto(MATERIALS)
    open_row(page, 0)
    field(page, "usage").fill("登录过期以前写的。")
    page.context.clear_cookies(name="sessionid")
    save(page)
    page.wait_for_url("**/account/login/**")
    sign_in(page, "editor", site.password)

    expect(field(page, "usage")).to_have_value("登录过期以前写的。")
    expect(page.locator("#saved")).to_have_text("有修改还没有保存")
    save(page)
    saved(page)


def test_a_condition_is_picked_from_the_fields_of_the_form(editors: tuple[Page, Page]) -> None:
    page, _other = editors
    page.goto(MATERIALS)
    open_row(page, 2)
    box = page.locator("[data-condition]").first
    box.get_by_label("看某个字段的回答").check()
    select = box.locator("select").first
    choice = page.evaluate(
        "() => JSON.parse(document.querySelector('[data-condition-fields]').dataset.conditionFields)"
        ".find(each => each.values.length > 1)"
    )
    select.select_option(choice["value"])
    box.get_by_label(choice["values"][0]["label"], exact=True).check()
    save(page)
    saved(page)
    page.reload()
    open_row(page, 2)
    expect(page.locator("[data-condition] select").first).to_have_value(choice["value"])
    expect(page.locator("[data-condition] [data-values] :checked")).to_have_value(choice["values"][0]["value"])


def test_by_keyboard_alone(editors: tuple[Page, Page]) -> None:
    page, _other = editors
    page.goto(FAQ)
    before = page.locator("textarea[name$='.q']").first.input_value()
    page.locator("[value^='down|']").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("textarea[name$='.q']").nth(1).input_value() == before
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    assert page.locator("textarea[name$='.q']").first.input_value() == before


@pytest.mark.parametrize(
    "path", [MATERIALS, FORM, f"{TOBACCO}edit/limits/", f"{TOBACCO}edit/revisions", f"{TOBACCO}preview"]
)
def test_the_pages_are_usable_by_everybody(editors: tuple[Page, Page], path: str) -> None:
    page, _other = editors
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(path)
    page.wait_for_load_state("networkidle")

    assert faults(page, allowed=LETTERS) + said == []


def test_without_scripts_the_buttons_post_and_come_back(chromium, site) -> None:
    context = chromium.new_context(
        base_url=site.url, java_script_enabled=False, locale="zh-CN", viewport={"width": PHONE, "height": 780}
    )
    context.add_cookies([{"name": "sessionid", "value": site.cases["session editor"], "url": site.url}])
    page = context.new_page()
    page.goto(FAQ)
    count = page.locator("textarea[name$='.q']").count()
    page.get_by_role("button", name="添加一项").click()
    expect(page.locator("textarea[name$='.q']")).to_have_count(count + 1)
    page.locator("textarea[name$='.q']").last.fill("没有脚本也能用吗？")
    page.locator("textarea[name$='.a']").last.fill("能。")
    page.locator("[value^='up|']").last.click()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("textarea[name$='.q']").nth(count - 1)).to_have_value("没有脚本也能用吗？")
    context.close()
