"""What is worked out at the start of a web process."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from yimen.kit import warming


def test_every_chore_is_done_though_one_fails(monkeypatch: Any, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def broken() -> None:
        raise ValueError("no")

    monkeypatch.setattr(warming, "_chores", {})
    warming.warm("first", lambda: done.append("first"))
    warming.warm("second", broken)
    warming.warm("third", lambda: done.append("third"))
    with caplog.at_level(logging.INFO, "yimen.kit.warming"):
        thread = warming.begin()
        thread.join(10)

    assert done == ["first", "third"]
    assert thread.daemon
    assert [record.getMessage().split(",")[0].split(" in ")[0] for record in caplog.records] == [
        "first: warmed", "second: not warmed", "third: warmed",
    ]  # fmt: skip


def test_the_published_lists_are_read_early() -> None:
    assert "catalog.lists" in warming._chores
