"""What a column and a sheet of the workbook are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from yimen.catalog.queries.workbook.cells import TEXT, Codec

Path = tuple[str, ...]
MARK = "＊"


@dataclass(frozen=True)
class Column:
    """One column. path: where its value stands in the row's part of the document.

    number: the element's number in GB/T 39046 table 4. options: the closed list one chooses from; listed: the name of a
    longer list of the sheet of codes. needed: must be filled in. shape: said instead of a pattern. joins: without it
    nobody knows what a row belongs to.
    """

    head: str
    path: Path
    note: str
    codec: Codec = TEXT
    number: str = ""
    options: tuple[str, ...] = ()
    listed: str = ""
    needed: bool = False
    width: int = 14
    shape: str = ""
    joins: bool = False

    @property
    def title(self) -> str:
        """The head as it is written: needed columns bear a mark."""
        return f"{self.head}{MARK}" if self.needed else self.head

    @property
    def wraps(self) -> bool:
        return self.width >= 30


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of one list of the document (`place`), joined to their item by its slug.

    identity: the paths by which a row is known again in the edition before, the surest first. categories: for a sheet
    of plain texts of several lists, which list each category is. inside: rows belong to a member of that sheet's list.
    """

    name: str
    place: Path
    columns: tuple[Column, ...]
    about: str
    identity: tuple[Path, ...] = ()
    categories: dict[str, Path] = field(default_factory=dict)
    inside: str = ""

    @cached_property
    def parent(self) -> Column:
        """Of a sheet whose rows lie inside a member of another's: the column that names the member."""
        return next(each for each in self.columns if each.path == ("@",))

    @cached_property
    def by_head(self) -> dict[str, Column]:
        return {each.head: each for each in self.columns}


def clean_head(text: str) -> str:
    """A head as it was meant, without mark, blanks and line breaks."""
    return re.sub(r"\s", "", text).rstrip(f"{MARK}*")


def at(value: Any, path: Path) -> Any:
    """What stands at a place of a document; None where nothing does."""
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def put(target: dict[str, Any], path: Path, value: Any) -> None:
    """Set a place of a document; None takes it out, so that its default holds."""
    *above, last = path
    for part in above:
        inner = target.get(part)
        if not isinstance(inner, dict):
            if value is None:
                return
            inner = target[part] = {}
        target = inner
    if value is None:
        target.pop(last, None)
    else:
        target[last] = value
