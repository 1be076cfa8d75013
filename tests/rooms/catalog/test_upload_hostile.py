"""Workbooks as they come in: bent, half-filled, made by other programs, made to do harm. None is half loaded, none is

a fault of the platform's, and all that is wrong is told at once, each thing with its cell.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from tests.builders import catalog, city, identity
from tests.builders.uploads import faults, sent, several, workbook_of
from tests.builders.workbook import cell_of, changed, full, joined, stored, written
from yimen.catalog.choices import UploadState
from yimen.catalog.models import Edition, Item
from yimen.catalog.queries import workbook
from yimen.catalog.queries.workbook import reading
from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal

Book = Any
Bend = Callable[[Book], object]


@pytest.fixture
def by(db: None) -> Actor:
    return identity.actor(identity.staff("editor", post=city.post("editor", agency=city.agency())))


def bent(content: bytes, bend: Bend) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    bend(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def patched(content: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """One part of the file rewritten as no office program would."""
    return repacked(content, lambda name, data: change(data) if name == member else data)


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return buffer.getvalue()


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def replacing(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old, new)


def typed(sheet: str, head: str, value: Any, shape: str = "General") -> Bend:
    def bend(book: Book) -> None:
        cell = book[sheet][cell_of(sheet, head)]
        cell.value, cell.number_format = value, shape

    return bend


def _both(*bends: Bend) -> Bend:
    return lambda book: [bend(book) for bend in bends]


def _titled(book: Book) -> None:
    book["材料"].insert_rows(1)
    book["材料"]["A1"] = "市场监管局材料表"


def _twice(book: Book) -> None:
    page = book.create_sheet("材料 ")
    page["A1"], page["D1"], page["A2"] = "事项标识", "材料名称", "small-item"


def _merged(book: Book) -> None:
    page = book["材料"]
    for column in "ADEFH":
        page[f"{column}3"] = page[f"{column}2"].value
    page["D3"] = "另一份"
    page.merge_cells("Q2:Q3")


def _copied(book: Book) -> None:
    for column in "ADEFH":
        book["材料"][f"{column}3"] = book["材料"][f"{column}2"].value


def _hidden(book: Book) -> None:
    book["材料"].sheet_state = "hidden"
    book["材料"]["E2"] = "随便"


@pytest.mark.parametrize(
    ("bend", "where", "reason"),
    [
        (lambda book: setattr(book["材料"], "title", "材料表"), "材料表!A1", "应为“材料”的，请改回这个名称"),
        (_twice, "材料 !A1", "工作表“材料”出现了两次"),
        (_titled, "材料!A2", "列名应当在第 1 行，现在在第 2 行"),
        (lambda book: book["材料"].insert_rows(1), "材料!A2", "列名应当在第 1 行"),
        (lambda book: book["材料"].delete_rows(1, 9), "材料!A1", "第 1 行没有列名"),
        (lambda book: book["材料"].delete_cols(1), "材料!A1", "缺少“事项标识”列"),
        (lambda book: book["条件和权责"].delete_cols(2), "条件和权责!A1", "缺少“类别”列"),
        (lambda book: book["表格列"].delete_cols(2), "表格列!A1", "缺少“字段名”列"),
        (lambda book: book["材料"].__setitem__("XFD2", "远"), "材料!XFD2", "没有列名"),
        (_merged, "材料!Q2", "Q2:Q3 合并成了一格"),
        (_copied, "材料!D3", "材料名称重复：申请书"),
        (_hidden, "材料!E2", "只能是 申请表格"),
        (typed("设定依据", "实施日期", 46083), "设定依据!H2", "请把单元格格式改为“日期”"),
        (typed("设定依据", "实施日期", "202632"), "设定依据!H2", "应为日期"),
        (typed("设定依据", "实施日期", 99999999999, "yyyy-mm-dd"), "设定依据!H2", "错误值"),
        (typed("事项", "承诺办结时限", date(2026, 3, 5), "yyyy-mm-dd"), "事项!M2", "只填数字，例如 5；现在是“2026"),
        (typed("事项", "到现场次数", 1e308), "事项!Q2", "数字过大"),
        (typed("材料", "材料名称", ArrayFormula("D2:D3", "=A1:A2")), "材料!D2", "这一格是公式"),
        (typed("材料", "材料名称", "='[别的.xlsx]表'!$A$1"), "材料!D2", "这一格是公式"),
        (typed("事项", "办理流程", "很" * 32_000), "事项!AE2", "文字过长，最多 4000 字"),
        (typed("裁量档次", "条件", "面积大于一百"), "裁量档次!D2", "每行应写作“名称：条件”"),
        (typed("裁量因素", "裁量标准", "没有的"), "裁量因素!B2", "“裁量标准”表中这个事项没有“没有的”"),
    ],
)  # fmt: skip
def test_a_bent_workbook_is_refused_whole_and_told_where(by: Actor, bend: Bend, where: str, reason: str) -> None:
    content = workbook_of(full(inherits=None))
    upload = sent(bent(content, _both(typed("事项", "事项名称", "好的改动"), bend)), by)

    assert upload.state == UploadState.BAD
    assert [place for place, why in faults(upload) if reason in why] == [where]
    assert len({place.split("!")[0] for place, _why in faults(upload)}) <= 2
    assert not upload.items.exists()
    assert _can_be_marked(bent(content, bend), upload)


@pytest.mark.parametrize(
    "bend",
    [
        lambda book: book["材料"].insert_rows(2, 5),
        lambda book: setattr(book["材料"], "title", "材料 "),
        lambda book: book["材料"].move_range("A2:AZ2", rows=900_000),
        lambda book: book.create_chartsheet("图"),
        lambda book: book.create_sheet("我的笔记").append(["随便写的", 1]),
        lambda book: book["材料"].merge_cells("A50:C60"),
        lambda book: book.move_sheet("材料", -3),
        typed("事项", "事项标识", " small-item "),
        typed("事项", "承诺办结时限", "５"),
        typed("事项", "承诺办结时限", "5.0"),
    ],
)
def test_what_does_no_harm_isnt_complained_of(by: Actor, bend: Bend) -> None:
    upload = sent(bent(workbook_of(full(inherits=None)), bend), by)

    assert (upload.problems, upload.counts["unchanged"]) == ([], 1)


def test_all_that_is_wrong_is_told_at_once(by: Actor) -> None:
    """What a cell holds, what cells say together and what the city doesn't know: not one after the other."""
    bends = (
        typed("事项", "事项类型", "许可"), typed("事项", "法定办结时限", "二十"),
        typed("材料", "出现条件", "nowhere == true"),
        typed("材料", "电子证照类型", "no-kind"), typed("表单字段", "预填来源", "nowhere"), _copied, _titled_fees,
    )  # fmt: skip
    upload = sent(bent(workbook_of(full(inherits=None)), _both(*bends)), by)

    assert {place for place, _why in faults(upload)} == {
        "事项!D2", "事项!J2", "材料!Y2", "材料!M2", "材料!D3", "表单字段!N2", "收费!A2"
    }  # fmt: skip


