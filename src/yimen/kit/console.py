"""What the console command does with Django and the database behind it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import ProgrammingError
from psycopg.errors import UndefinedTable
from pydantic import ValidationError

from yimen.kit.postgres import Server, ServerFailed
from yimen.kit.processes import Program, Stopped, port_is_free, running, stoppable, watch

STARTS_WITHIN_SECONDS = 60.0


def demo(host: str, port: int) -> int:
    """Everything at once: see the README."""
    # Before the settings are read: papers that are drawn up while the city is founded bear the address too.
    os.environ.setdefault("YIMEN_ADDRESS", f"http://{host if host.startswith('127.') else 'localhost'}:{port}")
    _require_settings()
    if not port_is_free(host, port):
        return _refuse(f"port {port} is taken; choose another: make demo PORT={port + 1}")
    with _quietly_stopped():
        _step(4, "Starting the database")
        with _database() as keep:
            _prepare()
            web, jobs = _web(host, port, workers=1, threads=4), _jobs(concurrency=2)
            _step(6, "Starting web server and worker")
            with running(web, jobs) as started:
                if not _answers(host, port, started[web.name]):
                    return _refuse("the web server didn't start; its message is above")
                _welcome(host, port)
                ended = watch(started, also=keep)
                return _refuse(f"the {ended} ended of itself; its message is above")
    return 0


def serve(host: str, port: int, *, workers: int, threads: int) -> int:
    _require_settings()
    if not port_is_free(host, port):
        return _refuse(f"port {port} is taken")
    return _alone(_web(host, port, workers=workers, threads=threads))


def work(concurrency: int) -> int:
    _require_settings()
    return _alone(_jobs(concurrency=concurrency))


def bench(arguments: list[str]) -> int:
    root = Path(__file__).resolve().parents[3]
    if not (root / "bench").is_dir():
        return _refuse("the benchmarks are part of the source, not of the installed package")
    return subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=root, check=False).returncode


def knows(command: str) -> bool:
    """Whether Django has a management command of that name."""
    _require_settings()
    import django
    from django.core.management import get_commands

    django.setup()
    return command in get_commands()


def manage(words: list[str]) -> int:
    """Run a management command, with the embedded database up for as long as it takes."""
    from django.core.management import execute_from_command_line
    from django.db import utils

    with _quietly_stopped(), _database():
        try:
            execute_from_command_line(["yimen", *words])
        except utils.OperationalError as failure:
            return _refuse(f"the database doesn't answer: {_first_line(failure)}")
        except utils.ProgrammingError as failure:
            if not isinstance(failure.__cause__, UndefinedTable):
                raise
            return _refuse(f"the tables are not there, run `yimen migrate` first: {_first_line(failure)}")
    return 0


def _require_settings() -> None:
    """A slip in the environment gets a line that names it; the program ends."""
    try:
        import yimen.settings  # noqa: F401
    except ValidationError as wrong:
        told = "; ".join(f"{_variable(each['loc'])}: {each['msg']}" for each in wrong.errors())
    except ProgrammingError:
        told = "DATABASE_URL is no address of a PostgreSQL server, as postgresql://user:password@host/name"
    except OSError as failure:
        told = f"YIMEN_VAR can't be used: {failure}"
    else:
        return
    sys.exit(_refuse(told))


def _variable(loc: tuple[int | str, ...]) -> str:
    name = "_".join(map(str, loc)).upper()
    return name if name.startswith("DATABASE") else f"YIMEN_{name}"


def _first_line(failure: Exception) -> str:
    return str(failure).strip().partition("\n")[0] or type(failure).__name__


@contextmanager
def _quietly_stopped() -> Iterator[None]:
    with stoppable():
        try:
            yield
        except Stopped:
            print("\nStopped.")
        except ServerFailed as failure:
            sys.exit(_refuse(str(failure)))


@contextmanager
def _database() -> Iterator[_Keep]:
    """The embedded server for the time of the block, or nothing where DATABASE_URL names another."""
    from yimen.settings import ENV, STATIC_ROOT, VAR

    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if ENV.database_url:
        yield _Keep(None)
        return
    server = Server(VAR / "postgres")
    with server.used():
        yield _Keep(server)


class _Keep:
    """Called now and then: a database that was killed is started again."""

    def __init__(self, server: Server | None) -> None:
        self.server = server

    def __call__(self) -> None:
        if self.server is not None and not self.server.lives():
            print("The database was gone; starting it again.", flush=True)
            self.server.start()


def _prepare() -> None:
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    _step(5, "Preparing tables and the demonstration city")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("fill_demo")
    for connection in connections.all():
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]


def _welcome(host: str, port: int) -> None:
    from django.core.management import call_command

    call_command("demo_accounts")
    print(f"\n一门 is open at http://{host}:{port}/ (Ctrl-C stops it)", flush=True)


def _alone(program: Program) -> int:
    with _quietly_stopped(), _database() as keep, running(program) as started:
        ended = watch(started, also=keep)
        return _refuse(f"the {ended} ended of itself; its message is above")
    return 0


def _web(host: str, port: int, *, workers: int, threads: int) -> Program:
    useful = min(threads, 2 * (os.cpu_count() or 1) + 1)
    return Program("web server", [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(useful), "--respawn-failed-workers",
        "--log-level", "warning", "yimen.serving:application",
    ])  # fmt: skip


def _jobs(*, concurrency: int) -> Program:
    return Program("worker", [
        sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", str(concurrency),
    ])  # fmt: skip


def _answers(host: str, port: int, web: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline and web.poll() is None:
        try:
            urllib.request.urlopen(f"http://{host}:{port}/", timeout=10).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.2)
        else:
            return True
    return False


def _step(number: int, what: str) -> None:
    print(f"[{number}/6] {what}", flush=True)


def _refuse(why: str) -> int:
    print(f"yimen: {why}", file=sys.stderr, flush=True)
    return 1
