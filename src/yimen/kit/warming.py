"""What a web process works out at its start, beside its first requests, so that nobody has to wait for it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import connections

log = logging.getLogger(__name__)

_chores: dict[str, Callable[[], object]] = {}


def warm(name: str, chore: Callable[[], object]) -> None:
    """To be done at the start of each web process. It must be safe beside requests that need the same."""
    _chores[name] = chore


def begin() -> threading.Thread:
    """Do it all, one after the other, in a thread that doesn't keep the process from ending."""
    thread = threading.Thread(target=_all, name="warming", daemon=True)
    thread.start()
    return thread


def _all() -> None:
    for name, chore in _chores.items():
        begun = time.perf_counter()
        try:
            chore()
        except Exception:
            log.exception("%s: not warmed", name)
        else:
            log.info("%s: warmed in %.1f s", name, time.perf_counter() - begun)
    connections.close_all()
