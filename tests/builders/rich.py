"""An item whose document says everything that the format can say."""

from __future__ import annotations

from typing import Any

from tests.builders import catalog

STANDARD = "租期不少于一年，出租人签名，房屋地址与经营场所一致。"
WORDING = "您提交的租赁合同缺少出租人签名，请补充后重新提交。"


def document(**changes: Any) -> dict[str, Any]:
    """The document; slug rich-item unless changed."""
    return catalog.small(**{**_IDENTITY, **_CONTENT, **_WHERE, **_LAW, **_MANUAL, **changes})


def elements(**changes: Any) -> dict[str, Any]:
    """The same as changes of another item: everything but its slug."""
    return {key: value for key, value in document(**changes).items() if key != "slug"}


_IDENTITY: dict[str, Any] = {
    "slug": "rich-item",
    "name": "要素齐全的许可",
    "kind": "行政许可",
    "subjects": ["自然人", "法人"],
    "codes": {"basic": "440117001000", "implementation": "11440300MB2C92117T3440111012000", "handling_item": "01"},
    "authority": {
        "source": "法定本级行使", "division": "市级审批辖区内申请", "content": "审批", "nature": "法定机关",
        "entrusted_by": "省厅", "guided_by": "市场监管总局", "handled_by": {"name": "许可科"},
        "joint": [{"name": "消防大队"}],
    },
    "everyday_words": ["开小店"],
    "person_themes": ["准营准办"],
}  # fmt: skip

_CONTENT: dict[str, Any] = {
    "conditions": ["有固定场所"],
    "quota": "每年不超过 100 个",
    "form_fields": [
        {"name": "site", "label": "场地来源", "type": "choice", "required": True, "choices": ["自有", "租赁"]},
        {"name": "lease_end", "label": "租期截止", "type": "date", "required": True, "show_if": "site == '租赁'"},
        {"name": "special", "label": "是否经营特殊食品", "type": "boolean", "required": True},
        {"name": "kinds", "label": "特殊食品", "type": "choice", "multiple": True, "choices": ["保健食品", "婴配乳粉"],
         "show_if": "special == true"},
        {"name": "area", "label": "面积（平方米）", "type": "number", "required": True},
    ],
    "materials": [
        {"key": "form", "name": "申请表", "kind": "申请表格", "source": "申请人自备", "necessity": "必要",
         "original": 1},
        {
            "key": "lease", "name": "租赁合同", "kind": "文书", "source": "申请人自备", "necessity": "必要", "copy": 1,
            "show_if": "site == '租赁'", "standard": STANDARD, "common_mistakes": ["没有出租人签名"],
            "form": "纸质/电子化", "issued_within": "一年内", "guidance": "找出租人签署", "obtained_at": "出租人处",
            "usage": "证明场所使用权", "review_points": ["核对地址"], "basis": "办法第三条",
            "sample": {"name": "租赁合同示范文本", "url": "https://example.org/sample.pdf"},
        },
        {"key": "list", "name": "特殊食品清单", "kind": "文书", "source": "申请人自备", "necessity": "必要",
         "show_if": "kinds == '保健食品' or kinds == '婴配乳粉'"},
        {"key": "proof", "name": "健康证明", "kind": "证明", "source": "政府部门核发", "necessity": "容缺"},
    ],
    "steps": [
        {"name": "受理", "role": "综合窗口", "days": 1},
        {"name": "审查", "role": "审查岗", "days": 2, "office": "许可科", "review_points": ["核对面积"]},
        {"name": "消防核实", "role": "消防岗", "days": 2, "kind": "review", "parallel_with_previous": True},
        {"name": "决定", "role": "负责人", "days": 1, "decided_by": "分管局长"},
    ],
    "special_procedures": [{"name": "专家评审", "days": 10}],
    "process": "网上申请，窗口领证。",
    "fee": {
        "charged": True, "basis": "收费办法第二条", "standard": "每证 50 元", "amount_cents": 5000,
        "rows": [{"name": "工本费", "standard": "每证 50 元", "basis": "发改价格〔2020〕1号", "reducible": True,
                  "reduction": "残疾人免收"}],
    },
    "results": [{"name": "经营许可证", "kind": "证照", "sample": {"name": "样本", "url": "https://example.org/r.pdf"}}],
    "delivery": ["窗口领取", "邮寄"],
    "faq": [{"q": "多久有效？", "a": "五年。"}],
}  # fmt: skip

_WHERE: dict[str, Any] = {
    "channels": ["窗口办理", "电脑端网上办理"],
    "visits": 1,
    "visits_reason": "须核对原件",
    "online": {"url": "https://example.org/apply", "stages": ["互联网受理"], "payment": True, "system_level": "市级"},
    "terminals": ["大厅自助机"],
    "appointment": {"per_day": 30, "rule": "提前一天"},
    "post": {"materials": True, "results": True},
    "places": [
        {"name": "城东分中心", "address": "城东路 8 号一楼", "hours": "工作日 9:00-17:00", "window": "3 号窗口",
         "kind": "便民服务中心", "phone": "0753-2345678", "buses": ["3路、12路 城东站"], "directions": "地铁 A 口出"},
    ],
    "contacts": {"consult_phone": "0753-1111111", "consult": "网上留言", "supervise_phone": "0753-2222222"},
}  # fmt: skip

_LAW: dict[str, Any] = {
    "legal_basis": [
        {"title": "某某管理条例", "document_no": "国务院令第1号", "article": "第五条", "issuer": "国务院",
         "effective_from": "2019-05-01", "rank": "行政法规", "text": "从事某某活动，应当取得许可。"},
    ],
    "agents": [{"name": "检测服务", "content": "出具检测报告", "basis": "条例第六条", "rank": "行政法规"}],
    "rights": {
        "enjoyed": ["知情权"], "duties": ["按时年报"], "accountability": ["超期办理的，追究经办人责任"],
        "reconsideration": {"office": "市人民政府", "address": "府前大道 1 号", "phone": "0753-3333333"},
        "litigation": {"office": "市中级人民法院"},
    },
}  # fmt: skip

_MANUAL: dict[str, Any] = {
    "manual": {
        "wordings": [
            {"paper": "补正", "title": "合同缺签名", "text": WORDING},
            {"paper": "不予受理", "title": "不属于本机关", "text": "您申请的事项依法不属于本机关职权范围。"},
            {"paper": "不予", "title": "面积不足", "text": "经营面积不符合规定。"},
        ],
        "notes": ["先看租期再看签名"],
        "discretion": [
            {
                "name": "核查强度", "basis": "核查办法第八条",
                "inputs": [{"name": "area", "label": "面积", "field": "area", "unit": "平方米"}],
                "rows": [
                    {"when": {"area": "> 500"}, "outcome": "两人现场核查", "grounds": "面积大"},
                    {"when": {}, "outcome": "书面核查", "grounds": "面积小"},
                ],
            },
        ],
    },
}  # fmt: skip
