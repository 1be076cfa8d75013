"""Programs that run together and end together: web server, worker, and the embedded database under them."""

from __future__ import annotations

import ctypes
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

PATIENCE_SECONDS = 10.0
LOOK_EVERY_SECONDS = 0.5
PR_SET_PDEATHSIG = 1
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody pressed Ctrl-C or sent SIGTERM. Not an error, so that nothing catches it on the way."""


@dataclass(frozen=True)
class Program:
    name: str
    command: Sequence[str]


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and a closed terminal into Stopped, also where the shell has told us to ignore Ctrl-C."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    before = {each: signal.signal(each, stop) for each in SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def running(*programs: Program) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Start them; whatever happens inside the block, none is left afterwards."""
    started: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for program in programs:
            # A session of their own: the terminal's Ctrl-C reaches only us, and we end them in order.
            started[program.name] = subprocess.Popen(
                program.command,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 no other thread runs yet
            )
        yield started
    finally:
        _end(list(started.values()))


def watch(started: dict[str, subprocess.Popen[bytes]], *, also: Callable[[], None] = lambda: None) -> str:
    """Wait until one of them ends of itself, and return its name. `also` is called at every look."""
    while True:
        for name, process in started.items():
            if _ended(process):
                return name
        also()
        time.sleep(LOOK_EVERY_SECONDS)


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Asked undisturbed: stopped between Popen's taking its lock and giving it back, a later wait would never end."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        return process.poll() is not None
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def port_is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _die_with_parent() -> None:
    """Runs in the child: should we be killed outright, the kernel tells it to stop."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
