"""How often items are used: asked of whoever keeps cases, remembered for ten minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.core.cache import cache

from yimen.catalog import ports

KEY, MINUTES = "catalog.used", 10


def used() -> Mapping[str, int]:
    """Cases filed per item over the last twelve months, by slug."""
    return cast(Mapping[str, int], cache.get_or_set(KEY, lambda: dict(ports.usage()), 60 * MINUTES))
