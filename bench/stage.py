"""Where everything is measured: an embedded server of its own with the demonstration's settings, and databases on it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import psycopg

from yimen.kit.postgres import Server, programs

ROOT = Path(__file__).resolve().parents[1]
VAR = (ROOT / os.environ.get("YIMEN_VAR", "var")).resolve() / "bench"
SERVER = Server(VAR / "postgres")
PEERS = VAR / "peers"


def url(database: str) -> str:
    return f"postgresql://postgres@/{database}?host={SERVER.socket}"


def environment(database: str) -> dict[str, str]:
    """For a program of the bench: one database of the server, and a `var` folder of its own for keys and files."""
    return os.environ | {
        "YIMEN_VAR": str(VAR),
        "DATABASE_URL": url(database),
        "DJANGO_SETTINGS_MODULE": "yimen.settings",
        "YIMEN_DEMO_PASSWORD": "bench-bench-bench",
        "YIMEN_LOG_LEVEL": "WARNING",
        "YIMEN_MACHINE_CHECKS_PER_MINUTE": "100000000",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
        "PYTHONUNBUFFERED": "1",
        "BENCH_SOCKET": str(SERVER.socket),
        "BENCH_DATABASE": database,
    }


def execute(database: str, *statements: str) -> None:
    """Each in a transaction of its own."""
    with psycopg.connect(url(database), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def fresh(database: str, template: str = "template0") -> None:
    """An empty database, or a copy of another that nobody uses."""
    execute(
        "postgres",
        f"DROP DATABASE IF EXISTS {database} WITH (FORCE)",
        f"CREATE DATABASE {database} TEMPLATE {template}",
    )


def copied(database: str, folder: Path) -> float:
    """Seconds in which COPY writes files of rows, each named as its table, in the order in which they were made."""
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    with psycopg.connect(url(database)) as connection:
        connection.execute("CHECKPOINT")
        begun = time.perf_counter()
        for file in files:
            with (
                file.open("rb") as source,
                connection.cursor().copy(f"COPY {file.name} FROM STDIN (FORMAT BINARY)".encode()) as copy,
            ):
                while piece := source.read(1 << 20):
                    copy.write(piece)
        connection.commit()
        return time.perf_counter() - begun


def exists(database: str) -> bool:
    with psycopg.connect(url("postgres")) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        return found.fetchone() is not None


def peers_python() -> Path:
    """The peers' own environment, made at first use from their hashed lock."""
    lock, python, stamp = ROOT / "requirements" / "bench.txt", PEERS / "bin" / "python", PEERS / ".lock"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        print("Installing the peers (about ten seconds)", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(PEERS)], check=True)
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
        subprocess.run([*pip, "install", "--require-hashes", "-r", str(lock)], check=True, stderr=subprocess.DEVNULL)
        stamp.write_bytes(lock.read_bytes())
    return python


def facts() -> dict[str, object]:
    """When and at which commit something was measured, and on what machine."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return {
        "day": time.strftime("%Y-%m-%d"),
        "commit": commit.stdout.strip() or "unknown",
        "machine": machine(),
    }


def machine() -> dict[str, object]:
    """What the machine is, without saying where anything lies on it."""
    lock = (ROOT / "requirements" / "bench.txt").read_text()
    pinned = dict(line.split()[0].split("==") for line in lock.splitlines() if "==" in line)
    said = subprocess.run([str(programs() / "postgres"), "--version"], capture_output=True, text=True, check=True)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(memory / 2**30),
        "processor": _processor(),
        "kernel": platform.release().split("-")[0],
        "python": platform.python_version(),
        "postgres": said.stdout.split()[2],
        **{name: version(name) for name in ("django", "psycopg", "granian", "django-ninja", "procrastinate")},
        **{name: pinned[name] for name in ("spiffworkflow", "django-viewflow")},
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
