"""Web servers to be measured: granian with two processes, whatever is behind it; and the worker."""

from __future__ import annotations

import ctypes
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import stage
from bench.client import Client

PROCESSES, THREADS = 2, 4


@dataclass(frozen=True)
class Served:
    """A program that runs, with its process number."""

    pid: int
    port: int = 0

    def memory(self) -> list[float]:
        """MiB of every process that does the work (the children of a granian, else the program itself)."""
        found = [_memory(each) for each in _children(self.pid)] or [_memory(self.pid)]
        return sorted(found, reverse=True)


@contextmanager
def web(application: str, database: str, *, python: Path | str = sys.executable) -> Iterator[Served]:
    """Serve a WSGI application with two processes for the time of the block."""
    port = _free_port()
    command = [
        str(python), "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers",
        str(PROCESSES), "--blocking-threads", str(THREADS), "--log-level", "warning", application,
    ]  # fmt: skip
    with _program(command, stage.environment(database)) as process:
        _wait(port, process)
        yield Served(process.pid, port)


@contextmanager
def worker(database: str) -> Iterator[Served]:
    """Our worker."""
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "2"]
    with _program(command, stage.environment(database)) as process:
        yield Served(process.pid)


@contextmanager
def _program(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, env=environment, cwd=stage.ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - no thread of ours holds a lock here
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until every process behind the port has answered once, even if with a refusal."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            for _ in range(4 * PROCESSES):
                client = Client(port)
                client.send("GET", "/", b"", {})
        except OSError:
            time.sleep(0.2)
        except RuntimeError:
            return
        else:
            return
    raise RuntimeError("the web server didn't answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    """Of a process, those that hold Python's weight (multiprocessing's tracker does not)."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed if _memory(int(child)) > 30]


def _memory(pid: int) -> float:
    """Resident memory in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    line = next((line for line in lines if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
