"""Programs that talk to the API at one fixed instant, over the small town of the builders."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.builders import walk
from yimen.catalog.models import Edition
from yimen.identity.commands import make_token


@dataclass
class Program:
    """An outside program with a bearer token, or without."""

    token: str = ""
    client: Client = field(default_factory=Client)

    def call(self, method: str, path: str, body: Any = None, *, key: str | None = None, **query: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if key is not None:
            headers["Idempotency-Key"] = key
        sent = json.dumps(body) if body is not None else ""
        return self.client.generic(
            method, f"/api/v1/{path}", sent, content_type="application/json", headers=headers, query_params=query
        )

    def get(self, path: str, **query: Any) -> Any:
        return self.call("GET", path, **query)

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        return self.call("POST", path, body, key=key)

    def put(self, path: str, body: Any) -> Any:
        return self.call("PUT", path, body)

    def delete(self, path: str) -> Any:
        return self.call("DELETE", path)

    def upload(self, path: str, files: dict[str, Any], *, key: str | None = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.client.post(f"/api/v1/{path}", files, headers=headers)


@dataclass
class Clock:
    """The instant at which requests are answered; tests move it on."""

    at: datetime

    def go(self, text: str) -> datetime:
        self.at = walk.at(text)
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Monday 2 March 2026, ten in the morning, until a test moves it on."""
    clock = Clock(walk.at("2026-03-02"))
    for module in ("yimen.kit.rest.times", "yimen.identity.access", "yimen.identity.views"):
        monkeypatch.setattr(f"{module}.now", lambda: clock.at)
    return clock


@pytest.fixture
def town(db: None, clock: Clock) -> walk.Town:
    return walk.town()


@pytest.fixture
def edition(town: walk.Town) -> Edition:
    """An item with two steps between acceptance and licence, all of whose materials come at once."""
    materials = [
        each | {"necessity": each["necessity"].replace("容缺", "必要")}
        for each in walk.document("food-business-licence")["materials"]
    ]
    steps = [
        {"name": "受理", "role": "窗口", "days": 1},
        {"name": "审查", "role": "审查科", "days": 3},
        {"name": "决定", "role": "分管局长", "days": 1},
        {"name": "制证", "role": "出件", "days": 1},
    ]
    return town.release("food-business-licence", materials=materials, steps=steps)


@pytest.fixture
def program(town: walk.Town, clock: Clock) -> Callable[..., Program]:
    """program("owner"): one that bears their token; program(): one without."""
    known: dict[str, Program] = {}

    def of(username: str = "") -> Program:
        if not username:
            return Program()
        if username not in known:
            known[username] = Program(make_token(town.users[username], by=walk.SYSTEM, at=walk.at("2026-03-02")))
        return known[username]

    return of


@pytest.fixture
def firm(town: walk.Town) -> dict[str, str]:
    """The firm as the body of a request names it."""
    return {"document": "uscc", "number": town.firm.number, "name": town.firm.name}
