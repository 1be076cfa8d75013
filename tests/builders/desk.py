"""The desk at one fixed instant, over the small town: fixtures for the page tests of the rooms that staff work in."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from tests.builders import walk
from yimen.catalog.models import Edition
from yimen.kit import time

ITEM, INSTANT = "food-business-licence", "public-place-hygiene"
HARM = '<script>alert("x")</script>'
PROMISE_STEPS = [
    {"name": "受理", "role": "窗口", "days": 0},
    {"name": "资料审查", "role": "审查人员", "days": 2},
    {"name": "现场核查", "role": "核查人员", "days": 3, "parallel_with_previous": True},
    {"name": "决定", "role": "审查人员", "days": 1},
    {"name": "送达", "role": "窗口", "days": 1},
]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Monday 2 March 2026, ten in the morning, for every view."""
    instant, clock = walk.at("2026-03-02"), time.now
    assert get_resolver().url_patterns  # every view is loaded before its clock is set, also for one test alone
    for name, module in list(sys.modules.items()):
        if name.startswith("yimen.") and getattr(module, "now", None) is clock and module is not time:
            monkeypatch.setattr(module, "now", lambda: instant)
    return instant


@pytest.fixture
def town(db: None, at: datetime) -> walk.Town:
    return walk.town()


@pytest.fixture
def edition(town: walk.Town) -> Edition:
    """An item with two reviews side by side; reviewers may decide it."""
    return town.release(ITEM, steps=PROMISE_STEPS)


@pytest.fixture
def visit(town: walk.Town) -> Callable[..., Client]:
    """visit("clerk"): a browser in which they are signed in; visit(): one in which nobody is."""

    def signed_in(username: str = "") -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
        if username:
            client.force_login(town.users[username])
        return client

    return signed_in


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def version_on(page: str) -> str:
    """The hidden version of a form."""
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def statements(client: Client, path: str) -> int:
    """How many statements a page costs, the session's and the actor's included."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200, answer.content[:500]
    return len([each for each in captured if "SAVEPOINT" not in each["sql"]])


def statuses(visit: Callable[..., Client], path: str, *usernames: str) -> dict[str, int]:
    """What each of them is answered: who may, who may in part, who may not."""
    return {name or "nobody": visit(name).get(path).status_code for name in usernames}
