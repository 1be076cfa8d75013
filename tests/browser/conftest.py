"""A real browser for the tests in this folder: `live_server` serves, `page` is a fresh visitor."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tools import fonts
from tools.lint import ROOT

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def pytest_configure() -> None:
    # Playwright keeps an event loop in the test's thread; the tests themselves are not asynchronous.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    os.environ.setdefault("YIMEN_BROWSER", _browser())
    if "FONTCONFIG_FILE" not in os.environ:
        os.environ["FONTCONFIG_FILE"] = str(fonts.write(ROOT / "var" / "fonts.conf"))


def _browser() -> str:
    found = ROOT / ".venv" / "browser"
    return found.read_text().strip() if found.exists() else shutil.which("chromium") or "chromium"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["YIMEN_BROWSER"], args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A visitor at a desk. A phone: `page.set_viewport_size({"width": 375, "height": 800})`."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai")
    yield context.new_page()
    context.close()
