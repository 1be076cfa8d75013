"""How a value stands in a cell of a workbook, and how a cell is read back.

Every codec can do both: `show` gives what is written, `take` what is meant. `take(show(v))` means v, so that an upload
can tell a cell that somebody changed from one that still says what was exported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

# Excel keeps 32,767 UTF-16 units in a cell; what is longer stays outside, and this says so.
LONGEST_CELL = 30_000
KEPT = "（内容太长，Excel 放不下：请在网页上或用 JSON 修改；这一格不动，内容就不变）"
# Excel keeps 15 digits of a number.
LARGEST_EXACT = 10**15
# A text keeps more; nobody means as much as this.
LARGEST_TYPED = 10**20
YES = frozenset(("是", "有", "√", "✓", "y", "yes", "true", "1"))
NO = frozenset(("否", "无", "×", "✗", "n", "no", "false", "0"))
DATES = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?$")
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")


class Cell(NamedTuple):
    """What stands in a cell. kind: s text, n number, b boolean, d date or time, f formula, e error, z a text with a

    character that no database keeps.
    """

    value: Any
    kind: str = "s"


class Fault(Exception):
    """Why a cell can't be read."""


class _Keep:
    """Stands for: whatever was there before."""

    def __repr__(self) -> str:
        return "KEEP"


KEEP = _Keep()


@dataclass(frozen=True)
class Codec:
    """One way of writing and reading cells. as_text: the column is formatted as text, so that 007 stays 007."""

    show: Callable[[Any], Any]
    take: Callable[[Cell], Any]
    as_text: bool = True

    def read(self, cell: Cell | None) -> Any:
        """What a cell means: None where it is blank, KEEP where it leaves things as they are. Raises Fault."""
        if cell is None or cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
            return None
        if cell.kind == "f":
            raise Fault("这一格是公式，不会被计算：请复制后“选择性粘贴—数值”，或直接填写内容")
        if cell.kind == "e":
            raise Fault("这一格是 Excel 的错误值，请填写内容")
        if cell.kind == "z":
            raise Fault("这一格里有看不见的控制字符，不能保存：请清空后重新填写")
        return KEEP if cell.value == KEPT else self.take(cell)

    def write(self, value: Any) -> Any:
        """What is written for a value: a text that fits, a number, a date, or None."""
        shown = None if value is None else self.show(value)
        return KEPT if isinstance(shown, str) and _units(shown) > LONGEST_CELL else shown

    def same(self, meant: Any, value: Any) -> bool:
        """Does a cell that means `meant` say just what was exported for this value?"""
        if meant is KEEP:
            return True
        written = self.write(value)
        if written is None or written == "":
            return meant is None
        return bool(written != KEPT and self.read(cell_of(written)) == meant)


def cell_of(written: Any) -> Cell:
    """A cell as it would be read after this was written."""
    if isinstance(written, bool):
        return Cell(written, "b")
    if isinstance(written, int | float):
        return Cell(written, "n")
    return Cell(written, "d" if isinstance(written, date | time | timedelta) else "s")