def _titled_fees(book: Book) -> None:
    book["收费"].insert_rows(1)


def test_every_faulty_row_of_many_is_told(by: Actor) -> None:
    content = workbook_of(*several(30))
    cells = [("事项", cell_of("事项", "到现场次数", row), "多次") for row in range(2, 32)]

    upload = sent(changed(content, *cells[0], *cells[1:]), by)

    assert [place for place, _why in faults(upload)] == [f"事项!Q{row}" for row in range(2, 32)]
    assert not Edition.objects.filter(state="draft").exists()


ENTITIES = b"".join(b'<!ENTITY %c "%s">' % (98 + place, (b"&%c;" % (97 + place)) * 30) for place in range(6))
BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + b"x" * 1000 + b'">' + ENTITIES + b"]>"
ITEMS, BOOK = "xl/worksheets/sheet2.xml", "xl/workbook.xml"
PLAIN, STRICT = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"


def _bomb(data: bytes) -> bytes:
    return BOMB + re.sub(rb"<\?xml[^>]*\?>", b"", data).replace(b"small-item", b"&g;", 1)


def _strict(_name: str, data: bytes) -> bytes:
    return data.replace(PLAIN + b"spreadsheetml/2006/main", STRICT + b"spreadsheetml/main").replace(
        PLAIN + b"officeDocument/2006/relationships", STRICT + b"officeDocument/relationships"
    )


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda book: patched(book, ITEMS, _bomb), "不是完整的 Excel"),
        (lambda book: repacked(book, _strict), "不是 Strict 格式"),
        (lambda book: packed({"事项.xlsx": book}), "请解压后直接上传"),
        (lambda _: packed({"mimetype": b"application/vnd.oasis.opendocument", "content.xml": b"<a/>"}), ".ods"),
        (lambda _: packed({"readme.txt": b"?"}), "没有事项的 JSON 文件"),
        (lambda _: packed({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "不是 Excel 工作簿"),
        (lambda _: packed({"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"?"}), "不是 Excel 工作簿"),
        (lambda book: book, ""),
        (lambda _: "<html><table><tr><td>事项,标识</td></tr></table></html>".encode(), "网页或 XML"),
        (lambda _: b'\xef\xbb\xbf<?xml version="1.0"?><Workbook>a,b</Workbook>', "网页或 XML"),
        (lambda _: "事项标识,事项名称\nx,y".encode("gbk"), "CSV"),
        (lambda book: patched(book, ITEMS, replacing(b"<v>5</v>", b"<v>" + b"9" * 5000 + b"</v>")), "不是完整"),
        (lambda book: patched(book, ITEMS, replacing(b'r="A2"', b'r="ZZZZZ2"')), "不是完整"),
        (lambda book: patched(book, BOOK, lambda data: data[:300]), "不是完整"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_of_ours_is_refused_in_a_sentence(by: Actor, make: Any, said: str) -> None:
    content = workbook_of(catalog.small())
    try:
        upload = sent(make(content), by, "事项.xlsx")
        told = upload.refused
    except Refusal as refused:
        told = refused.detail

    assert said in told
    assert bool(told) == bool(said)


def test_a_macro_and_a_path_out_of_the_file_lead_nowhere(by: Actor) -> None:
    content = workbook_of(catalog.small())
    outside = patched(
        content,
        "xl/_rels/workbook.xml.rels",
        lambda data: data.replace(b"worksheets/sheet2.xml", b"../../../etc/passwd"),
    )
    with zipfile.ZipFile(buffer := io.BytesIO(content), "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"?")

    assert faults(sent(outside, by)) == [("事项!A1", "工作簿里没有“事项”工作表，或者其中没有“事项标识”列")]
    with pytest.raises(Refusal, match="含有宏"):
        sent(buffer.getvalue(), by)


def test_a_character_that_no_database_keeps_is_told_in_its_cell(by: Actor) -> None:
    content = workbook_of(catalog.small())
    upload = sent(patched(content, ITEMS, lambda data: data.replace("小事项".encode(), "小_x0000_事".encode())), by)

    assert [place for place, _why in faults(upload)] == ["事项!B2"]
    assert "控制字符" in faults(upload)[0][1]


def test_numbers_that_are_none_are_told_and_marked(by: Actor) -> None:
    content = workbook_of(catalog.small())
    endless = patched(content, ITEMS, lambda data: data.replace(b"<v>5</v>", b"<v>1e999</v>"))
    upload = sent(endless, by)

    assert faults(upload) == [("事项!M2", "这一格是 Excel 的错误值，请填写内容")]
    assert _can_be_marked(endless, upload)


def test_broken_looks_and_properties_of_a_file_dont_matter(by: Actor) -> None:
    content = workbook_of(catalog.small())
    for member in ("xl/styles.xml", "docProps/core.xml"):
        content = patched(content, member, lambda data: data[:60])

    assert sent(content, by).counts == {"new": 0, "changed": 0, "unchanged": 1}


def test_names_of_sheets_that_excel_wouldnt_take_can_still_be_marked() -> None:
    content = written(stored(full()))
    odd = patched(content, BOOK, lambda data: data.replace('"填写说明"'.encode(), ('"' + "长名" * 40 + '"').encode()))

    marked = openpyxl.load_workbook(io.BytesIO(workbook.mark(odd, [("材料", 2, 4, "为什么")])))

    assert marked["材料"]["D2"].comment.text == "为什么"


def test_a_length_of_time_is_told_as_hours() -> None:
    document = stored(full())
    content = bent(written(document), typed("办理地点", "办理时间", timedelta(hours=30), "[h]:mm"))

    items, problems = joined(content, document)

    assert problems == []
    assert items[0].document["places"][0]["hours"] == "30:00"


def test_more_cells_than_anybody_fills_in_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_CELLS", 50)

    with pytest.raises(workbook.Unreadable, match="超过 50 格"):
        list(workbook.read(written(stored(full()))))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"slug": "a", "name": "a\\u0000b"}', "含有不能使用的字符"),
        (b'{"slug": "a", "name": "a\\ud800b"}', "含有不能使用的字符"),
        (b"[" * 50_000, "嵌套过深"),
        (b'{"slug": "a", "visits": ' + b"9" * 6000 + b"}", "数字过长"),
        (b'{"slug": "a", "slug": "b"}', "同一个字段写了两次"),
        ('{"slug": "a", "name": "中文"}'.encode("gbk"), "文件编码不是 UTF-8"),
    ],
)
def test_hostile_json_is_refused_with_its_place(by: Actor, content: bytes, reason: str) -> None:
    upload = sent(content, by, "a.json")

    assert [why for _where, why in faults(upload)] == [reason]
    assert not Item.objects.exists()


def test_nobody_leaves_the_standard_above_by_a_file(by: Actor) -> None:
    upper = catalog.release(catalog.small(slug="upper-item"), agency=city.agency("SJ", division="441400"))
    lower = catalog.small(inherits={"slug": "upper-item", "version": 1}, agency=city.agency().code)
    content = workbook_of(lower)
    Item.objects.filter(slug="small-item").update(upper=upper.item)

    emptied = _both(typed("事项", "承接的上级事项", None), typed("事项", "承接的上级版本", None))
    left = sent(bent(content, emptied), by)
    newer = sent(bent(content, typed("事项", "承接的上级版本", 7)), by)

    assert {place.split("!")[0] for place, _why in (*faults(left), *faults(newer))} == {"事项"}
    assert all(any("承接时确定" in why for _place, why in faults(each)) for each in (left, newer))


def _can_be_marked(content: bytes, upload: Any) -> bool:
    cells = [(each["sheet"], each["row"], each["column"], each["reason"]) for each in upload.problems]
    found = openpyxl.load_workbook(io.BytesIO(workbook.mark(content, cells)))
    return any(cell.comment and cells[0][3] in cell.comment.text for page in found for row in page for cell in row)
