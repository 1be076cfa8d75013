"""From rows to documents: each item's rows of all sheets joined, laid over the edition that was there before.

What the workbook doesn't carry, and columns or sheets that were taken out of it, stay as that edition has them; so does
every value whose cell still says what was exported. Every place of a document knows the cell it came from.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yimen.catalog.queries.workbook.book import (
    Base,
    Book,
    CellProblem,
    Change,
    Joined,
    Place,
    Spot,
    Table,
    one_line,
)
from yimen.catalog.queries.workbook.cells import KEEP, Cell, Fault, plain
from yimen.catalog.queries.workbook.columns import Sheet, at, put
from yimen.catalog.queries.workbook.heads import ORDER, SLUG, STAMP
from yimen.catalog.queries.workbook.items import ITEMS
from yimen.catalog.queries.workbook.layout import BY_NAME, LISTS
from yimen.catalog.queries.workbook.lists import CATEGORIES
from yimen.catalog.queries.workbook.reading import Line


def join(book: Book, bases: Mapping[str, Base]) -> Iterator[Joined]:
    """Every item of the workbook, one after the other; what belongs to none is noted in the book.

    bases: what the named items say now, by slug.
    """
    table = book.tables.get(ITEMS.name)
    if table is None or not table.has(SLUG.head):
        spot = Spot(ITEMS.name, 1, 1, SLUG.head)
        book.problems.append(CellProblem(spot, "工作簿里没有“事项”工作表，或者其中没有“事项标识”列"))
        return
    grouped = {sheet.name: _grouped(book, sheet) for sheet in LISTS}
    seen: set[str] = set()
    for line in table.lines:
        slug, home = plain(table.cell(line, SLUG.head)), table.spot_of(line, SLUG.head)
        if slug in seen or not slug:
            why = "这个事项标识在“事项”表中已经出现过" if slug else "这一格必须填写"
            book.problems.append(CellProblem(home, why))
            continue
        seen.add(slug)
        yield _Joining(book, table, line, slug, bases.get(slug)).joined(grouped)
    for name, lines in grouped.items():
        for slug in lines.keys() - seen:
            _orphans(book, book.tables[name], lines[slug], slug)


def _grouped(book: Book, sheet: Sheet) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    table = book.tables.get(sheet.name)
    for line in table.lines if table else ():
        found[plain(table.cell(line, SLUG.head)) if table else ""].append(line)
    return found


def _orphans(book: Book, table: Table, lines: Sequence[Line], slug: str) -> None:
    why = f"“事项”表中没有标识为“{slug}”的事项" if slug else "这一格必须填写：这一行属于哪个事项"
    book.problems += [CellProblem(table.spot_of(line, SLUG.head), why) for line in lines]


class _Joining:
    """One item on its way from its rows to a document."""

    def __init__(self, book: Book, table: Table, line: Line, slug: str, base: Base | None) -> None:
        self.book, self.table, self.line, self.base = book, table, line, base
        self.before: Mapping[str, Any] = base.document if base else {}
        document = copy.deepcopy(dict(self.before)) | {"slug": slug}
        self.item = Joined(slug, table.spot_of(line, SLUG.head), document, base is None)

    def joined(self, grouped: Mapping[str, Mapping[str, list[Line]]]) -> Joined:
        self._stamp()
        skip = (SLUG.head, STAMP.head)
        self._row(self.table, self.line, self.item.document, self.before or None, (), skip=skip)
        for sheet in LISTS:
            table = self.book.tables.get(sheet.name)
            if table is None:
                continue
            lines = grouped[sheet.name].get(self.item.slug, [])
            if sheet.categories:
                self._texts(table, lines)
            elif sheet.inside:
                self._inside(table, lines)
            else:
                members = self._members(table, lines, at(self.before, sheet.place) or [], sheet.place)
                self._put_list(table, members, self.item.document, self.before, sheet.place)
        return self.item

    def _stamp(self) -> None:
        said = plain(self.table.cell(self.line, STAMP.head))
        if not said:
            return
        spot = self.table.spot_of(self.line, STAMP.head)
        if self.base is None:
            self._wrong(spot, "平台上没有这个事项，新事项的这一格应当留空")
        elif said != self.base.stamp:
            self._wrong(
                spot,
                f"下载之后这个事项有了新的内容（现在是 {self.base.stamp}）：请重新下载后再修改；"
                "确定要以本表为准的，清空这一格",
            )

    def _wrong(self, spot: Spot, reason: str) -> None:
        self.item.problems.append(CellProblem(spot, reason))

    def _row(
        self, table: Table, line: Line, target: dict[str, Any], before: Any, place: Place, skip: Sequence[str]
    ) -> None:
        """Lay the cells of a row over its part of the document."""
        self.item.rows[place] = table, line
        for number, column in table.columns.items():
            if column.head in skip:
                continue
            try:
                meant = column.codec.read(line.cells.get(number))
            except Fault as fault:
                self._wrong(table.spot(line, number), str(fault))
                continue
            known = at(before, column.path)
            if meant is KEEP and before is None:
                self._wrong(table.spot(line, number), "这一格要求保留原来的内容，但原来没有这一行")
            elif before is None or not column.codec.same(meant, known):
                put(target, column.path, meant)
                if before is not None:
                    shown = "" if known is None else plain(Cell(column.codec.write(known)))
                    spot = table.spot(line, number)
                    change = Change(spot.address, column.head, one_line(shown), spot.value)
                    self.item.changes.append(change)
        _prune(target, before, table.sheet)

    def _members(
        self, table: Table, lines: Sequence[Line], olds: Sequence[Any], place: Place, parent: str = ""
    ) -> list[tuple[Any, int | None]]:
        """Each row's member of a list, and the place it had in the list before."""
        free = dict(enumerate(olds))
        made: list[tuple[Any, int | None]] = []
        skip = (SLUG.head, ORDER.head, *((table.sheet.parent.head,) if parent else ()))
        for number, line in enumerate(self._ordered(table, lines)):
            old = _known(table, line, free)
            before = free.pop(old) if old is not None else None
            target = copy.deepcopy(before) if isinstance(before, dict) else {}
            self._row(table, line, target, before, (*place, number), skip)
            made.append((target, old))
        return made

    def _ordered(self, table: Table, lines: Sequence[Line]) -> list[Line]:
        """By number where there is one; rows without follow the row above them."""
        placed, last = [], 0
        for line in lines:
            try:
                given = ORDER.codec.read(table.cell(line, ORDER.head))
            except Fault as fault:
                self._wrong(table.spot_of(line, ORDER.head), str(fault))
                given = None
            last = given if isinstance(given, int) else last
            placed.append((last, line))
        return [line for _number, line in sorted(placed, key=lambda each: each[0])]

    def _put_list(
        self, table: Table, members: Sequence[tuple[Any, int | None]], target: dict[str, Any], before: Any, place: Any
    ) -> None:
        """The list as the rows have it; where there are none and were none, nothing is touched."""
        olds = at(before, place) or []
        if members or olds:
            put(target, place, [member for member, _old in members] or None)
        self._count(table, [old for _member, old in members], len(olds))

    def _count(self, table: Table, places: Sequence[int | None], before: int) -> None:
        """Rows that came, went or moved, as one change each."""
        if self.base is None:
            return
        kept = [place for place in places if place is not None]
        came, went = len(places) - len(kept), before - len(kept)
        name = table.sheet.name
        if came:
            self.item.changes.append(Change(name, f"新增 {came} 行"))
        if went:
            self.item.changes.append(Change(name, f"删去 {went} 行"))
        if kept != sorted(kept):
            self.item.changes.append(Change(name, "次序有变化"))

    def _inside(self, table: Table, lines: Sequence[Line]) -> None:
        """Rows that belong to a member of another sheet's list: the columns of a form's table."""
        outer, head = BY_NAME[table.sheet.inside], table.sheet.parent.head
        members = list(enumerate(at(self.item.document, outer.place) or ()))
        befores = {_called(member): member for member in at(self.before, outer.place) or ()}
        groups: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            groups[plain(table.cell(line, head))].append(line)
        for name in groups.keys() - {_called(member) for _number, member in members}:
            for line in groups[name]:
                self._wrong(table.spot_of(line, head), f"“{outer.name}”表中这个事项没有“{name}”")
        for number, member in members:
            name = _called(member)
            before = befores.get(name)
            place: Place = (*outer.place, number, *table.sheet.place)
            made = self._members(table, groups.pop(name, []), at(before, table.sheet.place) or [], place, name)
            self._put_list(table, made, member, before, table.sheet.place)

    def _texts(self, table: Table, lines: Sequence[Line]) -> None:
        """Plain texts, each under the list that its category names."""
        groups: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            category = plain(table.cell(line, "类别"))
            groups[category].append(line)
            if category not in CATEGORIES:
                self._wrong(table.spot_of(line, "类别"), f"只能是 {'、'.join(CATEGORIES)}")
        for category, place in CATEGORIES.items():
            self._listed(table, self._ordered(table, groups.get(category, [])), place)

    def _listed(self, table: Table, lines: Sequence[Line], place: tuple[str, ...]) -> None:
        olds = at(self.before, place) or []
        texts, places = [], []
        free = list(range(len(olds)))
        for number, line in enumerate(lines):
            spot = self.item.cells[(*place, number)] = table.spot_of(line, "内容")
            column = table.columns.get(spot.column)
            try:
                meant = column.codec.read(table.cell(line, "内容")) if column else None
            except Fault as fault:
                self._wrong(spot, str(fault))
                continue
            old = next((n for n in free if column and column.codec.same(meant, olds[n])), None)
            if old is not None:
                free.remove(old)
            elif meant is None or meant is KEEP:
                self._wrong(spot, "这一格必须填写")
            texts.append(olds[old] if old is not None else meant)
            places.append(old)
        if texts or olds:
            put(self.item.document, place, texts or None)
        self._count(table, places, len(olds))


def _called(member: Mapping[str, Any]) -> str:
    """Its name as a cell gives it back: line ends of other systems are one kind there."""
    return plain(Cell(str(member.get("name") or "")))


def _known(table: Table, line: Line, free: Mapping[int, Any]) -> int | None:
    """The row of the edition before that this one is: by its key, else by its name."""
    for path in table.sheet.identity:
        column = next((each for each in table.sheet.columns if each.path == path), None)
        cell = table.cell(line, column.head) if column else None
        if column is None or cell is None:
            continue
        try:
            meant = column.codec.read(cell)
        except Fault:
            continue
        for number, old in free.items():
            if column.codec.same(meant, at(old, path)):
                return number
    return None


def _prune(target: dict[str, Any], before: Any, sheet: Sheet) -> None:
    """A part of which every cell was emptied isn't there any more: no half of a place to sue."""
    parts = {column.path[:end] for column in sheet.columns for end in range(1, len(column.path))}
    for part in sorted(parts, key=len, reverse=True):
        inner = at(target, part)
        if isinstance(inner, dict) and inner != at(before, part) and not any(map(_says, inner.values())):
            put(target, part, None)


def _says(value: Any) -> bool:
    return value not in (None, "", [], {})
