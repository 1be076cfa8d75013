"""Online, in a real browser: from a question in everyday words on a phone to a licence that anybody can verify."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, sign_in
from tests.browser.examining import faults
from tests.builders.walk import PDF
from yimen.demo.choices import FIRM_NAME

pytestmark = pytest.mark.browser

ITEM = "食品经营许可（餐饮服务新办）"


def test_from_a_question_on_a_phone_to_a_licence_that_anybody_can_verify(enter, site):
    phone = enter(width=PHONE)
    _find(phone)
    sign_in(phone, "owner", site.password)
    _begin(phone)
    _firm(phone)
    _business(phone)
    _kitchen(phone)
    _equipment(phone)
    _hand_in(phone)
    number, password = _submit(phone)

    _desk(enter, number)

    _follow(phone, number)
    licence = _licence(phone)
    stranger = enter(width=PHONE)
    stranger.goto(licence)
    expect(stranger.locator("main")).to_contain_text("有效")
    _look_up(stranger, number, password)


def _find(phone: Page) -> None:
    """Everyday words lead to the guide, and the guide to the beginning."""
    phone.goto("/")
    phone.fill("[name=q]", "开餐馆要办什么证")
    phone.get_by_role("button", name="搜索").click()
    phone.locator(".hit").get_by_role("link", name=ITEM).click()
    expect(phone.locator("h1")).to_have_text(ITEM)
    expect(phone.locator(".answers")).to_contain_text("要准备什么？")
    phone.get_by_role("link", name="开始办理").first.click()


def _begin(phone: Page) -> None:
    expect(phone.get_by_label(FIRM_NAME)).to_be_checked()
    phone.locator("main form button").click()
    expect(phone.locator("main")).to_contain_text(f"{FIRM_NAME}，由 李秀兰 经办")
    phone.get_by_role("link", name="申请单位信息").click()


def _firm(phone: Page) -> None:
    """What the registers know is filled in; a wrong value is pointed at, and nothing else typed is lost."""
    expect(phone.locator("[name=org_name]")).to_have_value(FIRM_NAME)
    expect(phone.locator("main")).to_contain_text(re.compile("来自.+有误可以修改"))
    phone.fill("[name=contact_name]", "温经办")
    phone.fill("[name=contact_phone]", "1380000")
    _save(phone)

    expect(phone.locator(".errors")).to_be_focused()
    expect(phone.locator("[name=contact_name]")).to_have_value("温经办")
    expect(phone.locator("[name=contact_phone]")).to_have_value("1380000")
    phone.locator(".errors a").click()
    expect(phone.locator("[name=contact_phone]")).to_be_focused()
    phone.fill("[name=contact_phone]", "13800000002")
    _save(phone)


def _business(phone: Page) -> None:
    """A question comes and goes with the answer to another."""
    meals = phone.locator("[name=canteen_meals]")
    phone.get_by_label("集中用餐单位食堂").check()
    expect(meals).to_be_visible()
    phone.get_by_label("餐饮服务经营者").check()
    expect(meals).to_be_hidden()
    phone.get_by_label("热食类食品制售").check()
    phone.get_by_label("自制饮品制售").check()
    phone.fill("[name=area]", "120")
    phone.fill("[name=processing_area]", "40")
    _yes_or_no(phone, has_special_room=True)
    phone.fill("[name=special_room_area]", "8")
    _save(phone)


def _kitchen(phone: Page) -> None:
    """A table grows by a row."""
    _yes_or_no(phone, cold_food=False, simple_processing=False)
    phone.fill("[name=manager_name]", "古管理")
    phone.fill("[name=manager_phone]", "13800000004")
    phone.get_by_role("button", name="添加").click()
    for row, name in enumerate(("古管理", "温师傅")):
        phone.fill(f"[name=staff__{row}__name]", name)
        phone.fill(f"[name=staff__{row}__id_number]", "441402190503120010")
        phone.fill(f"[name=staff__{row}__post]", "厨师")
        phone.fill(f"[name=staff__{row}__certificate_no]", f"2026000{row}")
        phone.fill(f"[name=staff__{row}__valid_to]", "2027-03-02")
    _save(phone)


def _equipment(phone: Page) -> None:
    phone.get_by_label("市政供水").check()
    _yes_or_no(phone, waste_grease=True, online_sale=False)
    for column, value in {"name": "冷藏柜", "model": "BC-200", "quantity": "2", "place": "切配间"}.items():
        phone.fill(f"[name=equipment__0__{column}]", value)
    _save(phone)
    phone.get_by_label("电子", exact=True).check()
    _save(phone)


def _hand_in(phone: Page) -> None:
    """Licences are here already; the rest goes up through the file chooser and stands in the list at once."""
    expect(phone.locator("section", has=phone.get_by_role("heading", name="营业执照"))).to_contain_text(
        "已从电子证照库取得营业执照"
    )
    # m05 is the manager's identity card beside the representative's: nobody has that for them.
    for key in ("m03", "m04", "m05", "m06"):
        fold = phone.locator("details", has=phone.locator(f"#upload-{key}"))
        if fold.count():  # it was handed in before and could be used again
            fold.locator("summary").first.click()
        with phone.expect_file_chooser() as chooser:
            phone.locator(f"#upload-{key} .upload__drop label").first.click()
        chooser.value.set_files({"name": f"{key}.pdf", "mimeType": "application/pdf", "buffer": PDF})
        expect(phone.locator(f"#upload-{key}")).to_contain_text("已上传")
    phone.get_by_role("button", name="继续，去核对").click()


def _submit(phone: Page) -> tuple[str, str]:
    """Check, submit, and leave with number, password and a receipt."""
    for said in ("温经办", "温师傅", "m03.pdf", "120"):
        expect(phone.locator("main")).to_contain_text(said)
    phone.get_by_role("button", name="确认并提交").click()
    expect(phone.locator("h1")).to_have_text("申请已提交")
    with phone.expect_download() as receipt:
        phone.get_by_role("link", name="下载收件凭证").click()
    assert receipt.value.path().read_bytes().startswith(b"%PDF")
    number = phone.url.rstrip("/").split("/")[-2]
    expect(phone.locator("main")).to_contain_text(number)
    password = phone.locator(".receipt__password").inner_text()
    assert re.fullmatch(r"\d{6}", password)
    return number, password


def _desk(enter, number: str) -> None:
    """Four people at their desks: accepted, looked into, decided, issued and delivered."""
    clerk = enter("clerk")
    clerk.goto("/desk/")
    clerk.fill("#desk-q", number)
    clerk.press("#desk-q", "Enter")
    expect(clerk.locator("h1")).to_have_text(ITEM)
    _do(clerk, "accept")

    reviewer = enter("reviewer")
    reviewer.goto(f"/desk/cases/{number}/")
    while reviewer.locator(".verbs a[href*='/opine/']").count():
        _do(reviewer, "opine", check="同意", text="材料齐全，符合条件。")
        reviewer.goto(f"/desk/cases/{number}/")

    chief = enter("chief")
    chief.goto(f"/desk/cases/{number}/")
    _do(chief, "decide", check="准予", reason="符合法定条件。")

    deliverer = enter("deliverer")
    deliverer.goto(f"/desk/cases/{number}/")
    _do(deliverer, "issue")
    deliverer.goto(f"/desk/cases/{number}/")
    _do(deliverer, "deliver", check="电子送达")
    deliverer.goto(f"/desk/cases/{number}/")
    expect(deliverer.locator("main")).to_contain_text("已办结")


def _do(page: Page, verb: str, *, check: str = "", **typed: str) -> None:
    """Open a verb's page, fill it in, confirm; the page that comes next is another one."""
    page.locator(f".verbs a[href*='/{verb}/']").click()
    here = page.url
    if check:
        page.get_by_label(check, exact=True).check()
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.locator("main form button.button--primary").click()
    page.wait_for_url(lambda url: url != here)


