"""The real application for a real browser: two web processes and a worker over a filled database of their own."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tools import fonts
from yimen.kit.processes import Program, running

STARTS_WITHIN_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """Where it is, the password of every demonstration account, where which case stands, and what it runs in."""

    url: str
    password: str
    cases: dict[str, str]
    surroundings: dict[str, str]

    def day_comes(self, at: datetime) -> None:
        """What the worker does every minute, done as of an instant: what was approved for its day counts from then."""
        program = [sys.executable, "-m", "tests.browser.day", at.isoformat()]
        subprocess.run(program, env=os.environ | self.surroundings, check=True)


@contextmanager
def shared(folder: Path) -> Iterator[Site]:
    """The site of this run of tests. Who comes first serves it; others join, and are waited for at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    told, users = folder / "site.json", (folder / "users").open("a")
    with _mutex(folder):
        fcntl.flock(users, fcntl.LOCK_SH)
        serving = None if told.exists() else _serving(folder)
        if serving is not None:
            told.write_text(json.dumps(asdict(serving.__enter__())))
    try:
        yield Site(**json.loads(told.read_text()))
    finally:
        if serving is None:
            users.close()
        else:
            with _mutex(folder):
                fcntl.flock(users, fcntl.LOCK_EX)
                told.unlink()
                serving.__exit__(None, None, None)


@contextmanager
def _serving(folder: Path) -> Iterator[Site]:
    with _database() as database:
        port, password = _free_port(), secrets.token_hex(8)
        url = f"http://127.0.0.1:{port}"
        surroundings = {
            "DATABASE_URL": database, "YIMEN_VAR": str(folder / "var"), "YIMEN_ADDRESS": url,
            "YIMEN_LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "yimen.settings",
            "FONTCONFIG_FILE": str(fonts.write(folder / "fonts.conf")),
        }  # fmt: skip
        filled = subprocess.run(
            [sys.executable, "-m", "tests.browser.filling", password],
            env=os.environ | surroundings, stdout=subprocess.PIPE, check=True,
        ).stdout  # fmt: skip
        before = {name: os.environ.get(name) for name in surroundings}
        os.environ.update(surroundings)
        with running(_web(port), _worker()):
            _put_back(before)
            _wait_for(port)
            yield Site(url, password, json.loads(filled.splitlines()[-1]), surroundings)


def _web(port: int) -> Program:
    return Program("web server", [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "2", "--log-level", "warning", "yimen.wsgi:application",
    ])  # fmt: skip


def _worker() -> Program:
    return Program("worker", [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "1"])


@contextmanager
def _database() -> Iterator[str]:
    """A new database on the tests' server, thrown away afterwards."""
    known = settings.DATABASES["default"]
    where = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"], "password": known["PASSWORD"]}
    where = {name: value for name, value in where.items() if value}
    name = sql.Identifier(f"browser_{os.getpid()}")
    with psycopg.connect(make_conninfo(dbname="postgres", **where), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        yield make_conninfo(dbname=f"browser_{os.getpid()}", **where)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/about/")
            connection.getresponse()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return
        finally:
            connection.close()


def _put_back(before: dict[str, str | None]) -> None:
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value


@contextmanager
def _mutex(folder: Path) -> Iterator[None]:
    with (folder / "mutex").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
