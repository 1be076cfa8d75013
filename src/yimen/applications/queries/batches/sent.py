"""Files that were sent along with a workbook: a cell names one of them."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from yimen.law.said import said
from yimen.sheets.choices import Kind

if TYPE_CHECKING:
    from yimen.applications.models import Batch
    from yimen.catalog.choices import EditionDocument
    from yimen.files.choices import MediaType
    from yimen.files.models import StoredFile

_OWN = uuid.UUID("6b1c9a34-5f0e-4a52-9d53-7c0f3d3a4e10")


class NoSuchFile(ValueError):
    """What is wrong with a cell that names a file: a code beside the words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class SentFile:
    """One of them. content: of what was sent just now; stored: what is kept since an earlier workbook.

    problem: (code, why) of what can't be taken.
    """

    name: str
    sha256: str
    content: bytes = field(default=b"", repr=False)
    media: MediaType | None = None
    stored: StoredFile | None = None
    problem: tuple[str, str] | None = None

    @property
    def key(self) -> str:
        """Stands in an answer until the file is kept: the same for the same content, so that a row sent again is
        known again."""
        return str(uuid.uuid5(_OWN, self.sha256))


class Files:
    """By what cells call them: in any case and width, with or without the ending."""

    def __init__(self, found: Iterable[SentFile] = ()) -> None:
        self.all = tuple({(called(each.name), each.sha256): each for each in found}.values())
        self._whole: dict[str, dict[str, SentFile]] = {}
        self._bare: dict[str, dict[str, SentFile]] = {}
        for each in self.all:
            self._whole.setdefault(called(each.name), {})[each.sha256] = each
            self._bare.setdefault(_bare(called(each.name)), {})[each.sha256] = each

    @property
    def digest(self) -> str:
        return ";".join(sorted({f"{called(each.name)}:{each.sha256}" for each in self.all}))

    def answer(self, cell: str) -> dict[str, str]:
        """The answer of a cell. Raises NoSuchFile."""
        wanted = called(cell)
        found = list((self._whole.get(wanted) or self._bare.get(wanted) or {}).values())
        if not found:
            raise NoSuchFile("no_such_file", said("没有和工作簿一起上传名为“{name}”的文件。", name=cell))
        if len(found) > 1:
            why = said("一起上传的文件里有 {count} 个都叫“{name}”，请改成不同的名字。", count=len(found), name=cell)
            raise NoSuchFile("file_twice", why)
        if found[0].problem:
            code, reason = found[0].problem
            raise NoSuchFile(code, said("文件“{name}”不能接收：{why}", name=found[0].name, why=reason))
        return {"file": found[0].key, "name": found[0].name}


def called(name: str) -> str:
    """A name as it is compared: without folders, in any case and width."""
    plain = unicodedata.normalize("NFKC", name).replace("\\", "/").rsplit("/", 1)[-1]
    return " ".join(plain.split()).casefold()


def _bare(name: str) -> str:
    return name.rsplit(".", 1)[0] or name


def asks_files(document: EditionDocument) -> list[str]:
    """The questions of a form that are answered with a file."""
    return [field.name for field in document.form_fields if field.kind is Kind.FILE]


def files_of(batch: Batch) -> list[SentFile]:
    """Those that came with a batch, or with an earlier one of the same firm and item, in the order of their names."""
    rows = batch.files.select_related("file").order_by("name", "id")
    return [SentFile(row.name, row.file.sha256, stored=row.file) for row in rows]


def in_their_place(answers: Mapping[str, Any], names: Iterable[str], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with the kept file where its key stood. kept: {key: stored file}."""
    found = dict(answers)
    for name in names:
        if found.get(name):
            file = kept[found[name]["file"]]
            found[name] = {"file": str(file.pk), "name": file.name}
    return found
