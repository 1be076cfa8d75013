"""A cell of a discretion table as people say it: > 500 大于 500, contains($, 'x') 包括“x”, 'a', 'b' “a”、“b”之一."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SIGNS = (
    (">=", gettext_lazy("不少于")), ("<=", gettext_lazy("不超过")), ("==", gettext_lazy("为")),
    ("!=", gettext_lazy("不是")), (">", gettext_lazy("大于")), ("<", gettext_lazy("小于")),
)  # fmt: skip
CALLS = {
    "contains": gettext_lazy("包括%(what)s"),
    "startsWith": gettext_lazy("以%(what)s开头"),
    "endsWith": gettext_lazy("以%(what)s结尾"),
}
JOINTS = (("or", gettext_lazy("，或者")), ("and", gettext_lazy("，并且")))
_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")
_CALL = re.compile(r"(contains|startsWith|endsWith)\s*\(\s*\$\s*,(.+)\)", re.DOTALL)
_NOT = re.compile(r"not\s*\((.+)\)|not\s+(.+)", re.DOTALL)
_AMONG = re.compile(r"(not\s+)?in\s*\[(.*)\]", re.DOTALL)
_LENGTH = re.compile(r"len\s*\(\s*\$\s*\)(.*)", re.DOTALL)


def spoken(cell: str) -> str:
    """What the engine would compare, in words; what has none stays as it is written."""
    cell = _bare(cell)
    for joint, words in JOINTS:
        parts = list(_split(cell, f" {joint} "))
        if len(parts) > 1:
            return str(words).join(spoken(part) for part in parts)
    return _called(cell) or _among(cell) or _compared(cell) or _between(cell) or _named(cell)


def _called(cell: str) -> str:
    call, turned, length = _CALL.fullmatch(cell), _NOT.fullmatch(cell), _LENGTH.fullmatch(cell)
    if call:
        return str(CALLS[call[1]]) % {"what": _named(call[2])}
    if length:
        return _("字数%(what)s") % {"what": spoken(length[1])}
    if turned and not _AMONG.fullmatch(cell):
        return _("不%(what)s") % {"what": spoken(turned[1] or turned[2])}
    return ""


def _among(cell: str) -> str:
    found = _AMONG.fullmatch(cell)
    if not found:
        return ""
    listed = _named(found[2])
    return _("不在%(what)s当中") % {"what": listed} if found[1] else _("在%(what)s当中") % {"what": listed}


def _compared(cell: str) -> str:
    for sign, word in SIGNS:
        if cell.startswith(sign):
            return f"{word} {spoken(cell[len(sign) :])}"
    if cell in ("true", "false"):
        return _("为是") if cell == "true" else _("为否")
    return ""


def _between(cell: str) -> str:
    if ".." not in cell or cell[0] not in "[(" or cell[-1] not in "])":
        return ""
    low, _dots, high = cell[1:-1].partition("..")
    edges = (_("（含）") if cell[0] == "[" else _("（不含）"), _("（含）") if cell[-1] == "]" else _("（不含）"))
    return _("%(low)s%(with_low)s到%(high)s%(with_high)s") % {
        "low": low.strip(),
        "with_low": edges[0],
        "high": high.strip(),
        "with_high": edges[1],
    }


def _named(cell: str) -> str:
    """The values themselves: texts in Chinese quotation marks, several of them listed."""
    parts = [_TEXT.sub(lambda found: f"“{found[0][1:-1]}”", part.strip()) for part in _split(cell, ",")]
    return "、".join(parts)


def _bare(cell: str) -> str:
    """Without the name of the value, and without brackets around the whole."""
    cell = cell.strip()
    if cell.startswith("$") and cell[1:].lstrip()[:1] in ("=", "!", ">", "<", "i", "n"):
        cell = cell[1:].lstrip()
    if cell.startswith("(") and cell.endswith(")") and ".." not in cell and len(list(_split(cell[1:-1], ")"))) == 1:
        return _bare(cell[1:-1])
    return cell


def _split(text: str, joint: str) -> Iterator[str]:
    """The pieces between joints that stand in no quotation marks and no brackets."""
    depth, quote, begin, at = 0, "", 0, 0
    while at < len(text):
        sign = text[at]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif depth == 0 and text.startswith(joint, at):
            yield text[begin:at]
            at += len(joint)
            begin = at
            continue
        else:
            depth += (sign in "([") - (sign in ")]")
        at += 1
    yield text[begin:]
