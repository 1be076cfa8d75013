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
T = TypeVar("T")

COMMANDS: dict[str, Callable[..., object]] = {}

Writer = Callable[[list[Any]], None]

_recorded: ContextVar[list[bool] | None] = ContextVar("recorded", default=None)
_together: ContextVar[dict[Writer, list[Any]] | None] = ContextVar("together", default=None)
_memo: ContextVar[dict[str, Any] | None] = ContextVar("memo", default=None)


class UnrecordedError(RuntimeError):
    """A command changed something without a word in the ledger: a programming error."""


def command(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a function a command: keyword-only `by` and `at`, one transaction, at least one ledger entry.

    A command called inside a command joins its transaction without a savepoint: they live or die together. The
    outermost one is undone by itself when somebody (a test, a loader) has opened a transaction around several.
    """
    _require_shape(verb)
    COMMANDS[f"{verb.__module__}.{verb.__qualname__}"] = verb

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _together.get() is not None:
            return _joined(verb, *args, **kwargs)
        together, remembered = _together.set({}), _memo.set({})
        try:
            with transaction.atomic():
                result = _joined(verb, *args, **kwargs)
                _write_together()
        finally:
            _together.reset(together)
            _memo.reset(remembered)
        return result

    return run


def _joined(verb: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a verb within the transaction of the outermost command, and see that it left a word in the ledger."""
    marks: list[bool] = []
    token = _recorded.set(marks)
    try:
        with transaction.atomic(savepoint=False):
            result = verb(*args, **kwargs)
    finally:
        _recorded.reset(token)
    if not marks:
        raise UnrecordedError(f"{verb.__qualname__} recorded nothing in the ledger")
    mark_recorded()
    return result


def together(write: Writer, thing: Any) -> None:
    """Write something with others of its sort in one statement as the outermost command ends; outside of one, now.

    For what nobody reads within the command: ledger entries, jobs. Written in the order in which it was given.
    """
    waiting = _together.get()
    if waiting is None:
        write([thing])
    else:
        waiting.setdefault(write, []).append(thing)


def _write_together() -> None:
    for write, things in (_together.get() or {}).items():
        write(things)


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


def read_once(key: str, read: Callable[[], T]) -> T:
    """Read something that several parts of a page ask for only once, while `remembering`; else each time anew.

    Inside a command always anew: it changes what it reads.
    """
    remembered = _memo.get()
    if remembered is None or _together.get() is not None:
        return read()
    if key not in remembered:
        remembered[key] = read()
    known: T = remembered[key]
    return known


def keep_once(key: str, read: Callable[[], T]) -> T:
    """Read something of the registers only once, within a command or while `remembering`; else each time anew.

    For what none of the commands that ask for it changes: an agency's place, a window's authority.
    """
    remembered = memo()
    if key not in remembered:
        remembered[key] = read()
    known: T = remembered[key]
    return known


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
