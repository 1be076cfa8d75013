"""Scans and tables as they come in: missing, broken, made to do harm. Each row is told its reason, the others go on."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.builders import batches
from tests.builders.city import AT
from tests.rooms.files.samples import PDF, docx, jpeg, png
from yimen.files.models import StoredFile
from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal
from yimen.vault.choices.batches import BatchState
from yimen.vault.commands import importing
from yimen.vault.models import Batch
from yimen.vault.queries.importing import tables
from yimen.vault.queries.importing.tables import LOST

pytestmark = pytest.mark.django_db
ACTIVE = "PDF 中含有脚本、嵌入文件、动作或加密内容，请重新扫描或者打印为普通 PDF"
RUNS = "打开时会自动运行的脚本或者程序"


@pytest.fixture
def by() -> Actor:
    return batches.loader()


def pdf(inner: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + inner + b"\nendobj\ntrailer\n<<>>\n%%EOF\n"


def packed(inner: bytes) -> bytes:
    stream = zlib.compress(inner)
    return pdf(b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + stream + b"\nendstream")


@pytest.mark.parametrize(
    ("scan", "told"),
    [
        (b"<html><script>alert(1)</script>", "不支持这种文件"),
        (PDF[:-7], "文件不完整或已损坏"),
        (png()[:-4], "文件不完整或已损坏"),
        (png(40_000, 40_000), "图片的像素太多"),
        (jpeg(tail=docx()), "文件里藏有另一个文件"),
        (docx(), "扫描件应为 PDF、JPG、PNG 或 OFD 文件"),
        (pdf(b"<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"), RUNS),
        (pdf(b"<< /S /J#61vaScript >>"), RUNS),
        (pdf(b"<< /Names << /EmbeddedFiles 3 0 R >> >>"), ACTIVE),
        (pdf(b"<< /Encrypt 9 0 R >>"), ACTIVE),
        (packed(b"7 0 << /S /Launch /F (cmd.exe) >>"), RUNS),
        (b"", "文件是空的"),
    ],
)
def test_a_hostile_scan_costs_its_own_row_and_no_other(by: Actor, scan: bytes, told: str) -> None:
    scans = batches.zipped({"N1.pdf": scan, "N2.pdf": PDF})

    batch = batches.loaded([batches.row("N1"), batches.row("N2")], by, scans=scans)

    (line, head, reason), *others = batches.refused(batch)
    assert (line, head, others, batch.good) == (2, "扫描件", [], 1)
    assert told in reason


def test_a_picture_in_which_a_dangerous_word_occurs_by_chance_is_taken(by: Actor) -> None:
    noise = pdf(b"<< /Subtype /Image >>\nstream\n" + b"\x00/JS /Launch\xff/Encrypt " * 9 + b"\nendstream")

    batch = batches.loaded([batches.row("N1")], by, scans=batches.zipped({"N1.pdf": noise}))

    assert (batch.good, batches.refused(batch)) == (1, [])


def test_a_scan_too_large_missing_or_of_several_is_told(by: Actor, settings: Any) -> None:
    settings.YIMEN_UPLOAD_LIMIT = 1024
    scans = batches.zipped({"N1.pdf": pdf(b" " * 5000), "a/N3.pdf": PDF, "b/N3.pdf": PDF, "甲 4.PNG": png()})

    batch = batches.loaded(
        [batches.row("N1"), batches.row("N2"), batches.row("N3"), batches.row("N4", 扫描件="甲 4.png")], by, scans=scans
    )

    told = [reason for _line, _head, reason in batches.refused(batch)]
    assert [each[:12] for each in told] == ["扫描件不能接收：文件超过", "没有找到扫描件“N2”", "有几个扫描件都叫“N3”"]
    assert batch.good == 1


def test_members_of_the_zip_never_leave_it(by: Actor, tmp_path: Path) -> None:
    scans = batches.zipped({"../yimen-evil/N1.pdf": PDF, "/etc/N2.pdf": PDF})

    batch = batches.loaded([batches.row("N1"), batches.row("N2")], by, scans=scans)

    assert batch.good == 2
    assert not list(tmp_path.parent.rglob("yimen-evil"))
    assert sorted(StoredFile.objects.filter(media_type="application/pdf").values_list("name", flat=True)) == [
        "N1.pdf",
        "N2.pdf",
    ]


def test_a_zip_packed_by_windows_in_chinese_is_read(by: Actor) -> None:
    """Its names are in the machine's own code page, and nothing says so."""
    packed = batches.zipped({"ABCDEF.pdf": PDF}).getvalue().replace(b"ABCDEF.pdf", "甲乙丙.pdf".encode("gb18030"))

    batch = batches.loaded([batches.row("N1", 扫描件="甲乙丙.pdf")], by, scans=io.BytesIO(packed))

    assert (batch.good, StoredFile.objects.filter(name="甲乙丙.pdf").count()) == (1, 1)


