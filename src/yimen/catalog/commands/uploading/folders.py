"""Documents out of a file of JSON: one, a list of them, or a zip of a folder."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from yimen.catalog.choices import UploadForm
from yimen.catalog.commands.loading import BadFile, parse
from yimen.catalog.queries.checking import WHOLE
from yimen.kit.errors import Refusal

MOST_ITEMS = 5_000
LARGEST_DOCUMENT = 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
MOST_MEMBERS = 20_000


class BadFolder(Refusal):
    """A file of documents that can't be read as one."""

    code = "documents_unreadable"
    sentence = "文件不完整或已损坏，请重新生成后上传。"
    status = 422


@dataclass(frozen=True)
class Sent:
    """A document as it was sent. label: where in the file; problems: (place, reason) that kept it from being read."""

    label: str
    raw: Any
    problems: tuple[tuple[str, str], ...] = ()

    def at(self, place: str) -> str:
        """A place of this document, as people find it in the file."""
        if self.label.startswith("["):
            return f"{self.label}.{place}".rstrip(".")
        return " ".join(part for part in (self.label, place) if part)


def documents(content: bytes, form: str) -> tuple[list[Sent], list[str]]:
    """All documents, and the names of what was left aside. Raises BadFolder."""
    if form == UploadForm.ZIP:
        return _zipped(content)
    try:
        raw = parse(content)
    except BadFile as bad:
        return [Sent("", None, tuple((_place(each.field), each.reason) for each in bad.problems))], []
    sent = [Sent(f"[{number}]", each) for number, each in enumerate(raw)] if isinstance(raw, list) else [Sent("", raw)]
    _require_few(len(sent))
    return sent, []


def _zipped(content: bytes) -> tuple[list[Sent], list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            _require_modest(members)
            wanted = [each for each in members if _is_item(each.filename)]
            _require_few(len(wanted))
            _require_some(members, wanted)
            left = [each.filename for each in members if each not in wanted and "__MACOSX" not in each.filename]
            return list(_read(archive, wanted)), left[:50]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as broken:
        raise BadFolder from broken


def _require_some(members: list[zipfile.ZipInfo], wanted: list[zipfile.ZipInfo]) -> None:
    """What is in it instead of items."""
    if wanted:
        return
    names = [each.filename.lower() for each in members]
    if any(name.endswith((".xlsx", ".xls", ".et")) for name in names):
        raise BadFolder("压缩包里是 Excel 工作簿：请解压后直接上传 .xlsx 文件。")
    if "mimetype" in names and "content.xml" in names:
        raise BadFolder("这是 OpenDocument 表格（.ods），请另存为 .xlsx 再上传。")
    raise BadFolder("压缩包里没有事项的 JSON 文件（items 文件夹中的 *.json）。")


def _is_item(name: str) -> bool:
    """items/x.json, in whatever folder; JSON files beside each other where there is no folder called items."""
    return bool(re.search(r"(^|/)items/[^/]+\.json$", name)) or bool(
        re.fullmatch(r"[^/]+\.json", name) and _plain(name)
    )


def _plain(name: str) -> bool:
    return name not in (
        "departments.json",
        "licences.json",
        "fields.json",
        "packages.json",
        "history.json",
        "quotas.json",
    )


def _read(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[Sent]:
    for member in members:
        if member.file_size > LARGEST_DOCUMENT:
            yield Sent(member.filename, None, (("", "文件超过 1 MB"),))
            continue
        try:
            yield Sent(member.filename, parse(archive.read(member)))
        except BadFile as bad:
            yield Sent(member.filename, None, tuple((_place(each.field), each.reason) for each in bad.problems))


def _place(field: str) -> str:
    return "" if field == WHOLE else field


def _require_few(number: int) -> None:
    if number > MOST_ITEMS:
        raise BadFolder(f"文件里有 {number:,} 个事项，一次最多 {MOST_ITEMS:,} 个，请分成几个文件。")


def _require_modest(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_UNPACKED:
        raise BadFolder("文件解压后异常庞大，不能读取，请分成几个文件。")
    if any(each.flag_bits & 1 for each in members):
        raise BadFolder("文件设有密码，请取消密码后再上传。")
