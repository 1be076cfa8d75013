"""The portal at one fixed instant, over the small town of the builders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.builders import walk
from yimen.portal.views import (
    applying,
    case,
    draft,
    due,
    handing_in,
    home,
    items,
    lookup,
    mandates,
    reusing,
    space,
    submitting,
)

VIEWS = (applying, case, draft, due, handing_in, home, items, lookup, mandates, reusing, space, submitting)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Monday 2 March 2026, ten in the morning, for every view of the room."""
    instant = walk.at("2026-03-02")
    for module in VIEWS:
        if hasattr(module, "now"):
            monkeypatch.setattr(module, "now", lambda: instant)
    return instant


@pytest.fixture
def town(db: None, at: datetime) -> walk.Town:
    return walk.town()


@pytest.fixture
def visit(town: walk.Town) -> Callable[..., Client]:
    """visit("owner"): a browser in which they are signed in; visit(): one in which nobody is."""

    def signed_in(username: str = "") -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
        if username:
            client.force_login(town.users[username])
        return client

    return signed_in
