"""A workbook carries items out and back: nothing lost, nothing reckoned, every problem in its cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from tests.builders import catalog
from tests.builders.city import AT
from tests.builders.documents import documents
from tests.builders.workbook import CODES, STAMP, cell_of, changed, full, joined, stored, typed, without_stamps, written
from yimen.catalog.choices import EditionDocument
from yimen.catalog.queries import workbook
from yimen.catalog.queries.workbook import reading
from yimen.catalog.queries.workbook.layout import SHEETS
from yimen.kit import workbooks

# Whatever a database keeps: a NUL is refused at every door (test_upload_hostile).
ODD = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
LINE = ODD.map(str.strip).filter(bool)
TRICKS = (
    "=1+1",
    "+86 0753",
    "-1",
    "@SUM(A1)",
    "'引号",
    "007",
    "441402199001011234",
    "1e5",
    "TRUE",
    "#REF!",
    "_x000D_",
    "一行\n二行",
    "第一\r\n第二",
    "尾\\n",
    "a、b，c;d",
    "\t制表",
    "\x01控制",
    "﻿标记",
    "😀𠮷",
    "<b>&amp;</b>",
    "2026-03-02",
)


def test_every_researched_item_goes_out_and_comes_back_unchanged() -> None:
    documents = [stored(catalog.raw(slug)) for slug in catalog.slugs()]

    items, problems = joined(written(*documents), *documents)

    assert problems == []
    assert [item.slug for item in items] == [each["slug"] for each in documents]
    assert [(item.changes, item.problems) for item in items] == [([], [])] * len(documents)
    assert [item.document for item in items] == documents


def test_into_an_empty_catalogue_the_items_come_back_as_they_were() -> None:
    documents = [stored(catalog.raw(slug)) for slug in catalog.slugs()]

    items, problems = joined(without_stamps(written(*documents)))

    assert problems == []
    assert all(item.new and not item.problems and not item.changes for item in items)
    assert [stored(item.document) for item in items] == documents


def test_what_excel_and_wps_write_is_read_like_what_we_write() -> None:
    """They keep texts in one place and know no inline ones."""
    document = stored(full())

    items, problems = joined(changed(written(document), "填写说明", "H40", "我的笔记"), document)

    assert (problems, items[0].problems, items[0].changes) == ([], [], [])
    assert items[0].document == document


def test_every_element_that_is_carried_comes_back_into_nothing() -> None:
    document = stored(full())

    items, problems = joined(without_stamps(written(document)))

    assert problems == []
    assert stored(items[0].document) == document


def test_one_changed_cell_changes_nothing_else() -> None:
    document = stored(full())
    content = typed(written(document), "事项", "事项名称", "新名字")

    items, _problems = joined(content, document)

    assert items[0].document == {**document, "name": "新名字"}


@pytest.mark.parametrize("text", TRICKS)
def test_texts_that_a_spreadsheet_would_take_for_something_else_stay_texts(text: str) -> None:
    document = stored(full(process=text, conditions=[text], everyday_words=[text], quota=text))
    content = written(document)

    items, problems = joined(content, document)

    assert (problems, items[0].problems, items[0].changes) == ([], [], [])
    assert _formulas(content) == []


@settings(
    max_examples=15,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    text=LINE, lines=some.lists(LINE, max_size=4), days=some.none() | some.integers(0, 3650),
    cents=some.none() | some.integers(0, 10**17), part=some.floats(0, 3650, allow_nan=False),
    flag=some.none() | some.booleans(), day=some.none() | some.dates(date(1, 1, 1)),
)  # fmt: skip
def test_whatever_it_says_an_item_comes_back_unchanged(
    text: str, lines: list[str], days: int | None, cents: int | None, part: float, flag: bool | None, day: date | None
) -> None:
    document = stored(
        full(
            process=text, conditions=lines, everyday_words=lines, statutory_days=days, promised_days=None, in_hall=flag,
            fee={"charged": bool(flag), "amount_cents": cents, "basis": f" {text}\n", "standard": ""},
            steps=[{"name": "受理", "role": text, "days": part}, {"name": "受理", "role": "乙", "special": text}],
            legal_basis=[{"title": text, "effective_from": day.isoformat() if day else None, "document_no": "  "}],
            faq=[{"q": each, "a": text} for each in lines],
        )
    )  # fmt: skip

    items, problems = joined(written(document), document)

    assert (problems, items[0].problems, items[0].changes) == ([], [], [])
    assert items[0].document == document


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
@given(document=documents())
def test_any_document_goes_out_and_comes_back_the_same(document: dict[str, Any]) -> None:
    content = workbook.write([workbook.Exported(document, STAMP)], title="试验", made=AT, codes=CODES)

    items, problems = joined(content, document)

    assert (problems, items[0].problems, items[0].changes) == ([], [], [])
    assert items[0].document == document


def test_a_text_too_long_for_a_cell_stays_outside_and_unchanged() -> None:
    document = stored(full(everyday_words=[f"{number}{'很' * 190}" for number in range(200)]))

    items, _problems = joined(written(document), document)

    assert items[0].document == document
    assert items[0].changes == []


@pytest.mark.parametrize(
    ("sheet", "head", "value", "place", "meant"),
    [
        ("事项", "承诺办结时限", "３", ("promised_days",), 3),
        ("事项", "承诺办结时限", 3.0, ("promised_days",), 3),
        ("事项", "是否收费", "否", ("fee", "charged"), False),
        ("事项", "是否收费", False, ("fee", "charged"), False),
        ("事项", "收费金额（元）", "¥1,234.5", ("fee", "amount_cents"), 123450),
        ("事项", "收费金额（元）", "1000000000000000", ("fee", "amount_cents"), 10**17),
        ("事项", "行使层级", "市，县", ("level",), ["市", "县"]),
        ("事项", "日常用语", "办证\n开店\\n手续\n执照", ("everyday_words",), ["办证", "开店\n手续", "执照"]),
        ("事项", "数量限制", None, ("quota",), None),
        ("设定依据", "实施日期", date(2026, 3, 2), ("legal_basis", 0, "effective_from"), "2026-03-02"),
        ("设定依据", "实施日期", "2026年3月2日", ("legal_basis", 0, "effective_from"), "2026-03-02"),
        ("设定依据", "实施日期", "2026/3/2", ("legal_basis", 0, "effective_from"), "2026-03-02"),
        ("办理地点", "办理时间", timedelta(hours=30), ("places", 0, "hours"), "30:00"),
        ("环节", "时限（天）", "0.5", ("steps", 0, "days"), 0.5),
        ("环节", "环节性质", "审查", ("steps", 0, "kind"), "review"),
        ("表单字段", "类型", "多行文字", ("form_fields", 0, "type"), "textarea"),
        ("材料", "材料名称", "申请表", ("materials", 0, "name"), "申请表"),
        ("材料", "空白表格名称", "新表.docx", ("materials", 0, "blank_form", "name"), "新表.docx"),
        ("办理地点", "电话", 7531234567, ("places", 0, "phone"), "7531234567"),
        ("条件和权责", "内容", "新的条件", ("conditions", 0), "新的条件"),
        ("表格列", "列标题", "全名", ("form_fields", 1, "columns", 0, "label"), "全名"),
    ],
)
def test_what_somebody_types_is_understood(
    sheet: str, head: str, value: Any, place: tuple[Any, ...], meant: Any
) -> None:
    document = stored(full())

    items, problems = joined(typed(written(document), sheet, head, value), document)

    found: Any = items[0].document
    for part in place:
        found = found.get(part) if isinstance(found, dict) else found[part]
    assert (problems, items[0].problems) == ([], [])
    assert found == meant
    assert items[0].changes


@pytest.mark.parametrize(
    ("sheet", "head", "value", "reason"),
    [
        ("事项", "承诺办结时限", "五天", "应为整数，只填数字，例如 5；现在是“五天”"),
        ("事项", "承诺办结时限", 2.5, "应为整数，只填数字，例如 5；现在是“2.5”"),
        ("事项", "承诺办结时限", "=1+1", "这一格是公式"),
        ("事项", "是否收费", "也许", "应为“是”或“否”，现在是“也许”"),
        ("事项", "收费金额（元）", 1.005, "金额最多两位小数"),
        ("事项", "实施编码", 11440300000021173440111012000, "超过 15 位的部分已经丢失"),
        ("设定依据", "实施日期", "2026-13-40", "应为日期"),
        ("设定依据", "实施日期", "202632", "应为日期"),
        ("事项", "承诺办结时限", "5个工作日", "只填数字，例如 5；现在是“5个工作日”"),
        ("事项", "到现场次数", True, "只填数字"),
        ("材料", "材料名称", "='[别的.xlsx]Sheet1'!$A$1", "这一格是公式"),
        ("环节", "环节性质", "随便", "只能是 受理、审查、决定"),
        ("环节", "序号", "一", "应为整数"),
        ("条件和权责", "类别", "别的", "只能是 受理条件"),
        ("条件和权责", "内容", None, "这一格必须填写"),
        ("表格列", "字段名", "nowhere", "“表单字段”表中这个事项没有“nowhere”"),
        ("材料", "材料类型", "#REF!", "Excel 的错误值"),
        ("事项", "版本", "第9版", "下载之后这个事项有了新的内容"),
    ],
)
def test_a_cell_that_cant_be_read_says_why(sheet: str, head: str, value: Any, reason: str) -> None:
    document = stored(full())
    content = written(document)

    items, _problems = joined(typed(content, sheet, head, value), document)

    assert [each.spot.address for each in items[0].problems] == [f"{sheet}!{cell_of(sheet, head)}"]
    assert reason in items[0].problems[0].reason
    assert items[0].problems[0].spot.head == head


def test_rows_may_be_added_taken_out_and_moved() -> None:
    document = stored(catalog.small())
    content = written(document)
    rows = [("A5", "small-item"), ("B5", 1), ("C5", "预审"), ("D5", "综合窗口")]

    items, _problems = joined(changed(content, "环节", "B2", 2, *(("环节", *row) for row in rows)), document)

    assert [step["name"] for step in items[0].document["steps"]] == ["预审", "受理", "审查", "决定"]
    assert [(change.where, change.what) for change in items[0].changes] == [("环节", "新增 1 行")]


def test_a_column_or_a_sheet_that_was_taken_out_leaves_things_as_they_are() -> None:
    document = stored(full())
    book = openpyxl.load_workbook(io.BytesIO(written(document)))
    del book["材料"], book["表单字段"], book["填写说明"], book["码表"]
    book["事项"].delete_cols(4, 70)
    book["环节"].delete_cols(4, 3)
    buffer = io.BytesIO()
    book.save(buffer)

    items, problems = joined(buffer.getvalue(), document)

    assert (problems, items[0].problems, items[0].changes) == ([], [], [])
    assert items[0].document == document


def test_emptied_parts_go_as_a_whole() -> None:
    document = stored(full())
    content = written(document)
    for head in ("行政诉讼机关", "准入清单编号", "准入管理措施", "每日预约数", "预约规则", "承办机构", "承办机构代码"):
        content = typed(content, "事项", head, None)

    items, _problems = joined(content, document)

    found = stored(items[0].document)
    assert (found["rights"]["litigation"], found["market"], found["appointment"]) == (None, None, None)
    assert found["authority"]["handled_by"] is None


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "where", "reason"),
    [
        ("材料", "E1", "材料名", "材料!E1", "没有“材料名”这一列，是不是“材料名称”？"),
        ("材料", "F1", "材料名称", "材料!F1", "出现了两次"),
        ("材料", "AH2", "多写的", "材料!AH2", "没有列名"),
        ("材料", "A2", "no-such", "材料!A2", "“事项”表中没有标识为“no-such”的事项"),
        ("材料", "A2", None, "材料!A2", "这一行属于哪个事项"),
        ("事项", "A3", "small-item", "事项!A3", "已经出现过"),
    ],
)
def test_what_belongs_nowhere_is_told(sheet: str, cell: str, value: Any, where: str, reason: str) -> None:
    document = stored(full())

    _items, problems = joined(changed(written(document), sheet, cell, value), document)

    assert where in [each.spot.address for each in problems]
    assert any(reason in each.reason for each in problems)


def test_faulty_cells_come_back_red_with_the_reason() -> None:
    content = written(stored(full()))

    marked = openpyxl.load_workbook(
        io.BytesIO(workbook.mark(content, [("材料", 2, 4, "名称太笼统"), ("材料", 9, 1, "空")]))
    )

    cell = marked["材料"]["D2"]
    assert (cell.value, cell.fill.fgColor.rgb, cell.comment.text) == ("申请书", "FFFFC7CE", "名称太笼统")
    assert marked["材料"]["A9"].comment.text == "空"
    assert marked.sheetnames == openpyxl.load_workbook(io.BytesIO(content)).sheetnames


def test_the_form_helps_whoever_fills_it_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(stored(full()))))

    page = book["材料"]
    kinds = next(each for each in page.data_validations.dataValidation if str(each.sqref).startswith("E2"))
    assert book.sheetnames == ["填写说明", *(sheet.name for sheet in SHEETS), "码表"]
    assert page.freeze_panes == "C2"
    assert page["D1"].value == "材料名称＊"
    assert "GB/T 39046 表 4 第 56 项" in page["D1"].comment.text
    assert kinds.formula1.startswith("码表!")
    assert page["C2"].number_format == "@"


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是完整的 Excel 工作簿"),
        (b"a,b,c\n1,2,3\n", "CSV"),
        (b"%PDF-1.7", "PDF"),
        (workbooks.OLE + b"\0" * 600, ".xls"),
        (workbooks.OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"PK\x03\x04 broken", "不是完整的 Excel 工作簿"),
        (_zip(word__document=b"<a/>"), "不是 Excel 工作簿"),
        (_zip(xl__workbook=b"not xml"), "不是完整的 Excel 工作簿"),
        (_zip(xl__workbook=b"<a/>", bomb=b"\0" * (30 * 1024 * 1024)), "异常庞大"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(workbook.Unreadable, match=said):
        list(workbook.read(content))


def test_a_sheet_of_endless_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)

    with pytest.raises(workbook.Unreadable, match="超过 2 行"):
        list(workbook.read(written(stored(catalog.small()))))


def _formulas(content: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell.coordinate for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]


def test_no_two_columns_of_a_sheet_share_a_head_or_a_place() -> None:
    for sheet in SHEETS:
        assert len({each.head for each in sheet.columns}) == len(sheet.columns)
        assert len({each.path for each in sheet.columns}) == len(sheet.columns)


def test_every_element_of_the_document_has_a_column() -> None:
    """Whoever adds an element to the document gives it a column."""
    carried = {each.path[0] for sheet in SHEETS for each in sheet.columns if not sheet.place}
    carried |= {sheet.place[0] for sheet in SHEETS if sheet.place}
    carried |= {path[0] for sheet in SHEETS for path in sheet.categories.values()}

    assert set(EditionDocument.model_fields) - carried == set()
    for sheet in SHEETS:
        assert _lacking(sheet) == set(), sheet.name


def _lacking(sheet: Any) -> set[str]:
    if not sheet.place or sheet.inside:
        return set()
    example: Any = stored(full())
    for part in sheet.place:
        example = example[part]
    own = {each.path[0] for each in sheet.columns}
    return {name for name in _names(example[0]) if name not in own} - {"columns", "inputs", "rows"}


def _names(row: Mapping[str, Any]) -> Iterator[str]:
    yield from row
