"""@command: the one road of every state change.

A command locks, asks the law, writes, records in the ledger and speaks one event, all in one transaction.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

COMMANDS: dict[str, Callable[..., object]] = {}

_recorded: ContextVar[list[bool] | None] = ContextVar("recorded", default=None)
_memo: ContextVar[dict[str, Any] | None] = ContextVar("memo", default=None)


class UnrecordedError(RuntimeError):
    """A command changed something without a word in the ledger: a programming error."""


def command(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a function a command: keyword-only `by` and `at`, one transaction, at least one ledger entry.

    A command called inside a command joins its transaction without a savepoint: they live or die together. The outermost
    one is undone by itself when somebody (a test, a loader) has opened a transaction around several.
    """
    _require_shape(verb)
    COMMANDS[f"{verb.__module__}.{verb.__qualname__}"] = verb

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        marks: list[bool] = []
        token = _recorded.set(marks)
        outermost = _memo.set({}) if _memo.get() is None else None
        try:
            with transaction.atomic(savepoint=outermost is not None):
                result = verb(*args, **kwargs)
                if not marks:
                    raise UnrecordedError(f"{verb.__qualname__} recorded nothing in the ledger")
        finally:
            _recorded.reset(token)
            if outermost is not None:
                _memo.reset(outermost)
        mark_recorded()
        return result

    return run


def mark_recorded() -> None:
    """Called by the ledger for each entry, so that a silent command is found at its first run."""
    marks = _recorded.get()
    if marks is not None:
        marks.append(True)


def memo() -> dict[str, Any]:
    """What a reader may remember until the outermost command ends; outside of commands nothing is remembered.

    For things that many commands ask for and that stay true within one transaction, such as the calendar's version.
    """
    remembered = _memo.get()
    return {} if remembered is None else remembered


@contextmanager
def remembering() -> Iterator[None]:
    """Let readers remember what they ask for often, outside of commands. Never around a command."""
    outermost = _memo.set({}) if _memo.get() is None else None
    try:
        yield
    finally:
        if outermost is not None:
            _memo.reset(outermost)


def _require_shape(verb: Callable[..., object]) -> None:
    parameters = inspect.signature(verb).parameters
    for name in ("by", "at"):
        if name not in parameters or parameters[name].kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{verb.__qualname__}: a command takes keyword-only `by` and `at`")
