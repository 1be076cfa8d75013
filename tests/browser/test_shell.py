"""The styleguide in a real browser: no overflow, no finding of axe-core, no script error; the small scripts work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import expect

from yimen.ui import styleguide

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
PHONE, DESKTOP, ZOOMED = 375, 1280, 640

pytestmark = pytest.mark.browser


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture(scope="module")
def shell() -> Iterator[str]:
    """The styleguide's address; no database, because the shell has none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DEBUG", True)
        patch.setattr(settings, "ALLOWED_HOSTS", ["127.0.0.1"])
        server = make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=_Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/ui/styleguide"
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("width", [DESKTOP, ZOOMED, PHONE])
def test_no_page_overflows_nor_breaks_a_rule_of_accessibility(page, shell, width):
    page.set_viewport_size({"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    found = {}

    for name in styleguide.PAGES:
        page.goto(f"{shell}?page={name}")
        page.evaluate(AXE)
        violations = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].target))")
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found[name] = (violations, overflow)

    assert (found, said) == ({name: ([], 0) for name in styleguide.PAGES}, [])


def test_a_work_list_is_walked_by_keyboard(page, shell):
    page.goto(f"{shell}?page=desk")

    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    chosen = page.locator("tr[aria-selected]").get_attribute("data-open")
    page.keyboard.press("Enter")

    assert chosen == "#case-2"
    expect(page).to_have_url(f"{shell}?page=desk#case-2")


def test_a_conditional_field_comes_and_goes_with_its_question(page, shell):
    page.goto(f"{shell}?page=form")
    asked = page.locator("[data-show-if]")

    page.check("#id_online_no")
    assert not asked.is_visible()
    assert asked.locator("input").is_disabled()

    page.check("#id_online_yes")
    assert asked.is_visible()


def test_rows_of_a_table_are_counted_anew_when_one_comes_or_goes(page, shell):
    page.goto(f"{shell}?page=form")

    page.click("[data-add-row]")
    assert page.input_value("[name=staff__rows]") == "3"
    assert page.evaluate("document.activeElement.name") == "staff__2__name"

    page.locator("[data-remove-row]").first.click()
    assert page.input_value("[name=staff__rows]") == "2"
    assert page.locator("[name=staff__2__name]").count() == 0


def test_the_error_summary_leads_into_the_field(page, shell):
    page.goto(f"{shell}?page=form")

    page.locator(".errors a").nth(2).click()

    assert page.evaluate("document.activeElement.id") == "id_scope_0"


def test_a_file_that_is_too_large_is_refused_before_it_is_sent_and_a_good_one_comes_back_in_the_list(page, shell):
    page.goto(f"{shell}?page=parts")
    page.evaluate("document.querySelector('[data-upload]').dataset.limit = '0.0001'")

    page.set_input_files("#id_plan", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x" * 1000})
    assert "超过" in page.locator("#upload-plan [data-error]").inner_text()

    page.goto(f"{shell}?page=parts")
    page.set_input_files("#id_plan", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x" * 1000})
    expect(page.locator("#id_plan")).to_be_focused()
    assert not page.locator("#upload-plan [data-error]").is_visible()


def test_the_desk_prints_clean_paper(enter):
    page = enter("clerk")
    page.goto("/desk/?view=all")

    page.emulate_media(media="print")

    assert not page.locator(".side").is_visible()
    width = page.locator("main").bounding_box()
    assert width is not None
    assert width["width"] > 0.9 * DESKTOP
