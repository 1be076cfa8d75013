"""A question of a workbook that is answered with a file: the cell names one that was sent along."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from django.utils import translation

from tests.builders import catalog as items
from tests.builders import jobs, walk
from tests.rooms.applications.test_batches import DAY, FIELDS, GOOD, begin, book, confirm, faults
from tests.rooms.files.samples import png
from yimen.applications.commands import batches as commands
from yimen.applications.commands.batch_files import BadArchive
from yimen.applications.queries import batches as queries
from yimen.applications.queries.batches import state_of
from yimen.applications.queries.batches.state import told
from yimen.files.queries import read_file

pytestmark = pytest.mark.django_db

DRAWING = items.field("drawing", "file", label="店面图纸", required=True)
SCAN, PDF_TOO = png(), walk.PDF + b"\n% another"


def with_drawing(town):
    raw = items.small(name="门店登记", subjects=["企业法人"], form_fields=[*FIELDS, DRAWING], materials=[])
    return items.release(raw | {"department": town.agency.department}, agency=town.agency)


def drawn(*named):
    """A line per name of a drawing."""
    return [
        {"序号": str(turn), **GOOD, "门店名称": f"第{turn}店", "店面图纸": name} for turn, name in enumerate(named, 1)
    ]


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo(name.replace("_", "/", 1) + ".pdf")
            archive.writestr(member, content)
    return out.getvalue()


def test_a_cell_names_a_file_that_was_sent_along_and_its_application_carries_it(town):
    edition = with_drawing(town)
    opened = openpyxl.load_workbook(io.BytesIO(queries.write(edition.doc, {})))["申请"]
    assert opened.cell(1, 8).value == "店面图纸 *"
    assert "写文件名，如 图纸.pdf" in opened.cell(2, 8).value
    sent = [("图纸.PDF", walk.PDF), ("其余.zip", zipped(乙店_乙=PDF_TOO)), ("照片.png", SCAN)]

    batch = begin(town, edition, book(edition, drawn("图纸.pdf", "乙", "图纸")), sent=sent)
    assert faults(batch) == []
    confirm(town, batch)
    jobs.run()

    carried = [row.application.answers["drawing"] for row in batch.rows.order_by("place")]
    assert [read_file(each["file"]) for each in carried] == [walk.PDF, PDF_TOO, walk.PDF]
    assert [each["name"] for each in carried] == ["图纸.pdf", "乙.pdf", "图纸.pdf"]


def test_a_file_that_is_missing_twice_there_or_not_to_be_taken_is_a_fault_of_the_cell(town):
    edition = with_drawing(town)
    sent = [("图.pdf", walk.PDF), ("两份.zip", zipped(甲_图=PDF_TOO)), ("程序.pdf", b"MZ\x90\x00 not a document")]

    batch = begin(town, edition, book(edition, drawn("没有.pdf", "图.pdf", "程序.pdf", "")), sent=sent)

    assert faults(batch) == [
        ("申请!H3", "no_such_file"), ("申请!H4", "file_twice"),
        ("申请!H5", "file_type_unknown"), ("申请!H6", "missing"),
    ]  # fmt: skip
    told_of = [told(row.faults[0]) for row in batch.rows.order_by("place")]
    assert told_of[0] == "没有和工作簿一起上传名为“没有.pdf”的文件。"
    assert told_of[1] == "一起上传的文件里有 2 个都叫“图.pdf”，请改成不同的名字。"
    assert told_of[2].startswith("文件“程序.pdf”不能接收：")
    with translation.override("en"):
        assert "没有" not in told(batch.rows.get(place=3).faults[0]).replace("没有.pdf", "")


def test_what_was_sent_once_needs_not_be_sent_again_and_what_was_filed_is_known_again(town):
    edition = with_drawing(town)
    first = begin(town, edition, book(edition, drawn("图.pdf", "乙.pdf")), sent=[("图.pdf", walk.PDF)])
    assert faults(first) == [("申请!H4", "no_such_file")]

    second = commands.add_files(first, [("乙.pdf", PDF_TOO)], by=town.act("owner", DAY), at=DAY)
    assert faults(second) == []
    confirm(town, second)
    jobs.run()
    third = begin(
        town,
        edition,
        book(edition, drawn("图.pdf", "乙.pdf", "丙.pdf")),
        sent=[("图.pdf", walk.PDF), ("丙.pdf", PDF_TOO)],
    )

    state = state_of(third)
    assert (state.faulty, state.repeated, state.to_file) == (0, 2, 1)
    assert {each.name for each in queries.files_of(third)} == {"丙.pdf", "乙.pdf", "图.pdf"}


def test_the_same_workbook_and_files_are_one_batch(town):
    edition = with_drawing(town)
    content, sent = book(edition, drawn("图.pdf")), [("图.pdf", walk.PDF)]

    first = begin(town, edition, content, sent=sent)

    assert begin(town, edition, content, sent=sent).pk == first.pk
    assert begin(town, edition, content).pk == first.pk


@pytest.mark.parametrize("broken", [b"PK\x03\x04 not a zip", b""])
def test_a_broken_archive_is_refused_in_a_sentence(town, broken):
    edition = with_drawing(town)

    with pytest.raises(BadArchive):
        begin(town, edition, book(edition, drawn("图.pdf")), sent=[("图.zip", broken)])
