"""A copy as archives, each small enough to be kept and fetched as one file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from yimen.files.queries import Damaged

if TYPE_CHECKING:
    from yimen.portal.queries.copying.whole import Gathered

README = """这是您在政务服务平台上的全部数据的副本。

my-data.json：您的资料、授权、同意、申请和办件、证照和用证记录、消息、谁看过您的数据，以及您提出的更正和反映。
my-data.schema.json：my-data.json 每一项的含义。
files/、papers/、licences/：您提交的材料、发给您的文书、您的证照。
副本较大时分成几个压缩包，解压到同一个文件夹即可。
"""
SPARE = 256 * 1024  # for names and the directory of the archive


def packed(gathered: Gathered, *, schema: bytes, limit: int) -> Iterator[bytes]:
    """One archive after the other, each of at most `limit` bytes: no more than one lies in memory.

    A file that is gone or damaged is left out and named in the last one.
    """
    document = json.dumps(gathered.document, ensure_ascii=False, indent=1).encode()
    current = {"README.txt": README.encode(), "my-data.json": document, "my-data.schema.json": schema}
    lost: list[str] = []
    for path, content in _read(gathered, lost):
        if sum(map(len, current.values())) + len(content) > limit - SPARE:
            yield _zip(current)
            current = {}
        current[path] = content
    if lost:
        current["missing-files.txt"] = "\n".join(lost).encode()
    yield _zip(current)


def _read(gathered: Gathered, lost: list[str]) -> Iterator[tuple[str, bytes]]:
    for path, read in gathered.files.items():
        try:
            yield path, read()
        except (Damaged, FileNotFoundError):
            lost.append(path)


def _zip(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return held.getvalue()
