"""The embedded server: several users, a killed server, files that lie."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from yimen.kit.postgres import Server, default_url, remove

JOIN = """
import sys; from pathlib import Path; from yimen.kit.postgres import Server
with Server(Path(sys.argv[1]), durable=False).used():
    print("in", flush=True); sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("embedded") / "postgres", durable=False)
    yield server
    remove(server)


def one(url: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 1").fetchone()


def kill(server: Server) -> None:
    os.kill(int((server.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    deadline = time.monotonic() + 10
    while server.lives() and time.monotonic() < deadline:
        time.sleep(0.05)


def test_it_serves_for_the_time_of_the_block(server: Server) -> None:
    with server.used() as url:
        assert one(url) == (1,)

    assert not server.answers()


def test_the_last_user_stops_it(server: Server) -> None:
    with server.used() as url:
        joined = subprocess.Popen(
            [sys.executable, "-c", JOIN, str(server.data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert joined.stdout is not None
        joined.stdout.readline()
    assert one(url) == (1,)

    joined.communicate("\n", timeout=30)

    assert not server.answers()


def test_a_user_that_is_killed_does_not_keep_it_for_ever(server: Server) -> None:
    with server.used():
        joined = subprocess.Popen(
            [sys.executable, "-c", JOIN, str(server.data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert joined.stdout is not None
        joined.stdout.readline()
        joined.kill()
        joined.communicate()

    assert not server.answers()


def test_a_killed_server_is_started_again_with_its_data(server: Server) -> None:
    with server.used() as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        kill(server)
        assert not server.lives()

        server.start()

        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_a_stale_file_that_names_another_process_is_seen_through(server: Server) -> None:
    with server.used():
        pass
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n1\n5432\n{server.socket}\n\n\nready\n")

    with server.used() as url:
        assert one(url) == (1,)


def test_the_address_is_known_before_it_runs(tmp_path: Path) -> None:
    assert default_url(tmp_path) == Server(tmp_path / "postgres").url


def test_a_folder_too_deep_for_a_socket_gets_one_elsewhere(tmp_path: Path) -> None:
    deep = Server(tmp_path / ("d" * 90) / "postgres")

    assert len(str(deep.socket)) < 80
