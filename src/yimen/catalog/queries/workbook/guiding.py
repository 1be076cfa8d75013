"""The first sheet: how to fill in the workbook, and what every column means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from yimen.catalog.queries.workbook.cells import FLAG
from yimen.catalog.queries.workbook.columns import MARK
from yimen.catalog.queries.workbook.layout import CODES, NOT_CARRIED, SHEETS
from yimen.kit.time import local


class GuideLine(NamedTuple):
    """A line of the first sheet. style: one of the writing's."""

    cells: tuple[str, ...]
    style: str = "plain"


RULES = (
    "“事项”表一行一个事项；其他表的每一行用“事项标识”对应到事项，用“序号”排先后。",
    f"深蓝色、带 {MARK} 的列必须填写，其他列选填。把鼠标放在列名上，可以看到这一列的含义。",
    "不要改动工作表名称和列名。列的次序可以调整；不需要修改的列或整张表可以删去，平台保留原来的内容。",
    "表还在而某个事项在表中没有行，表示这个事项没有这类内容；某一格清空，表示去掉这一格的内容。没有列出的事项不受影响。",
    "一格里有几项内容的，按列名上的说明写：自由填写的一行一个（Alt+Enter 换行），固定用语用顿号隔开。",
    "一项内容自身有换行的，写作 \\n；反斜杠写作 \\\\。",
    "内容都按文本读取，不计算公式。编号、电话等请保持“文本”格式，以免开头的 0 或 15 位以后的数字丢失。",
    "日期写作 2026-03-02；是否类的列填“是”或“否”；金额单位为元。",
    f"工作簿不包含：{'、'.join(NOT_CARRIED)}。上传不会改动它们，请在网页上编辑。",
    "上传后平台先检查整个工作簿，逐格列出问题；全部通过并由您确认后，一次导入为草稿，再送编制、法制审核。有一处问题就全部不导入。",
    "“版本”列由平台填写。下载之后事项又有了新内容的，上传时会提示，不会覆盖别人的修改。",
)


def guide_lines(title: str, made: datetime, items: int) -> Iterator[GuideLine]:
    """All lines of the sheet."""
    yield GuideLine((title,), "title")
    yield GuideLine((f"{local(made):%Y-%m-%d %H:%M} 下载，{items} 个事项",) if items else ("空白工作簿",))
    yield GuideLine(())
    yield GuideLine(("怎样填写",), "section")
    for number, rule in enumerate(RULES, 1):
        yield GuideLine((f"{number}. {rule}",))
    yield GuideLine(())
    yield GuideLine(("各列的含义",), "section")
    yield GuideLine(("工作表", "列名", "含义", "填写", "国标序号", "可选内容"), "head")
    for sheet in SHEETS:
        for column in sheet.columns:
            options = "、".join(column.options) or (f"见“{CODES}”的“{column.listed}”" if column.listed else "")
            need = "必填" if column.needed else "选填"
            shown = "" if column.codec is FLAG else options
            yield GuideLine((sheet.name, column.head, column.note, need, column.number, shown), "long")
