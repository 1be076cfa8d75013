"""Pictures of the walk are worth nothing where Chinese is shown as boxes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_chinese_is_drawn_with_a_chinese_font(page: Page) -> None:
    page.set_content("<p>岭东市政务服务</p>")

    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    paragraph = session.send("DOM.querySelector", {"nodeId": root, "selector": "p"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": paragraph})["fonts"]

    assert [(font["familyName"], font["glyphCount"]) for font in fonts] == [("Noto Sans SC", 7)]
