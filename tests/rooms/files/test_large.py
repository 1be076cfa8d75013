"""Large files of data: sealed piece by piece, read anywhere."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders.city import AT, SYSTEM
from yimen.files.choices import ZIP
from yimen.files.commands import EmptyFile, TooBig, discard_all, keeping, store_large
from yimen.files.models import StoredFile
from yimen.files.queries import FRAME, read_file, seekable
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db


class Dripping(io.RawIOBase):
    """A source that gives little at a time, as a network does."""

    def __init__(self, content: bytes) -> None:
        self.content = io.BytesIO(content)

    def read(self, size: int = -1) -> bytes:
        return self.content.read(min(size, 70_001))


def kept(content: bytes) -> StoredFile:
    return store_large(name="档案.zip", content=Dripping(content), known=ZIP, by=SYSTEM, at=AT, about="test:1")


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


@pytest.mark.parametrize("size", [1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME + 12_345])
def test_a_large_file_comes_back_byte_for_byte_from_any_place(size: int) -> None:
    content = noise(size)

    file = kept(content)

    assert (file.size, read_file(file.pk) == content) == (size, True)
    places = random.Random(size)
    with seekable(file.pk) as source:
        for _ in range(20):
            start, length = places.randrange(size), places.randrange(1, size + 1)
            source.seek(start)
            assert source.read(length) == content[start : start + length]


def test_a_zip_is_read_member_by_member_without_unpacking_it() -> None:
    buffer, scans = io.BytesIO(), {f"{number}.jpg": noise(number * 40_000 + 1) for number in range(60)}
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in scans.items():
            archive.writestr(name, content)

    file = kept(buffer.getvalue())

    with seekable(file.pk) as source, zipfile.ZipFile(source) as archive:
        assert {name: archive.read(name) for name in reversed(archive.namelist())} == scans


def test_nothing_of_it_lies_readable_in_the_store() -> None:
    kept(b"441402190001010011," * 5_000)

    stored = [path.read_bytes() for path in Path(live.YIMEN_FILES).rglob("*") if path.is_file()]
    assert (len(stored), any(b"441402190001010011" in each for each in stored)) == (1, False)


def test_the_same_bytes_twice_are_kept_once() -> None:
    first, second = kept(noise(5_000)), kept(noise(5_000))

    assert (first.pk == second.pk, first.path == second.path) == (False, True)
    assert len([path for path in Path(live.YIMEN_FILES).rglob("*") if path.is_file()]) == 1


def test_many_are_discarded_at_once_and_bytes_that_another_file_is_made_of_stay(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 3)
    files = [kept(b"%d" % (number // 2)) for number in range(10)]

    with CaptureQueriesContext(connection) as asked, django_capture_on_commit_callbacks(execute=True):
        discard_all([file.pk for file in files[:7]], by=SYSTEM, at=AT, about="test:1")

    assert set(StoredFile.objects.values_list("pk", flat=True)) == {file.pk for file in files[7:]}
    assert [read_file(file.pk) for file in files[7:]] == [b"3", b"4", b"4"]
    assert len([path for path in Path(live.YIMEN_FILES).rglob("*") if path.is_file()]) == 2
    assert [line.verb for line in story("test:1")].count("file_discarded") == 7
    deletions = [each for each in asked.captured_queries if each["sql"].startswith('DELETE FROM "files_storedfile"')]
    assert len(deletions) == 3


@pytest.mark.parametrize(("size", "refusal"), [(0, EmptyFile), (3 * FRAME, TooBig)])
def test_nothing_and_too_much_are_refused(size: int, refusal: type[Exception], settings: Any) -> None:
    settings.YIMEN_BATCH_LIMIT = 2 * FRAME

    with pytest.raises(refusal):
        kept(noise(size))
    assert not StoredFile.objects.exists()
