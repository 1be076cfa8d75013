"""Socket: sources that already know an answer. identity plugs `person.*` and `org.*`, vault plugs `licence.*`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
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
# -> what is known, by those words. Called once per subject with all keys of a form.
Source = Callable[[int, Collection[str], datetime], Mapping[str, Prefilled]]

_sources: dict[str, Source] = {}


def plug_source(prefix: str, source: Source) -> None:
    """A later room (or this one's start-up) offers a source for everything that begins with `prefix.`."""
    _sources[prefix] = source


def known(subject: int, paths: Collection[str], at: datetime) -> dict[str, Prefilled]:
    """What the sources know about a subject, by path; a path that nobody answers is left out."""
    found: dict[str, Prefilled] = {}
    for prefix, source in _sources.items():
        keys = [path.removeprefix(f"{prefix}.") for path in paths if path.startswith(f"{prefix}.")]
        if keys:
            found |= {f"{prefix}.{key}": value for key, value in source(subject, keys, at).items()}
    return found
