"""Whoever is killed, server or client, and whenever: no half-done command is left behind, and the ledger verifies."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from yimen.kit.postgres import Server, programs, remove

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def place() -> Iterator[Path]:
    """Not pytest's own folder: every other run of pytest closes it to the server's unprivileged user again."""
    with tempfile.TemporaryDirectory(prefix="yimen-killed-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def server(place: Path, db: None) -> Iterator[Server]:
    """A durable server of its own with the house's tables, copied from the tests' database."""
    server = Server(place / "postgres")
    server.start()
    _copy_tables(server.url)
    yield server
    remove(server)


def test_killing_server_and_client_at_any_moment_leaves_nothing_half_done(server: Server, place: Path) -> None:
    with working(server, place) as client:
        for _ in range(2):
            time.sleep(random.uniform(0.3, 1.0))
            os.kill(_postmaster(server), signal.SIGKILL)
            server.start()
        _turns(client, 1)
        client.kill()
    with working(server, place) as client:
        time.sleep(random.uniform(0.05, 1.0))
        client.kill()

    checked = _program(server, place, "check")
    words = checked.communicate(timeout=60)[0].splitlines()
    assert (words[:-2], checked.returncode) == ([], 0)
    assert words[-2].endswith("all in order")


@contextmanager
def working(server: Server, var: Path) -> Iterator[subprocess.Popen[str]]:
    """The client, from the moment at which its town stands."""
    client = _program(server, var, "work")
    try:
        _turns(client, 1)
        yield client
    finally:
        client.kill()
        client.wait()


def _program(server: Server, var: Path, what: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.builders.stream", what],
        cwd=ROOT, env=_environment(server, var), stdout=subprocess.PIPE, stderr=(var / "stderr").open("a"), text=True,
    )  # fmt: skip


def _environment(server: Server, var: Path) -> dict[str, str]:
    return os.environ | {"DATABASE_URL": server.url, "YIMEN_VAR": str(var / "var"), "YIMEN_LOG_LEVEL": "ERROR"}


def _turns(client: subprocess.Popen[str], count: int) -> None:
    """Wait until it has said so many lines."""
    assert client.stdout is not None
    for _ in range(count):
        assert client.stdout.readline(), "the client ended by itself"


def _postmaster(server: Server) -> int:
    return int((server.data / "postmaster.pid").read_text().split("\n", 1)[0])


def _copy_tables(url: str) -> None:
    """All tables, functions and sequences, no rows: quicker than to migrate."""
    info = connection.settings_dict
    source = f"postgresql://{info['USER']}@/{info['NAME']}?host={info['HOST']}"
    dumped = subprocess.run(
        [programs() / "pg_dump", "--schema-only", "--no-owner", source], capture_output=True, check=True
    )
    # The dump may hold commands of psql itself, which are for psql alone.
    lines = [line for line in dumped.stdout.decode().splitlines() if not line.startswith("\\")]
    with psycopg.connect(url, autocommit=True) as copy:
        copy.execute("\n".join(lines))