def plain(cell: Cell | None) -> str:
    """What a cell says, for people."""
    if cell is None or cell.value is None:
        return ""
    try:
        return _text(cell)
    except Fault:
        return str(cell.value)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _text(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _digits(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return f"{value // timedelta(hours=1)}:{value // timedelta(minutes=1) % 60:02d}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _digits(value: int | float) -> str:
    if abs(value) >= LARGEST_EXACT:
        raise Fault("这一格被 Excel 当作数字，超过 15 位的部分已经丢失：请把单元格设为“文本”后重新填写")
    return format(Decimal(repr(value)).normalize(), "f")


def _amount(cell: Cell, what: str) -> Decimal:
    """A number, however it was typed: also in full-width digits or with thousands separators."""
    wanted = f"应为{what}，只填数字，例如 5"
    if isinstance(cell.value, bool | date | time | timedelta):
        raise Fault(f"{wanted}；现在是“{_text(cell)}”")
    said = str(cell.value) if cell.kind == "n" else re.sub(r"[\s,，¥￥元]", "", _text(cell))
    try:
        found = Decimal(said)
    except InvalidOperation:
        raise Fault(f"{wanted}；现在是“{_text(cell)[:40]}”") from None
    if not found.is_finite() or abs(found) >= (LARGEST_EXACT if cell.kind == "n" else LARGEST_TYPED):
        raise Fault("数字过大")
    return found


def _take_integer(cell: Cell) -> int:
    found = _amount(cell, "整数")
    if found != int(found):
        raise Fault(f"应为整数，只填数字，例如 5；现在是“{_text(cell)[:40]}”")
    return int(found)


def _take_number(cell: Cell) -> int | float:
    found = _amount(cell, "数字")
    return int(found) if found == int(found) else float(found)


def _show_number(value: float) -> Any:
    """As a number where Excel's 15 digits say all of it, else as a text."""
    if float(value).is_integer():
        return int(value)
    return value if float(f"{value:.15g}") == value else repr(value)


def _take_money(cell: Cell) -> int:
    cents = _amount(cell, "金额（元）") * 100
    if cents != int(cents):
        raise Fault("金额最多两位小数")
    return int(cents)


def _show_money(cents: int) -> Any:
    yuan = Decimal(cents) / 100
    return float(yuan) if abs(cents) < LARGEST_EXACT // 10 else str(yuan)


def _take_flag(cell: Cell) -> bool:
    said = _text(cell).lower()
    if said in YES:
        return True
    if said in NO:
        return False
    raise Fault(f"应为“是”或“否”，现在是“{said[:40]}”")


def _take_date(cell: Cell) -> str:
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    said = _text(cell)
    try:
        parts = DATES.match(said) or COMPACT.match(said)
        return date(*(int(part) for part in parts.groups())).isoformat() if parts else _no_date(cell, said)
    except ValueError:
        return _no_date(cell, said)


def _no_date(cell: Cell, said: str) -> str:
    """Excel keeps a day as a number; whether a bare number was meant as one, nobody can tell."""
    number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    hint = "；这一格是数字，请把单元格格式改为“日期”" if number else ""
    raise Fault(f"应为日期，例如 2026-03-02，现在是“{said[:40]}”{hint}")


def _show_date(value: str) -> Any:
    """A real date, so that it can be sorted; Excel knows none before March 1900."""
    day = date.fromisoformat(value)
    return day if day >= date(1900, 3, 1) else value


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("\n", "\\n")


def _unescaped(line: str) -> str:
    return re.sub(r"\\(n|\\)", lambda found: "\n" if found[1] == "n" else "\\", line)


def _take_lines(cell: Cell) -> list[str]:
    return [_unescaped(line.strip()) for line in _text(cell).split("\n") if line.strip()]


def _take_words(cell: Cell) -> list[str]:
    return [word for each in re.split(r"[、,，;；\n]+", _text(cell)) if (word := each.strip())]


def _show_pairs(values: Mapping[str, str]) -> str:
    return "\n".join(f"{name}：{_escaped(value)}" for name, value in values.items())


def _take_pairs(cell: Cell) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, _text(cell).split("\n"))):
        name, *rest = (part.strip() for part in re.split("[:：]", line, maxsplit=1))
        if not rest or not name:
            raise Fault(f"每行应写作“名称：条件”，现在有一行是“{line[:40]}”")
        if name in found:
            raise Fault(f"“{name[:40]}”写了两行，请合并成一行")
        found[name] = _unescaped(rest[0])
    return found


TEXT = Codec(str, _text)
# Texts of several lines and lists whose members one writes freely: one per line; a line break within a member is \n.
LINES = Codec(lambda values: "\n".join(_escaped(each) for each in values), _take_lines)
# Named texts, one per line: 名称：内容.
PAIRS = Codec(_show_pairs, _take_pairs)
# Lists of a closed set of words.
WORDS = Codec("、".join, _take_words)
INTEGER = Codec(int, _take_integer, as_text=False)
NUMBER = Codec(_show_number, _take_number, as_text=False)
MONEY = Codec(_show_money, _take_money, as_text=False)
FLAG = Codec(lambda value: "是" if value else "否", _take_flag)
DATE = Codec(_show_date, _take_date, as_text=False)


def labelled(labels: Mapping[Any, str]) -> Codec:
    """A closed set that people know by other words than the file: {value: label}."""
    values = {label: str(value) for value, label in labels.items()}

    def take(cell: Cell) -> str:
        said = _text(cell)
        if said not in values:
            raise Fault(f"只能是 {'、'.join(values)}，现在是“{said[:40]}”")
        return values[said]

    return Codec(lambda value: labels.get(str(value), str(value)), take)
