"""Workbooks as an office has them: written, filled in, joined again."""

from __future__ import annotations

import functools
import io
import json
from collections.abc import Mapping
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from tests.builders import catalog
from tests.builders.city import AT
from yimen.catalog.choices import EditionDocument
from yimen.catalog.queries import workbook
from yimen.catalog.queries.workbook.layout import BY_NAME

STAMP = "第1版"
CODES = {"部门": [("SJ", "市场监管局")], "机构": [("441402-SJ", "市场监督管理局")], "证照类型": []}


def stored(raw: Mapping[str, Any]) -> dict[str, Any]:
    return EditionDocument.model_validate(raw).stored()


def written(*documents: Mapping[str, Any]) -> bytes:
    """The workbook of these documents, each as its first edition."""
    return _written(json.dumps(documents))


@functools.cache
def _written(documents: str) -> bytes:
    items = [workbook.Exported(each, STAMP) for each in json.loads(documents)]
    return workbook.write(items, title="试验", made=AT, codes=CODES)


def joined(content: bytes, *befores: Mapping[str, Any]) -> tuple[list[workbook.Joined], list[workbook.CellProblem]]:
    book = workbook.Book()
    for grid in workbook.read(content):
        book.add(grid)
    items = list(workbook.join(book, {each["slug"]: workbook.Base(each, STAMP) for each in befores}))
    return items, book.problems


def changed(content: bytes, sheet: str, cell: str, value: Any, *more: tuple[str, str, Any]) -> bytes:
    """The workbook after somebody typed into it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for where, which, what in ((sheet, cell, value), *more):
        book[where][which] = what
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cell_of(sheet: str, head: str, row: int = 2) -> str:
    """Where a head's column is in a workbook as we write it: F2."""
    heads = [column.head for column in BY_NAME[sheet].columns]
    return f"{get_column_letter(heads.index(head) + 1)}{row}"


def typed(content: bytes, sheet: str, head: str, value: Any, row: int = 2) -> bytes:
    return changed(content, sheet, cell_of(sheet, head, row), value)


def full(**changes: Any) -> dict[str, Any]:
    """An item in which every element that the workbook carries says something."""
    return catalog.small(**{**FULL, **changes})


