"""Programs that run together end together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from yimen.kit.processes import Program, port_is_free, running, watch

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]

PARENT = """
import sys, time
from yimen.kit.processes import Program, Stopped, running, stoppable, watch
sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
with stoppable():
    try:
        with running(Program("a", sleep), Program("b", sleep)) as started:
            print(*(process.pid for process in started.values()), flush=True)
            watch(started)
    except Stopped:
        print("stopped", flush=True)
"""


def lives(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(numbers: list[int]) -> bool:
    deadline = time.monotonic() + 10
    while any(map(lives, numbers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(lives, numbers))


def test_none_is_left_after_the_block() -> None:
    with running(Program("a", SLEEP), Program("b", SLEEP)) as started:
        numbers = [process.pid for process in started.values()]

    assert gone(numbers)


def test_the_one_that_ends_of_itself_is_named() -> None:
    with running(Program("long", SLEEP), Program("short", [sys.executable, "-c", ""])) as started:
        assert watch(started) == "short"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_even_where_the_shell_ignores_it(number: signal.Signals) -> None:
    ignoring = f"trap '' INT; exec {sys.executable} -c '{PARENT}'"
    parent = subprocess.Popen(["sh", "-c", ignoring], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    numbers = [int(word) for word in parent.stdout.readline().split()]

    os.kill(parent.pid, number)

    assert parent.communicate(timeout=20)[0] == "stopped\n"
    assert parent.returncode == 0
    assert gone(numbers)


def test_programs_end_with_a_parent_that_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    numbers = [int(word) for word in parent.stdout.readline().split()]

    parent.kill()
    parent.communicate()

    assert gone(numbers)


def test_a_taken_port_is_seen() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        assert not port_is_free("127.0.0.1", taken.getsockname()[1])
