"""Tests run against a real PostgreSQL: the embedded one, in a data folder of its own, shared by all xdist workers."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg.conninfo
import pytest
from django.conf import settings
from django.db import connection

from yimen.kit.postgres import Server

_SERVER = pytest.StashKey[contextlib.ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the server (or join it: every xdist worker does) and point Django at it before it opens a connection."""
    database = settings.DATABASES["default"]
    database["OPTIONS"].pop("pool", None)  # it would keep connections to databases that a test wants to drop
    if os.environ.get("DATABASE_URL"):
        return
    stack = config.stash[_SERVER] = contextlib.ExitStack()
    var = Path(os.environ.get("YIMEN_VAR", "var")).resolve()
    url = stack.enter_context(Server(var / "test-postgres", durable=False).used())
    info = psycopg.conninfo.conninfo_to_dict(url)
    database.update(NAME=info["dbname"], USER=info["user"], HOST=info["host"], PORT="", PASSWORD="")


def pytest_unconfigure(config: pytest.Config) -> None:
    stack = config.stash.get(_SERVER, None)
    if stack is not None:
        stack.close()


@pytest.fixture(autouse=True)
def _leave_no_trace(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Django empties after a test with real transactions only the tables that it manages itself."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE ledger_entry, ledger_head, procrastinate_jobs, procrastinate_events CASCADE")


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    """No test writes into another's files, nor waits for a hash that is slow on purpose."""
    settings.YIMEN_FILES = tmp_path / "files"  # type: ignore[attr-defined]
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": store}  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _no_index_of_another_test() -> None:
    """A process keeps its search index until the worker has built a newer one; each test is a process of its own."""
    from yimen.catalog.queries.seeking.keeping import forget

    forget()
