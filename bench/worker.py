"""Talking with a program that measures in a process (and perhaps an environment) of its own: one JSON line each way.

This module is imported on both sides, also by the peers' environment: the standard library only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Handler = Callable[..., Any]


class WorkerFailed(RuntimeError):
    """What went wrong on the other side."""


class Worker:
    """A program on the other side, for the time of a `with` block."""

    def __init__(self, python: Path | str, module: str, environment: Mapping[str, str]) -> None:
        root = Path(__file__).resolve().parents[1]
        self._process = subprocess.Popen(
            [str(python), "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root,
            env=dict(environment),
        )  # fmt: skip

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *exception: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def ask(self, what: str, **arguments: Any) -> Any:
        """Call a handler of the other side and wait for its answer. Raises WorkerFailed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([what, arguments]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise WorkerFailed(f"{what}: the process ended with {self._process.wait()}")
        answer = json.loads(line)
        if "failed" in answer:
            raise WorkerFailed(f"{what}: {answer['failed']}")
        return answer["answer"]


def serve(*handlers: Handler) -> None:
    """The other side: answer until the asker goes. What handlers print goes to the standard error."""
    known = {handler.__name__: handler for handler in handlers}
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    for line in sys.stdin:
        what, arguments = json.loads(line)
        try:
            answer = {"answer": known[what](**arguments)}
        except Exception:
            answer = {"failed": traceback.format_exc()}
        answers.write(json.dumps(answer) + "\n")