FULL: dict[str, Any] = {
    "code": "00123",
    "theme": ["准营准办", "社会保障(社会保险、社会救助)"],
    "life_event": ["开店"],
    "legal_basis": [
        {
            "title": "行政许可法",
            "document_no": "主席令第七号",
            "article": "第三十二条",
            "url": "https://a.cn/1",
            "rank": "法律",
            "issuer": "全国人大常委会",
            "effective_from": "2004-07-01",
            "text": "一\n二",
        },
        {"title": "旧法", "effective_from": "1898-01-01"},
    ],
    "conditions": ["有固定场所", "=1+1"],
    "everyday_words": ["办证", "开店\n手续"],
    "confidence": "high",
    "materials": [
        {
            "key": "m01",
            "name": "申请书",
            "kind": "申请表格",
            "source": "申请人自备",
            "necessity": "必要",
            "original": 1,
            "copy": 2,
            "electronic": False,
            "common_mistakes": ["没签名", "a\\b"],
            "standard": "清楚",
            "form": "纸质",
            "issued_within": "三个月内",
            "guidance": "下载",
            "obtained_at": "大厅",
            "usage": "审查",
            "blank_form": {"name": "表.docx", "url": "https://a.cn/b"},
            "review_points": ["看签名"],
            "show_if": "new == true",
            "basis": "第三条",
            "issuer": "本人",
            "legal_reason": "法定",
            "data_service": "S1",
            "exempt_when": "告知承诺",
        }
    ],
    "form_rules": [{"kind": "differ", "fields": ["new", "way"], "message": "二者不能一样。"}],
    "form_fields": [
        {"name": "new", "label": "是否新办", "type": "boolean", "required": True},
        {
            "name": "rows",
            "label": "人员",
            "type": "table",
            "columns": [
                {"name": "who", "label": "姓名"},
                {"name": "sex", "label": "性别", "type": "choice", "choices": ["男", "女"]},
            ],
        },
        {
            "name": "way",
            "label": "方式",
            "type": "choice",
            "choices": ["自取", "邮寄"],
            "multiple": True,
            "hint": "可多选",
            "section": "领取",
            "unit": "",
            "max_length": 50,
            "show_if": "new == true",
        },
    ],
    "statutory_note": "法定",
    "promised_note": "承诺",
    "special_note": "特别",
    "process": "申请→受理",
    "visits": 1,
    "visits_reason": "核对原件",
    "channels": ["窗口办理", "快递申请"],
    "delivery": ["窗口领取", "电子"],
    "in_hall": True,
    "special_procedures": [{"name": "现场核查", "days": 5, "unit": "自然日", "counts_towards_limit": True}],
    "fee": {
        "charged": True,
        "basis": "价格法",
        "standard": "每证 12.50 元",
        "amount_cents": 1250,
        "rows": [
            {
                "name": "工本费",
                "standard": "12.50",
                "basis": "文",
                "reducible": True,
                "reduction": "低保",
                "remark": "无",
            }
        ],
    },
    "results": [{"name": "许可证", "kind": "证照", "sample": {"name": "样本.pdf", "url": "https://a.cn/s"}}],
    "faq": [{"q": "多久？", "a": "五天\n\n可加急"}],
    "cross_city": True,
    "joint": True,
    "commitment": True,
    "codes": {"basic": "000117001000", "implementation": "11440300MB2C92117T3440111012000"},
    "authority": {
        "source": "法定本级行使",
        "division": "市县",
        "content": "许可",
        "nature": "法定机关",
        "entrusted_by": "无",
        "guided_by": "总局",
        "handled_by": {"name": "审批科", "code": "1"},
        "joint": [{"name": "消防", "code": "2"}],
    },
    "online": {
        "url": "https://a.cn",
        "mobile_url": "https://m.cn",
        "single_sign_on": False,
        "app_single_sign_on": False,
        "stages": ["互联网咨询", "其他"],
        "system_level": "市级",
        "payment": True,
    },
    "terminals": ["自助机"],
    "appointment": {"per_day": 30, "rule": "提前一天"},
    "post": {"materials": True, "results": True},
    "scope": "跨市",
    "quota": "每年 100 个",
    "person_themes": ["准营准办"],
    "firm_themes": ["设立变更"],
    "places": [
        {
            "name": "大厅",
            "address": "路 1 号",
            "hours": "工作日 9:00–17:00",
            "window": "3 号",
            "kind": "行政服务中心",
            "phone": "0753-1234567",
            "buses": ["3路、12路 广场站", "5路"],
            "directions": "广场旁",
        }
    ],
    "contacts": {"consult_phone": "0753-1", "consult": "微信", "supervise_phone": "0753-2", "supervise": "信箱"},
    "agents": [{"name": "检测", "content": "水质", "basis": "条例", "rank": "行政法规"}],
    "rights": {
        "enjoyed": ["陈述"],
        "duties": ["如实"],
        "accountability": ["追责"],
        "reconsideration": {"office": "市政府", "address": "路", "phone": "1", "url": "https://f.cn"},
        "litigation": {"office": "法院"},
    },
    "market": {"number": "6.1", "measure": "未获许可不得经营"},
    "oversight": [{"subject": "卫生", "way": "抽查", "frequency": "每年", "basis": "办法"}],
    "manual": {
        "wordings": [{"paper": "补正", "title": "缺签名", "text": "请签名"}],
        "notes": ["注意"],
        "discretion": [
            {
                "name": "面积",
                "inputs": [{"name": "area", "label": "面积"}],
                "rows": [{"outcome": "准予", "grounds": "符合"}],
            }
        ],
    },
    "inherits": {"slug": "upper-item", "version": 2},
}


def without_stamps(content: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book["事项"].iter_rows(min_row=2, min_col=3, max_col=3):
        row[0].value = None
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
