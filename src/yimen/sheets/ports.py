"""Socket: sources that already know an answer. identity plugs `person.*` and `org.*`, vault plugs `licence.*`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Prefilled:
    """A value that is already known, where it comes from (in words), and when it was true."""

    value: Any
    source: str
    as_of: date | None = None

    @property
    def note(self) -> str:
        """As a person reads it: 营业执照 2025-03-02."""
        return f"{self.source} {self.as_of:%Y-%m-%d}" if self.as_of else self.source


# subject id, the words after the prefix ("id_number", "business_licence.address"), the instant of asking
Source = Callable[[int, str, datetime], Prefilled | None]

_sources: dict[str, Source] = {}


def plug_source(prefix: str, source: Source) -> None:
    """A later room (or this one's start-up) offers a source for everything that begins with `prefix.`."""
    _sources[prefix] = source


def known(subject: int, path: str, at: datetime) -> Prefilled | None:
    """What the source of this path knows about a subject; None when nobody does."""
    prefix, _, key = path.partition(".")
    source = _sources.get(prefix)
    return source(subject, key, at) if source and key else None
