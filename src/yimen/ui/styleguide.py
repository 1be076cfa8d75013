"""Realistic data for the styleguide: short and long names, nothing, one and forty rows, every state."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from yimen.kit.time import CHINA
from yimen.ui.faces import CARDS, STATES, ClockFace

NOW = datetime(2025, 10, 10, 14, 32, tzinfo=CHINA)
LONG_FIRM = (
    "岭东市梅江区江南街道嘉应中路客家风味餐饮管理服务有限责任公司"
    "第二分公司（普通合伙）及其附属中央厨房配送中心联合经营体"
)
PAGES = {
    name: name for name in ("parts", "form", "review", "guide", "desk", "case", "wall", "kiosk", "confirm", "empty")
}

STEPS = [
    {"label": "谁来办", "url": "#", "state": "done", "hint": "陈志远，代表岭东客家食坊"},
    {"label": "经营情况", "url": "#", "state": "done"},
    {"label": "经营场所", "url": "#", "state": "current", "hint": "还差 2 项"},
    {"label": "材料", "url": "#", "state": "error", "hint": "平面图看不清，请重新拍照"},
    {"label": "核对并提交", "url": "#", "state": "blocked", "hint": "前面的步骤完成后就可以提交"},
]

ERRORS = [
    {"field": "holder_id", "code": "check_digit", "message": "身份证号码最后一位不对，请核对"},
    {"field": "started", "code": "future", "message": "开业日期不能晚于今天"},
    {"field": "scope", "code": "required", "message": "请至少选择一种经营项目"},
]

_COUNTIES = [("441402", "梅江区"), ("441403", "梅县区"), ("441422", "大埔县"), ("441481", "兴宁市")]
_TOWNS = [("441402004", "江南街道"), ("441402002", "金山街道"), ("441402101", "城北镇")]

FIELDS: list[dict[str, Any]] = [
    {
        "name": "shop",
        "label": "字号名称",
        "kind": "text",
        "required": True,
        "value": "岭东客家食坊",
        "source": "营业执照 2025-03-02",
    },
    {
        "name": "holder_id",
        "label": "负责人公民身份号码",
        "kind": "idcard",
        "required": True,
        "value": "44140219900307001X",
        "hint": "18 位，最后一位可能是字母 X",
        "error": "身份证号码最后一位不对，请核对",
    },
    {
        "name": "uscc",
        "label": "统一社会信用代码",
        "kind": "uscc",
        "required": True,
        "value": "91441402MA0000000A",
        "readonly": True,
    },
    {
        "name": "phone",
        "label": "联系手机",
        "kind": "phone",
        "required": True,
        "value": "13800000000",
        "hint": "办理进度会发到这个号码",
    },
    {"name": "started", "label": "开业日期", "kind": "date", "value": "2025-12-01", "error": "开业日期不能晚于今天"},
    {"name": "area", "label": "经营场所面积", "kind": "number", "required": True, "unit": "平方米", "value": "86.5"},
    {"name": "online", "label": "是否从事网络经营？", "kind": "boolean", "required": True, "value": True},
    {
        "name": "platform",
        "label": "在哪个网络平台经营",
        "kind": "text",
        "required": True,
        "show_if": "online == true",
        "hint": "例如外卖平台的店铺名称",
    },
    {
        "name": "form",
        "label": "主体业态",
        "kind": "choice",
        "required": True,
        "choices": ["食品销售经营者", "餐饮服务经营者", "单位食堂"],
        "value": "餐饮服务经营者",
    },
    {"name": "trade", "label": "行业小类", "kind": "choice", "choices": [f"餐饮小类 {n}" for n in range(1, 10)]},
    {
        "name": "scope",
        "label": "经营项目",
        "kind": "multi",
        "required": True,
        "error": "请至少选择一种经营项目",
        "choices": [
            {"value": "hot", "label": "热食类食品制售", "hint": "炒菜、米饭、面点等现场加热制作"},
            {"value": "cold", "label": "冷食类食品制售"},
            {"value": "drink", "label": "自制饮品制售", "hint": "不含使用压力容器制作的饮品"},
        ],
    },
    {
        "name": "place",
        "label": "经营场所地址",
        "kind": "address",
        "required": True,
        "value": {"county": "441402", "town": "441402004", "detail": "嘉应中路 18 号一楼"},
        "divisions": {
            "counties": [{"code": c, "name": n} for c, n in _COUNTIES],
            "towns": [{"code": c, "name": n} for c, n in _TOWNS],
            "villages": [{"code": "441402004001", "name": "梅龙社区"}],
        },
    },
    {
        "name": "staff",
        "label": "从业人员",
        "kind": "table",
        "hint": "直接接触入口食品的人员都要填写",
        "columns": [
            {"name": "name", "label": "姓名"},
            {"name": "idcard", "label": "身份证号", "kind": "idcard"},
            {"name": "role", "label": "岗位", "kind": "choice", "choices": ["厨师", "服务员", "食品安全员"]},
            {"name": "health", "label": "健康证有效期", "kind": "date"},
        ],
        "value": [
            {"name": "李梅", "idcard": "441402199001010000", "role": "厨师", "health": "2026-05-01"},
            {"name": "", "role": ""},
        ],
    },
    {"name": "remark", "label": "其他说明", "kind": "textarea"},
]

REVIEW = [
    {"label": "字号名称", "value": "岭东客家食坊", "source": "营业执照 2025-03-02", "change_url": "#"},
    {"label": "负责人", "value": "陈志远", "change_url": "#"},
    {"label": "经营项目", "value": ["热食类食品制售", "冷食类食品制售", "自制饮品制售"], "change_url": "#"},
    {
        "label": "经营场所地址",
        "value": "岭东市梅江区江南街道梅龙社区嘉应中路 18 号一楼",
        "change_url": "#",
        "note": "与营业执照住所一致",
    },
    {"label": "网络经营", "value": None, "change_url": "#"},
]

RECKONING = [
    "10月9日（周四）受理，当天不算，从 10月10日（周五）起算，共 10 个工作日。",
    "不计入：10月11日是调休上班日，计入；10月12日、18日、19日为周末。",
    "最后一天：10月22日（周三）下班前。",
]
CLOCKS = [
    ClockFace("promise", "running", date(2025, 10, 22), 8, reckoning=RECKONING),
    ClockFace("acceptance", "running", date(2025, 10, 11), 1, reckoning=RECKONING),
    ClockFace("statutory", "running", date(2025, 10, 10), 0, reckoning=RECKONING),
    ClockFace("step", "running", date(2025, 9, 30), -3, reckoning=RECKONING),
    ClockFace(
        "promise", "paused", None, None, reckoning="10月8日起组织听证，依据行政许可法第四十五条，听证时间不计入期限。"
    ),
    ClockFace("delivery", "stopped", date(2025, 10, 24), met=True),
    ClockFace("promise", "running", date(2027, 1, 6), 64, reckoning=RECKONING, provisional=True),
]

TIMELINE = [
    {
        "at": datetime(2025, 10, 8, 20, 15, tzinfo=CHINA),
        "title": "您在网上提交了申请",
        "by": "陈志远",
        "icon": "send",
        "tone": "info",
        "papers": [{"label": "收件凭证", "url": "#"}],
    },
    {
        "at": datetime(2025, 10, 9, 9, 40, tzinfo=CHINA),
        "title": "市场监管局受理窗口已受理",
        "by": "综合窗口 林晓红",
        "icon": "circle-check",
        "tone": "good",
        "text": "办理期限 10 个工作日，最迟 10月22日（周三）。",
        "papers": [{"label": "受理通知书", "url": "#"}],
    },
    {
        "at": datetime(2025, 10, 10, 10, 5, tzinfo=CHINA),
        "title": "需要现场核查",
        "by": "食品经营科 黄国强",
        "icon": "map-pin",
        "tone": "warn",
        "text": "计划 10月13日（周一）上午到店，请留人在场。核查不超过 3 个工作日。",
    },
    {"at": date(2025, 10, 22), "title": "最迟作出决定", "future": True, "icon": "gavel"},
]

LICENCES = [
    {
        "kind": "许可证",
        "title": "食品经营许可证",
        "number": "JY24414020000011",
        "holder": "岭东客家食坊",
        "issuer": "岭东市市场监督管理局",
        "issued": date(2025, 10, 20),
        "expires": date(2030, 10, 19),
        "state": "valid",
        "url": "#",
        "facts": [{"label": "主体业态", "value": "餐饮服务经营者"}],
    },
    {
        "kind": "执照",
        "title": "营业执照",
        "number": "91441402MA0000000A",
        "holder": LONG_FIRM,
        "issuer": "岭东市市场监督管理局",
        "issued": date(2020, 3, 2),
        "expires": None,
        "state": "expired",
        "url": "#",
    },
]

COLUMNS = [
    {"key": "clock", "label": "时限", "kind": "clock"},
    {"key": "number", "label": "办件编号", "kind": "link"},
    {"key": "item", "label": "事项", "wide": True},
    {"key": "applicant", "label": "申请人"},
    {"key": "state", "label": "状态", "kind": "state"},
    {"key": "step", "label": "环节"},
    {"key": "since", "label": "收件", "kind": "when"},
]
_ITEMS = ["食品经营许可（新办）", "公共场所卫生许可", "建筑工程施工许可证核发", "户外广告设施设置审批", "新生儿落户"]
_NAMES = ["陈志远", "李梅", LONG_FIRM, "岭东客家食坊", "古丽娜尔·买买提江·阿不都热合曼"]


def rows(count: int) -> list[dict[str, Any]]:
    """Work-list rows in the order of what is due first."""
    return [
        {
            "clock": ClockFace("promise", "paused" if index % 11 == 7 else "running", left=index // 3 - 3),
            "number": f"441400202510{index + 1:06d}",
            "item": _ITEMS[index % 5],
            "applicant": _NAMES[(index * 2) % 5],
            "state": ["received", "accepted", "supplement"][index % 3],
            "step": ["受理", "审查", "现场核查", "决定"][index % 4],
            "since": NOW - timedelta(hours=7 * index + 3),
            "url": f"#case-{index + 1}",
        }
        for index in range(count)
    ]


TABS = [
    {"label": "待我办", "url": "#", "count": 40, "current": True},
    {"label": "今天到期", "url": "#", "count": 3},
    {"label": "待补正", "url": "#", "count": 12},
    {"label": "特别程序", "url": "#", "count": 4},
    {"label": "全部在办", "url": "#", "count": None},
]
VERBS = [
    {"label": "受理", "url": "#", "allowed": True, "key": "a", "variant": "primary", "icon": "circle-check"},
    {"label": "一次性告知补正", "url": "#", "allowed": True, "key": "s", "icon": "file-plus", "dialog": "ask"},
    {"label": "不予受理", "url": "#", "allowed": True, "key": "r", "icon": "circle-x"},
    {"label": "作出决定", "url": "#", "allowed": False, "reason": "受理人不能同时作出决定（行政许可法第三十四条）"},
]
UPLOAD = {
    "name": "plan",
    "label": "经营场所平面图",
    "url": "#",
    "hint": "标明操作间、清洗、储存的位置。",
    "multiple": True,
    "files": [
        {
            "name": "一楼平面图（2025年9月测绘，含后厨动线及冷库位置标注最终版）.pdf",
            "size": 2_483_200,
            "url": "#",
            "remove_url": "#",
            "state": "good",
            "word": "清晰可用",
        },
        {"name": "门头.jpg", "size": 83_400, "url": "#", "remove_url": "#"},
    ],
}
SITUATION = [
    {"label": "事项", "value": "食品经营许可（新办）"},
    {"label": "申请人", "value": LONG_FIRM},
    {"label": "负责人", "value": "陈*远 4414***********01X"},
    {"label": "经营面积", "value": "86.5 平方米", "changed": True},
    {"label": "联系手机", "value": "138****0000"},
    {"label": "收件", "value": "网上，10月8日（周三）20:15"},
]


def context(page: str) -> dict[str, Any]:
    """Everything the pages of the styleguide show; the confirm page asks for nothing but the reason."""
    asked = [{"name": "reason", "label": "撤回原因", "kind": "textarea", "required": True}]
    return {
        "now": NOW,
        "steps": STEPS,
        "errors": [] if page == "confirm" else ERRORS,
        "fields": asked if page == "confirm" else FIELDS,
        "review": REVIEW,
        "clocks": CLOCKS,
        "timeline": TIMELINE,
        "licences": LICENCES,
        "columns": COLUMNS,
        "none": [],
        "one": rows(1),
        "forty": rows(40),
        "tabs": TABS,
        "verbs": VERBS,
        "upload": UPLOAD,
        "situation": SITUATION,
        "states": list(STATES),
        "cards": list(CARDS),
        "page": {"next": "eyJhIjoxfQ"},
        "pages": list(PAGES),
        "crumbs": [{"label": "首页", "url": "#"}, {"label": "开店经营", "url": "#"}, {"label": "食品经营许可"}],
        "long_firm": LONG_FIRM,
        "number": "44140020251008000017",
        "blank_fields": [f | {"value": None, "error": ""} for f in FIELDS],
        "title": "确定撤回这件申请吗？",
        "danger": True,
        "cancel_url": "#",
        "action_url": "#",
        "action_label": "撤回申请",
        "consequence": "撤回后，食品经营许可（新办）的办理马上停止，受理窗口会收到通知。",
        "points": ["已经上传的材料保留 30 天，重新申请时可以直接使用。", "以后再办需要重新提交申请，期限重新计算。"],
    }
