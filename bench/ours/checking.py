"""The check-up of a large catalogue: all findings, what is kept of them, the pages' figures, the clean-up's sums."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from yimen.catalog.commands.checkups import renew_checkups
from yimen.catalog.models import Checkup
from yimen.catalog.queries import checkups, linting, progress
from yimen.kit.time import now
from yimen.law.catalogue import found_loops


def checked() -> dict[str, Any]:
    """Seconds of each: the command's whole work, the worker's first and second look, the pages' figures."""
    figures: dict[str, Any] = {}
    figures["lint_s"], found = _timed(_lint)
    figures |= found
    figures["kept_s"], _seen = _timed(lambda: renew_checkups(at=now()))
    Checkup.objects.filter(pk__in=Checkup.objects.values("pk")[:1]).update(stamp="old")
    figures["again_s"], _seen = _timed(lambda: renew_checkups(at=now()))
    figures["health_s"], _health = _timed(lambda: checkups.health(None))
    figures["progress_s"], _items = _timed(lambda: progress.total(progress.of_items(None)))
    return figures


def _lint() -> dict[str, int]:
    """What `yimen lint-catalog` does, without printing."""
    lens, desks, findings = linting.lens(), [], 0
    items = 0
    for edition, document in linting.of_current():
        items += 1
        findings += len(lens.look(edition, document))
        desks.append(lens.desk(document))
    return {"items": items, "findings": findings, "loops": len(found_loops(desks, severities=lens.severities))}


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    done = act()
    return time.perf_counter() - begun, done
