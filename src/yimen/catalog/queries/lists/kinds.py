"""What a published list is: a small declared thing. A city adds one by declaring it in a module of its own.

from yimen.catalog.queries.lists.kinds import Column, ListKind, offer

offer(ListKind(
    code="night", title=_("夜间办理事项清单"), purpose=_("哪些事晚上也能办。"), empty=_("…"),
    columns=(Column("name", _("事项")), Column("agency", _("实施主体"))),
    rows=lambda source: [source.row("", source.name, source.agency)] if … else [],
))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

# Parts of a document that no list speaks of; they are most of it.
LEFT_OUT = ("form_fields", "faq", "manual", "conditions", "everyday_words", "special_procedures")


class Row(NamedTuple):
    """One entry. key: the same in every quarter; slug: of the item whose guide it belongs to; values: by column."""

    key: str
    slug: str
    agency: str
    agency_name: str
    levels: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column. wide: long texts stand in it."""

    key: str
    label: Any  # str or lazy translation
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A proof that an earlier edition asked for and the current one doesn't, or that a consultation ended."""

    name: str
    basis: str
    how: str
    since: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A concluded consultation about a proof of the item."""

    name: str
    basis: str
    outcome: str
    outcome_label: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """An item that can't be applied for now. instead: the names of what takes its place.

    still_asked: the proofs that are asked for there.
    """

    cancelled: bool
    since: date | None
    reason: str
    instead: tuple[str, ...] = ()
    still_asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What rows are made of: one current edition. dropped, heard: what became of its proofs.

    gone: why it can't be applied for; such an edition is only shown to lists that say `gone`.

    raw: its document, without the parts LEFT_OUT and without what is null: use `get`, also because older documents lack
    what the format gained later.
    """

    slug: str
    name: str
    version: int
    valid_from: date | None
    agency: str
    agency_name: str
    raw: dict[str, Any] = field(repr=False)
    dropped: tuple[Dropped, ...] = ()
    heard: tuple[Heard, ...] = ()
    gone: Gone | None = None

    @property
    def levels(self) -> tuple[str, ...]:
        """行使层级."""
        return tuple(self.raw.get("level") or ())

    def part(self, name: str) -> dict[str, Any]:
        """An object of the document, empty where there is none."""
        return self.raw.get(name) or {}

    def parts(self, name: str) -> list[dict[str, Any]]:
        """A list of the document, empty where there is none."""
        return self.raw.get(name) or []

    def row(self, key: str, *values: Any) -> Row:
        """A row of this item. key: what sets it apart from other rows of the item; "" where there is one only."""
        texts = tuple(_text(value) for value in values)
        return Row(
            f"{self.slug}#{key}" if key else self.slug, self.slug, self.agency, self.agency_name, self.levels, texts
        )


@dataclass(frozen=True)
class ListKind:
    """A list: what it is called, whom it is for in one sentence, what an empty one will hold, columns, rows.

    gone: it also speaks of items that are suspended or cancelled.
    """

    code: str
    title: Any
    purpose: Any
    empty: Any
    columns: tuple[Column, ...]
    rows: Callable[[Source], Iterable[Row]]
    group: Any = ""
    gone: bool = False


LISTS: dict[str, ListKind] = {}


def offer(kind: ListKind) -> ListKind:
    """Declare a list; the last one of a code wins, so that a city may replace one of ours."""
    LISTS[kind.code] = kind
    return kind


def _text(value: Any) -> str:
    if type(value) is str:  # most are
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(_text(each) for each in value)
    return str(value).strip()