def test_scans_of_a_folder_are_found_and_links_out_of_it_are_not_followed(by: Actor, tmp_path: Path) -> None:
    folder, outside = tmp_path / "scans", tmp_path / "secret.pdf"
    folder.mkdir()
    outside.write_bytes(PDF)
    (folder / "N1.pdf").write_bytes(PDF)
    (folder / "N2.pdf").symlink_to(outside)

    batch = batches.loaded([batches.row("N1"), batches.row("N2")], by, folder=str(folder))

    assert [reason for _line, _head, reason in batches.refused(batch)] == ["没有找到扫描件“N2”"]


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"no zip", "重新打包"), (batches.zipped({"a.txt": b"x"}).getvalue(), "没有扫描件")],
)
def test_an_archive_that_is_none_is_refused_before_anything_is_kept(by: Actor, content: bytes, told: str) -> None:
    with pytest.raises(Refusal, match=told):
        batches.begun([batches.row()], by, scans=io.BytesIO(content))
    assert not Batch.objects.exists()


def test_a_bomb_is_read_no_further_than_a_scan_may_be_long(by: Actor, settings: Any) -> None:
    settings.YIMEN_UPLOAD_LIMIT = 100_000
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("N1.pdf", b"%PDF-" + b"\0" * 50_000_000)
    buffer.seek(0)

    batch = batches.loaded([batches.row("N1")], by, scans=buffer)

    assert "文件超过" in batches.refused(batch)[0][2]


def test_a_scans_folder_that_went_away_stops_the_batch_in_words_and_it_goes_on_when_it_is_back(
    by: Actor, tmp_path: Path
) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "N1.pdf").write_bytes(PDF)
    batch = batches.mapped(batches.begun([batches.row("N1")], by, folder=str(folder)), by)
    folder.rename(tmp_path / "moved")

    stopped = batches.read(batch, by)
    (tmp_path / "moved").rename(folder)
    importing.resume_batch(stopped, by=by, at=AT)
    batch = batches.read(stopped, by)

    assert (stopped.state, "找不到扫描件文件夹" in stopped.refused) == (BatchState.FAILED, True)
    assert (batch.state, batch.good) == (BatchState.READ, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encodings_that_office_programs_write(by: Actor, encoding: str) -> None:
    batch = batches.loaded([batches.row("N1", 姓名="㐂蔣龘")], by, encoding=encoding)

    assert (batch.good, batches.refused(batch)) == (1, [])


def workbook(rows: list[list[Any]]) -> io.BytesIO:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False})
    sheet, day = book.add_worksheet("证照"), book.add_format({"num_format": "yyyy/m/d"})
    sheet.write_row(0, 0, batches.HEADS)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if hasattr(value, "year"):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, str) and value.startswith("=="):
                sheet.write_formula(number, column, value[1:])
            else:
                sheet.write(number, column, value)
    book.close()
    buffer.seek(0)
    return buffer


def test_a_workbook_is_read_with_its_dates_and_what_excel_spoilt_is_told(by: Actor) -> None:
    good, lost, sum_ = batches.row("N1"), batches.row("N2"), batches.row("N3")
    typed: list[list[Any]] = [[*each] for each in (good, lost, sum_)]
    typed[0][4] = date(2015, 3, 2)
    typed[1][2] = float(typed[1][2][:17] + "0")
    typed[2][1] = "==A1&B1"
    batch = importing.begin_batch(
        batches.kind(), agency=batches.agency(), table=workbook(typed), name="证照.xlsx", by=by, at=AT
    )

    batch = batches.read(batches.mapped(batch, by), by)

    assert batch.good == 1
    assert batches.refused(batch) == [(3, "身份证号", LOST), (4, "姓名", "这一格是公式，请粘贴为数值")]


def test_what_a_workbook_says_of_its_size_is_only_for_the_bar(by: Actor) -> None:
    found = tables.inspect(workbook([batches.row() for _ in range(7)]))

    assert (found.total, found.heads) == (7, list(batches.HEADS))
