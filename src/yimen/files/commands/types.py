"""What a file really is. Only its content is asked: the name and the browser's word for it prove nothing.

A file must be whole and of exactly one type: one that is also a zip archive behind its picture is refused, and so is
one that carries macros, runs something when it is opened, or would unpack to a multiple of what a form can need.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from yimen.files.choices import DOC, DOCX, JPEG, OFD, PDF, PNG, XLS, XLSX, MediaType
from yimen.files.commands.pdf import runs
from yimen.files.commands.refusals import BrokenFile, HasMacros, RunsByItself, UnknownType

MOST_PIXELS = 100_000_000
MOST_MEMBERS = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200
RATIO_FROM = 10 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEIC = re.compile(rb"^....ftyp(heic|heix|mif1|msf1|hevc|avif)", re.DOTALL)
SIZES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})


def type_of(content: bytes) -> MediaType:
    """The type of a whole file. Raises UnknownType, BrokenFile, HasMacros, RunsByItself."""
    if content.startswith(b"PK\x03\x04"):
        return _archive(content)
    kind = _plain(content)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise UnknownType("文件里藏有另一个文件，请重新导出后上传。")
    return kind


def _plain(content: bytes) -> MediaType:
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(PNG_SIGNATURE):
        return _png(content)
    if content.startswith(OLE):
        return _compound(content)
    if HEIC.match(content[:32]) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        raise UnknownType("不支持这种图片格式，请转换为 JPG 后上传。")
    raise UnknownType


def _pdf(content: bytes) -> MediaType:
    """The end mark shows that nothing was cut off; what else is odd in a PDF, readers mend. It runs nothing."""
    if b"%%EOF" not in content[-2048:]:
        raise BrokenFile
    if runs(content):
        raise RunsByItself
    return PDF


def _jpeg(content: bytes) -> MediaType:
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if marker in SIZES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9].ljust(4, b"\0"))
            _require_modest(width, height)
            if content.find(b"\xff\xd9", place) < 0:
                break
            return JPEG
        place += 2 + max(length, 2) if marker != 0xFF else 1
    raise BrokenFile


def _png(content: bytes) -> MediaType:
    """Every chunk is whole up to IEND, which is the end."""
    width, height = struct.unpack(">II", content[16:24].ljust(8, b"\0"))
    _require_modest(width, height)
    place, seen = len(PNG_SIGNATURE), 0
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        end = place + 12 + length
        if end > len(content):
            break
        body = content[place + 4 : end - 4]
        if zlib.crc32(body) != int.from_bytes(content[end - 4 : end], "big") or (seen == 0 and body[:4] != b"IHDR"):
            break
        if body[:4] == b"IEND":
            return PNG
        place, seen = end, seen + 1
    raise BrokenFile


def _require_modest(width: int, height: int) -> None:
    if not width or not height:
        raise BrokenFile
    if width * height > MOST_PIXELS:
        raise UnknownType("图片的像素太多，请缩小后上传。")


def _compound(content: bytes) -> MediaType:
    """Word and Excel before 2007: the names in the directory say which; a VBA storage is a macro."""
    if any(_wide(word) in content for word in ("_VBA_PROJECT", "EncryptedPackage")):
        raise HasMacros
    if _wide("WordDocument") in content:
        return DOC
    if _wide("Workbook") in content or _wide("Book\0") in content:
        return XLS
    raise UnknownType


def _wide(word: str) -> bytes:
    return word.encode("utf-16-le")


def _archive(content: bytes) -> MediaType:
    """A zip by its members: OFD, Word, Excel, nothing else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as broken:
        raise BrokenFile from broken
    _require_harmless(members)
    names = {member.filename for member in members}
    if "OFD.xml" in names:
        return OFD
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return DOCX
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return XLSX
    raise UnknownType


def _require_harmless(members: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    bomb = unpacked > MOST_UNPACKED or (unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(packed, 1))
    if bomb or len(members) > MOST_MEMBERS or len({m.filename for m in members}) < len(members):
        raise UnknownType("文件解压后异常庞大或结构异常，不能接收。")
    if any(m.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", m.filename) for m in members):
        raise UnknownType("文件结构异常，不能接收。")
    if any(m.flag_bits & 1 or m.filename.lower().endswith(("vbaproject.bin", "vbadata.xml")) for m in members):
        raise HasMacros
