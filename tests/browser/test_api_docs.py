"""The API's page for people, in a real browser: under the strict policy, on a desk and on a phone."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 375])
def test_the_page_of_the_api_is_readable_and_breaks_no_policy(page, live_server, width):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(f"{live_server.url}/api/v1/docs")
    page.get_by_text("curl 示例").first.click()

    assert complaints == []
    assert "从申请到办结" in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
