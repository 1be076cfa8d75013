"""What the checks say of a document, said of a cell."""

from __future__ import annotations

import re
from typing import Any

from yimen.catalog.queries.workbook.book import Spot
from yimen.catalog.queries.workbook.columns import Column, Sheet
from yimen.catalog.queries.workbook.items import ITEMS
from yimen.catalog.queries.workbook.layout import BY_NAME, LISTS

# Names of the file format that a reason may speak of, as the workbook calls them.
SHEET_OF = {sheet.place[0]: sheet.name for sheet in LISTS if len(sheet.place) == 1}


def cell_reason(spot: Spot, place: tuple[Any, ...], reason: str) -> str:
    """The same reason in the words of the workbook, where there are no fields, lists and patterns."""
    column = BY_NAME[spot.sheet].by_head.get(spot.head) if spot.sheet in BY_NAME else None
    if len(place) == 1 and place[0] in SHEET_OF and reason.startswith(("缺少", "至少要有")):
        return f"“{SHEET_OF[place[0]]}”表中没有这个事项的行，至少要有一行"
    if reason in ("缺少这个字段", "不能为空"):
        lacking = _head_of(place)
        return f"工作簿里没有“{lacking}”列，新的内容必须有" if lacking not in ("", spot.head) else "这一格必须填写"
    if reason.startswith("格式不对"):
        return _shape(column)
    return _plain(reason)


def place_meant(place: tuple[Any, ...], reason: str) -> tuple[Any, ...]:
    """The element that a reason speaks of, where the checks name only the row."""
    return (*place, "choices") if "choices" in reason and len(place) > 1 else place


def _head_of(place: tuple[Any, ...]) -> str:
    """The head under which a place of the document stands, whether or not the workbook has the column."""
    for sheet in LISTS:
        size = len(sheet.place)
        if sheet.place and not sheet.inside and place[:size] == sheet.place and len(place) > size + 1:
            return _head(sheet, place[size + 1 :])
    return _head(ITEMS, place)


def _head(sheet: Sheet, path: tuple[Any, ...]) -> str:
    return next((column.head for column in sheet.columns if column.path == path), "")


def _shape(column: Column | None) -> str:
    return f"格式不对：{column.shape}" if column and column.shape else "格式不对"


def _plain(reason: str) -> str:
    """Without the file's own names: 即办件的承诺时限（promised_days）必须为 0."""
    said = re.sub(r"（[a-z_]+）", "", reason)
    for name, sheet in SHEET_OF.items():
        said = re.sub(rf"\b{name} 中", f"“{sheet}”表中", said)
    said = re.sub(r"必须列出 choices", "必须列出选项", said)
    return said.replace("choices 中", "选项中")
