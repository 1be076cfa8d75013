"""Parts of a document in the words of a list."""

from __future__ import annotations

from datetime import date
from typing import Any

from yimen.catalog.queries.lists.kinds import Source

DEPTHS = {"一级": "网上查看信息", "二级": "网上下载表格", "三级": "网上申请，到窗口办结", "四级": "全程网上办理"}
SCOPES = {"全国": "全国通办", "跨省": "跨省通办", "跨市": "跨市通办", "跨县": "跨县通办"}


def basis_of(source: Source) -> str:
    """设定依据, one after the other."""
    return "；".join(law(each) for each in source.parts("legal_basis"))


def law(raw: dict[str, Any]) -> str:
    """《某法》（文号）第几条."""
    number = f"（{raw['document_no']}）" if raw.get("document_no") else ""
    return f"《{raw['title']}》{number}{raw.get('article') or ''}"


def limit_of(source: Source) -> str:
    """承诺时限 in words; where nothing shorter is promised, the statutory limit."""
    raw = source.raw
    if raw.get("case_type") == "即办件":
        return "当场办结"
    if raw.get("promised_days") is not None:
        return f"{raw['promised_days']} {measure(raw.get('promised_unit'))}"
    if raw.get("statutory_days") is not None:
        return f"{raw['statutory_days']} {measure(raw.get('statutory_unit'))}（法定）"
    return ""


def measure(unit: str | None) -> str:
    """个工作日, 小时 …"""
    return {"小时": "小时", "月": "个月", "自然日": "个自然日"}.get(unit or "", "个工作日")


def visits_of(source: Source) -> str:
    """到现场次数."""
    visits = source.raw.get("visits") or 0
    return f"{visits} 次" if visits else "不用到现场"


def depth_of(source: Source) -> str:
    """网办深度 in words."""
    return DEPTHS.get(source.raw.get("online_depth") or "", "")


def scope_of(source: Source) -> str:
    """通办范围; where the item only says that it crosses cities, that."""
    return SCOPES.get(source.raw.get("scope") or "", "跨市通办" if source.raw.get("cross_city") else "")


def remedies_of(source: Source) -> str:
    """行政复议, 行政诉讼: where to ask."""
    rights = source.part("rights")
    said = (("行政复议", rights.get("reconsideration")), ("行政诉讼", rights.get("litigation")))
    return "；".join(f"{word}：{_office(raw)}" for word, raw in said if raw)


def _office(raw: dict[str, Any]) -> str:
    return "，".join(str(raw[name]) for name in ("office", "address", "phone") if raw.get(name))


def day(value: date | None) -> str:
    """2026年3月2日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""
