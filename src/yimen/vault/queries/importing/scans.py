"""The scans of a batch: in a zip that was sent along, or in a folder of the machine at which the console was used."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from yimen.files.choices import JPEG, OFD, PDF, PNG, MediaType
from yimen.files.commands import type_of
from yimen.files.queries import seekable
from yimen.kit.archives import name_in
from yimen.kit.errors import Refusal
from yimen.vault.models import Batch

TAKEN = (PDF, JPEG, PNG, OFD)
ENDINGS = (".pdf", ".jpg", ".jpeg", ".png", ".ofd")
MOST_SCANS = 300_000
TWICE = ""
# What makes a reader of PDF do something, and what keeps a clerk from seeing what is inside. Names may be written #4aS.
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|Encrypt)(?![A-Za-z])")
HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"/ObjStm\b.*?stream\r?\n(.*?)endstream", re.DOTALL)
ANY_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
MOST_IN_STREAM = 4 * 1024 * 1024


class BadScans(Refusal):
    code = "scans_unreadable"
    sentence = "扫描件压缩包不完整或已损坏，请重新打包（zip 格式）后上传。"
    status = 422


@dataclass(frozen=True)
class Scan:
    """A scan that was found and is what it says it is."""

    name: str
    content: bytes
    type: MediaType


class Scans:
    """Names of scans, by what the rows call them: with or without folders and endings, in any case."""

    def __init__(self, archive: zipfile.ZipFile | None = None, folder: Path | None = None) -> None:
        self.archive, self.folder = archive, folder
        self.names: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        for shown, name in self._listed():
            self.shown[name] = shown
            for called in {_called(shown), _called(shown).rsplit(".", 1)[0]}:
                self.names[called] = TWICE if called in self.names else name

    @property
    def any(self) -> bool:
        return self.archive is not None or self.folder is not None

    def of(self, called: str, number: str) -> Scan | str:
        """The scan that a row names, or that is named as its number; or why there is none."""
        wanted = [called] if called else [number, number.replace("/", "_"), number.replace("/", "-")]
        known = [_called(each) for each in wanted if _called(each) in self.names]
        if not known:
            return f"没有找到扫描件“{wanted[0]}”"
        name = self.names[known[0]]
        if name == TWICE:
            return f"有几个扫描件都叫“{wanted[0]}”，请在表格中写明文件名"
        try:
            return judged(self.shown[name], self._read(name))
        except Refusal as refused:
            return f"扫描件不能接收：{refused.detail}".rstrip("。")

    def _listed(self) -> Iterator[tuple[str, str]]:
        """(as it was named, as it is found)."""
        if self.archive is not None:
            yield from ((name_in(each), each.filename) for each in self.archive.infolist() if _is_scan(each.filename))
        elif self.folder is not None:
            root = self.folder.resolve()
            for path in self.folder.rglob("*"):
                # What a link leads to outside of the folder is nobody's scan.
                if path.is_file() and _is_scan(path.name) and path.resolve().is_relative_to(root):
                    name = str(path.relative_to(self.folder))
                    yield name, name

    def _read(self, name: str) -> bytes:
        limit = settings.YIMEN_UPLOAD_LIMIT + 1
        try:
            if self.archive is not None:
                with self.archive.open(name) as member:
                    return member.read(limit)
            assert self.folder is not None  # noqa: S101 - names come from one of the two
            with (self.folder / name).open("rb") as file:
                return file.read(limit)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as broken:
            raise BadScans("文件已损坏或者设有密码") from broken


@contextmanager
def scans_of(batch: Batch) -> Iterator[Scans]:
    """Raises BadScans."""
    with ExitStack() as stack:
        if batch.scans_id:
            source = stack.enter_context(seekable(str(batch.scans_id)))
            yield Scans(archive=stack.enter_context(opened(source)))
        else:
            yield Scans(folder=folder_of(batch.folder)) if batch.folder else Scans()


def folder_of(name: str) -> Path:
    """Raises BadScans where it isn't there, or no longer."""
    folder = Path(name)
    if not folder.is_dir():
        raise BadScans("找不到扫描件文件夹“{name}”，请在原来的机器上用命令行继续导入。", name=name)
    return folder


def opened(source: object) -> zipfile.ZipFile:
    """Raises BadScans with what is wrong with it."""
    try:
        archive = zipfile.ZipFile(source)  # type: ignore[call-overload]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as broken:
        raise BadScans from broken
    members = [each for each in archive.infolist() if _is_scan(each.filename)]
    if any(each.flag_bits & 1 for each in members):
        raise BadScans("扫描件压缩包设有密码，请取消密码后重新打包。")
    if not members:
        raise BadScans("压缩包里没有扫描件（PDF、JPG、PNG 或 OFD 文件）。")
    if len(members) > MOST_SCANS:
        raise BadScans("压缩包里的文件太多，请分批导入。")
    return archive  # type: ignore[no-any-return]


def judged(name: str, content: bytes) -> Scan:
    """A picture or a layout file that runs nothing. Raises the refusals of files, TooBig among them, and BadScans."""
    from yimen.files.commands import EmptyFile, TooBig

    if not content:
        raise EmptyFile
    if len(content) > settings.YIMEN_UPLOAD_LIMIT:
        raise TooBig(limit_mb=settings.YIMEN_UPLOAD_LIMIT // (1024 * 1024))
    found = type_of(content)
    if found not in TAKEN:
        raise BadScans("扫描件应为 PDF、JPG、PNG 或 OFD 文件")
    if found == PDF and _acts(content):
        raise BadScans("PDF 中含有脚本、嵌入文件、动作或加密内容，请重新扫描或者打印为普通 PDF")
    return Scan(re.split(r"[/\\]", name)[-1], content, found)


def _acts(content: bytes) -> bool:
    """Does it name something that runs, in the open or within a stream of objects?"""
    # Pictures are noise in which any name occurs by chance: only what stands between streams is read as names.
    for part in (ANY_STREAM.sub(b"", content), *_streams(content)):
        if ACTIVE.search(HEX_IN_NAME.sub(lambda found: bytes([int(found[1], 16)]), part)):
            return True
    return False


def _streams(content: bytes) -> Iterator[bytes]:
    for found in STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(found[1], MOST_IN_STREAM)
        except zlib.error:
            continue


def _is_scan(name: str) -> bool:
    return name.lower().endswith(ENDINGS) and "__MACOSX" not in name


def _called(name: str) -> str:
    return re.split(r"[/\\]", name.strip())[-1].casefold()
