"""Socket: sources that already know an answer. identity plugs `person.*` and `org.*`, vault plugs `licence.*`, a

data service of another department may plug a prefix of its own (origin=SERVICE).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from yimen.law.prefill import TRUSTED, Origin, dated

__all__ = ["TRUSTED", "Origin", "Prefilled", "Source", "known", "plug_source"]


@dataclass(frozen=True)
class Prefilled:
    """A value that is already known, where it comes from (in words: `Said` where they are ours), and when it was true.

    origin: how far it is trusted; None: the person said so just now. level: a licence's trust. ref: the path in the
    register (`person.name`, `licence:17.address`) or the number of an earlier application. office: whose register it
    is. turn, place: law.prefill.
    others: what trusted sources say differently.
    """

    value: Any
    source: str
    as_of: date | None = None
    origin: Origin | None = None
    level: str = ""
    ref: str = ""
    office: int | None = None
    turn: int = 0
    place: int = 0
    others: tuple[Prefilled, ...] = ()

    @property
    def note(self) -> str:
        """As a person reads it: 营业执照 2025-03-02."""
        return dated(self.source, self.as_of)


# subject id, the words after the prefix ("id_number", "business_licence.address"), the instant of asking
# -> what is known, by those words. Called once per subject with all keys of a form.
Source = Callable[[int, Collection[str], datetime], Mapping[str, Prefilled]]

_sources: dict[str, tuple[Source, Origin | None]] = {}


def plug_source(prefix: str, source: Source, *, origin: Origin | None = None) -> None:
    """A later room (or this one's start-up) offers a source for everything that begins with `prefix.`.

    origin: how far it is trusted, where its answers don't say so themselves.
    """
    _sources[prefix] = (source, origin)


def known(subject: int, paths: Collection[str], at: datetime) -> dict[str, Prefilled]:
    """What the sources know about a subject, by path; a path that nobody answers is left out."""
    found: dict[str, Prefilled] = {}
    for prefix, (source, origin) in _sources.items():
        keys = [path.removeprefix(f"{prefix}.") for path in paths if path.startswith(f"{prefix}.")]
        for key, value in source(subject, keys, at).items() if keys else ():
            path = f"{prefix}.{key}"
            found[path] = replace(value, origin=value.origin or origin, ref=value.ref or path)
    return found
