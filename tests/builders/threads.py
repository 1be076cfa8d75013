"""Several people at the same moment: threads, each with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from yimen.kit.errors import Refusal


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Let all calls begin together; gives what each returned, or the refusal it got. Anything else is raised."""
    barrier, outcomes = Barrier(len(calls)), [None] * len(calls)
    threads = [Thread(target=_call, args=(call, barrier, outcomes, place)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    wrong = [each for each in outcomes if isinstance(each, BaseException) and not isinstance(each, Refusal)]
    if wrong:
        raise wrong[0]
    return outcomes


def refusals(outcomes: Sequence[Any]) -> list[str]:
    """The codes of those who were refused."""
    return [each.code for each in outcomes if isinstance(each, Refusal)]


def _call(call: Callable[[], Any], barrier: Barrier, outcomes: list[Any], place: int) -> None:
    try:
        connection.ensure_connection()
        barrier.wait(30)
        outcomes[place] = call()
    except BaseException as wrong:  # handed to the test, which decides
        outcomes[place] = wrong
    finally:
        connection.close()
