"""A workbook: taken out, filled in, sent, looked at, confirmed, there as drafts. A bad one is refused whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.examining import faults
from tests.builders.workbook import typed

pytestmark = pytest.mark.browser

SLUG, ITEM = "disability-subsidies", "困难残疾人生活补贴和重度残疾人护理补贴资格认定"
WORKER_MS = 60_000


def test_a_changed_cell_becomes_a_draft(enter):
    editor = enter("editor")
    content = typed(_taken_out(editor), "事项", "数量限制", "每日 100 件")

    _send(editor, content, "残疾人补贴.xlsx")
    expect(editor.get_by_text("检查通过")).to_be_visible(timeout=WORKER_MS)
    assert faults(editor, allowed="xlsx") == []
    expect(editor.get_by_role("cell", name="每日 100 件")).to_be_visible()
    editor.get_by_role("button", name="导入为草稿").click()
    expect(editor.get_by_text("已导入为草稿")).to_be_visible(timeout=WORKER_MS)
    editor.get_by_role("link", name=ITEM).click()

    expect(editor.locator("h1")).to_contain_text(ITEM)
    editor.goto("/desk/catalog/upload")
    expect(editor.locator("table")).to_contain_text("残疾人补贴.xlsx")
    expect(editor.locator("table")).to_contain_text("已导入")


def test_a_bad_workbook_is_refused_whole(enter):
    editor = enter("editor")
    content = _taken_out(editor)
    content = typed(content, "事项", "日常用语", "这一格是好的")
    content = typed(content, "材料", "材料类型", "随便")

    _send(editor, content, "有错.xlsx")
    expect(editor.get_by_text("文件有误，没有导入")).to_be_visible(timeout=WORKER_MS)

    assert faults(editor, allowed="xlsx") == []
    expect(editor.locator("tbody tr").first).to_contain_text("材料!E2")
    expect(editor.get_by_role("button", name="导入为草稿")).to_have_count(0)
    with editor.expect_download() as marked:
        editor.get_by_role("link", name="下载标出问题的工作簿").click()
    assert Path(marked.value.path()).read_bytes().startswith(b"PK")
    editor.set_viewport_size({"width": PHONE, "height": 780})
    assert editor.evaluate("document.documentElement.scrollWidth") == PHONE


def _taken_out(editor: Page) -> bytes:
    editor.goto(f"/desk/catalog/{SLUG}/1")
    with editor.expect_download() as taken:
        editor.get_by_role("link", name="下载 Excel").click()
    return Path(taken.value.path()).read_bytes()


def _send(editor: Page, content: bytes, name: str) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file: FilePayload = {"name": name, "mimeType": kind, "buffer": content}
    editor.goto("/desk/catalog/upload")
    editor.set_input_files("input[type=file]", [file])
    editor.get_by_role("button", name="上传并检查").click()
    expect(editor.locator("h1")).to_have_text(name)
