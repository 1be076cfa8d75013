"""Facts of every kind of paper, as the rooms above would give them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from yimen.kit.time import CHINA
from yimen.papers import choices as papers

CASE = "44140020260302100000123X"
FILED = datetime(2026, 3, 2, 14, 32, tzinfo=CHINA)
DRAWN = datetime(2026, 3, 9, 10, 0, tzinfo=CHINA)
COMMON: dict[str, Any] = {
    "agency": "岭东市市场监督管理局",
    "agency_code": "441400-SCJG",
    "case_number": CASE,
    "item": "食品经营许可新办",
    "matter": "行政许可",
    "applicant": "欧阳小锋",
    "applicant_document": "居民身份证 4414***********123",
    "dated": date(2026, 3, 9),
    "phone": "0753-2189000",
}
RECEIPT: dict[str, Any] = {
    "materials": [
        papers.Material(name="营业执照", originals=1),
        papers.Material(name="平面图", copies=2, electronic=1),
    ],
    "receiver": "王芳",
    "place": "政务服务中心综合窗口12号",
    "received_at": FILED,
    "query_password": "384920",
    "query_address": "http://localhost:8000/track/",
    "due": date(2026, 3, 9),
}


def receipt(**other: Any) -> papers.ReceiptFacts:
    return papers.ReceiptFacts(**COMMON | RECEIPT | other)


def denial(**other: Any) -> papers.DenialFacts:
    facts = {"accepted_on": date(2026, 3, 3), "reason": "食品处理区与生活区没有分开设置。"}
    return papers.DenialFacts(**COMMON | facts | other)


def every_kind() -> list[papers.Facts]:
    accepted = date(2026, 3, 3)
    return [
        receipt(),
        papers.AcceptanceFacts(
            **COMMON,
            received_at=FILED,
            accepted_at=FILED,
            statutory_limit="20个工作日",
            statutory_due=date(2026, 3, 30),
            promised_limit="10个工作日",
            promised_due=date(2026, 3, 16),
            not_counted=["听证", "检验"],
        ),
        papers.SupplementFacts(
            **COMMON,
            received_at=FILED,
            wanting=[papers.Wanting(name="平面图", reason="没有标注分界。", basis="办法第十二条")],
            due=date(2026, 3, 30),
            limit="15个工作日",
            officer="王芳",
        ),
        papers.RefusalFacts(
            **COMMON, received_at=FILED, reason="经营场所位于丰顺县。", competent_body="丰顺县市场监督管理局"
        ),
        papers.NotNeededFacts(**COMMON, received_at=FILED, reason="仅销售预包装食品的，依法备案。"),
        papers.SpecialFacts(
            **COMMON,
            accepted_on=accepted,
            procedure="专家评审",
            reason="工艺流程复杂。",
            planned="10个工作日",
            starts=date(2026, 3, 9),
        ),
        papers.ExtensionFacts(
            **COMMON,
            accepted_on=accepted,
            extension="10个工作日",
            reason="现场核查工作量大。",
            approver="陈建国（局长）",
            due_before=date(2026, 3, 30),
            due=date(2026, 4, 14),
        ),
        papers.GrantFacts(
            **COMMON, accepted_on=accepted, content="热食类食品制售", result="食品经营许可证", validity="五年"
        ),
        denial(),
        papers.DeliveryFacts(
            **COMMON,
            delivered=[papers.Delivered(name="食品经营许可证", number="JY24414020001234")],
            way="邮寄送达",
            receiver="欧阳小锋",
            delivered_at=DRAWN,
            deliverer="刘洋",
            tracking="EMS1234567890",
        ),
        papers.TerminationFacts(
            **COMMON,
            cause="returned",
            received_at=FILED,
            ended_at=DRAWN,
            reason="在补正期限内没有补正。",
            remedies=papers.Remedies(),
        ),
        papers.CommitmentFacts(
            **COMMON,
            material="卫生检测报告",
            basis="公共场所卫生管理条例第四条",
            conditions=["一年内检测合格"],
            promises=["符合下列条件；", "愿意承担不实承诺的法律责任；"],
            liability=["经核查承诺不实的，撤销已经作出的决定；"],
            check="在作出决定后40个工作日内核查。",
            public=True,
            signed_at=FILED,
            signed_by="欧阳小锋",
        ),
        papers.ToleranceFacts(
            **COMMON,
            materials=[papers.Promised(name="健康证明", until=date(2026, 3, 16))],
            signed_at=FILED,
            signed_by="欧阳小锋",
        ),
        papers.ToleranceNoticeFacts(
            **COMMON,
            materials=[papers.Promised(name="健康证明", until=date(2026, 3, 16))],
            accepted_on=date(2026, 3, 4),
            officer="王芳",
        ),
        papers.RevocationFacts(
            **COMMON,
            decided_on=date(2026, 3, 4),
            reason="以承诺代替的“卫生检测报告”经核查不实：没有检测。",
            heard="当事人承认没有检测。",
            basis="许可法第六十九条第二款",
        ),
    ]


# What each must carry besides number, agency, date, case and code: rules of 许可法 32, 38, 42, 44, 45.
MUST_CARRY = {
    "A": ["营业执照", "384920", "2026年3月9日", "王芳", "综合窗口12号", "2026年3月2日14:32", "不表示申请已被受理"],
    "C": ["第三十二条", "20个工作日", "2026年3月30日", "10个工作日", "2026年3月16日", "听证、检验"],
    "D": ["一次性告知", "平面图", "没有标注分界", "办法第十二条", "2026年3月30日", "退件"],
    "E": ["不予受理", "位于丰顺县", "丰顺县市场监督管理局", "60日内", "行政复议", "6个月内", "行政诉讼"],
    "N": ["不受理", "依法备案", "行政复议", "行政诉讼"],
    "F": ["第四十五条", "专家评审", "10个工作日", "不计算在办理期限内"],
    "G": ["第四十二条", "陈建国（局长）", "10个工作日", "现场核查工作量大", "2026年3月30日", "2026年4月14日"],
    "H": ["第三十八条", "准予行政许可", "热食类食品制售", "食品经营许可证", "五年", "行政复议"],
    "I": ["第三十八条", "不予行政许可", "没有分开设置", "60日内", "行政复议", "6个月内", "行政诉讼"],
    "J": ["邮寄送达", "欧阳小锋", "EMS1234567890", "JY24414020001234", "刘洋", "2026年3月9日10:00"],
    "T": ["退件", "没有补正", "重新提出申请", "行政复议"],
    "P": [
        "卫生检测报告",
        "第四条",
        "一年内检测合格",
        "愿意承担",
        "撤销",
        "40个工作日",
        "向社会公开",
        "2026年3月2日14:32",
    ],
    "L": ["健康证明", "2026年3月16日", "承诺", "欧阳小锋"],
    "M": ["健康证明", "2026年3月16日", "2026年3月4日", "王芳", "不作出批准的决定"],
    "V": ["撤销行政许可决定书", "没有检测", "2026年3月4日", "陈述、申辩", "60日内", "行政复议", "6个月内", "行政诉讼"],
}