def _follow(phone: Page, number: str) -> None:
    phone.goto(f"/cases/{number}/")
    for said in ("已办结", "受理", "准予", "食品经营许可证"):
        expect(phone.locator("main")).to_contain_text(said)


def _licence(phone: Page) -> str:
    """The newest card among one's licences; gives the address of its public page."""
    phone.goto("/my/licences/")
    phone.get_by_role("link", name=re.compile("食品经营许可证")).first.click()
    expect(phone.locator("main")).to_contain_text(FIRM_NAME)
    address: str = phone.locator("a[href*='/l/']").first.get_attribute("href")
    return address


def _look_up(stranger: Page, number: str, password: str) -> None:
    """Without an account: the story, but nothing of what was filled in."""
    stranger.goto("/query/")
    stranger.fill("[name=number]", number)
    stranger.fill("[name=password]", password)
    stranger.get_by_role("button", name="查询").click()
    expect(stranger.locator("main")).to_contain_text("已办结")
    expect(stranger.locator("main")).to_contain_text("受理")
    assert "温经办" not in stranger.inner_text("main")
    assert faults(stranger) == []


def _yes_or_no(page: Page, **answers: bool) -> None:
    for name, value in answers.items():
        page.locator(f"[name={name}][value={str(value).lower()}]").check()


def _save(page: Page) -> None:
    page.get_by_role("button", name="保存并继续").click()
