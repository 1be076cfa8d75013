"""Columns that several sheets have, and short ways of saying the common sorts."""

from __future__ import annotations

from typing import Any, get_args

from yimen.catalog.queries.workbook.cells import FLAG, INTEGER, WORDS
from yimen.catalog.queries.workbook.columns import Column, Path

YES_NO = ("是", "否")
NAME = "只能用小写英文字母开头，由小写字母、数字和下划线组成"
SLUG_SHAPE = "只能用小写英文字母、数字和连字符，最多 56 个字符，例如 food-business-licence"
ONE_PER_LINE = "一行一个（Alt+Enter 换行）"

SLUG = Column(
    "事项标识",
    ("slug",),
    "事项在平台上的唯一标识，其他工作表用它对应到事项",
    needed=True,
    width=30,
    shape=SLUG_SHAPE,
    joins=True,
)
ORDER = Column("序号", ("#",), "同一事项内的先后次序；不填时按行的次序", INTEGER, width=6)
STAMP = Column("版本", ("~",), "下载时的版本，请不要修改。下载之后事项有了新版本，上传时会提示；新事项留空", width=14)


def _words(kind: Any) -> tuple[str, ...]:
    return tuple(get_args(kind)) or tuple(each.value for each in kind)


def choice(head: str, path: Path, note: str, kind: Any, **more: Any) -> Column:
    return Column(head, path, note, options=_words(kind), **more)


def several(head: str, path: Path, note: str, kind: Any, **more: Any) -> Column:
    words = _words(kind)
    return Column(head, path, f"{note}。可填多个，用顿号隔开：{'、'.join(words)}", WORDS, **{"width": 18, **more})


def flag(head: str, path: Path, note: str, **more: Any) -> Column:
    return Column(head, path, note, FLAG, options=YES_NO, **{"width": 10, **more})


def file(what: str, path: Path) -> tuple[Column, ...]:
    return (
        Column(f"{what}名称", (*path, "name"), f"{what}的文件名", width=20),
        Column(f"{what}网址", (*path, "url"), f"{what}在其他网站上的地址，以 http 开头", width=20),
        Column(f"{what}文件编号", (*path, "file"), f"{what}已上传到平台时的编号，一般不用填写", width=12),
    )


def remedy(what: str, path: Path) -> tuple[Column, ...]:
    return (
        Column(f"{what}机关", (*path, "office"), f"{what}向哪个机关提出", width=20),
        Column(f"{what}地址", (*path, "address"), f"{what}机关的地址", width=20),
        Column(f"{what}电话", (*path, "phone"), f"{what}机关的电话", width=14),
        Column(f"{what}网址", (*path, "url"), f"{what}机关的网址", width=14),
    )
