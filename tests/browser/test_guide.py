"""Passing a guide on: what a phone offers of its own, else the address is copied."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_guide_is_shared_by_the_phone_s_own_means_or_copied(enter, site):
    page = enter()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("navigator.share = undefined")
    page.goto("/items/food-business-licence/")

    page.get_by_role("button", name="分享这份指南").click()

    expect(page.get_by_role("button", name="链接已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site.url}/items/food-business-licence/"
