"""A real browser for the tests in this folder, and the real application for it.

`page` is a fresh visitor at a desk; `site` serves a small city; `enter` opens a browser in which somebody is signed in.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.serving import Site, shared
from tools import fonts
from tools.lint import ROOT

PHONE, DESKTOP = 375, 1280
PATIENCE_MS = 15_000
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
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["YIMEN_BROWSER"], args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One small city for all tests of this run, also for those of the other test process."""
    own = tmp_path_factory.getbasetemp()
    with shared((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "site") as served:
        yield served


@pytest.fixture
def enter(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """`enter("clerk")`: a page at a desk, the clerk signed in already; `enter("owner", PHONE)`: on a phone."""
    with ExitStack() as open_contexts:

        def page(who: str = "", width: int = DESKTOP) -> Page:
            context = chromium.new_context(
                base_url=site.url, viewport={"width": width, "height": 900 if width > PHONE else 780}, locale="zh-CN",
                timezone_id="Asia/Shanghai",
            )  # fmt: skip
            if who:
                context.add_cookies([{"name": "sessionid", "value": site.cases[f"session {who}"], "url": site.url}])
            open_contexts.callback(context.close)
            context.set_default_timeout(PATIENCE_MS)
            return context.new_page()

        yield page


def sign_in(page: Page, who: str, password: str) -> None:
    """Through the page, as everybody does."""
    if "/account/login/" not in page.url:
        page.goto("/account/login/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/account/login/" not in url)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A visitor at a desk. A phone: `page.set_viewport_size({"width": 375, "height": 800})`."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai")
    yield context.new_page()
    context.close()
