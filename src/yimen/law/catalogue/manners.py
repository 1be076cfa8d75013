"""How it is done: visits, online, fees, results (rules 2 to 6). Rules in words: docs/rules/catalogue.md"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yimen.law.said import said, several

from .finding import Hit
from .naming import bare
from .shapes import Edition, Fee, Result

ONLINE = ("电脑端网上办理", "移动端网上申请")
ONLINE_DEPTHS = ("三级", "四级")
FULLY = "四级"
POST = "快递申请"
_LICENCE = re.compile(r"(?:(?<!凭)证|证书|执照|许可证)$")
_REPLY = re.compile(r"(?:批复|批文)$")
_NO_REASON = re.compile(r"[\W_]*|(?:暂)?(?:无|没有)|不需要?|不用|(?:暂)?无理由")


def hits(document: Edition) -> Iterator[Hit]:
    """Everything about how it is done."""
    yield from _visits(document)
    yield from _online(document)
    yield from _fee(document.fee, payment=document.online.payment)
    if not document.results:
        yield Hit("result_missing", "results", "没有写办理结果。", "写明办完得到什么；没有结果文书的写“无”。")
    for place, result in enumerate(document.results):
        yield from _result(result, f"results[{place}]")


def _visits(document: Edition) -> Iterator[Hit]:
    reason = (document.visits_reason or "").strip()
    reason = "" if _NO_REASON.fullmatch(reason) else reason
    if document.visits > 0 and not reason:
        sentence = said("要到现场 {n} 次，没有写明必须到现场的理由。", n=document.visits)
        yield Hit("visits_reason_missing", "visits_reason", sentence, "写明理由；没有理由的改为 0 次。")
    if document.visits == 0 and reason:
        sentence = said("不用到现场，却写了必须到现场的理由。")
        whole = ((0, len(reason)),)
        yield Hit("visits_reason_idle", "visits_reason", sentence, "删去理由，或者写明次数。", reason, whole)


def _online(document: Edition) -> Iterator[Hit]:
    online = document.online_depth in ONLINE_DEPTHS or any(each in ONLINE for each in document.channels)
    if document.visits == 0 and not online and POST not in document.channels:
        sentence = "一次也不用跑，却既不能网上申请，也不能快递申请。"
        yield Hit("zero_visits_without_post", "channels", sentence, "在办理形式中加上快递申请，或者写明要到现场几次。")
    if document.online_depth != FULLY:
        return
    if document.visits > 0:
        sentence = said("网办深度为四级（全程网办），却要到现场 {n} 次。", n=document.visits)
        yield Hit("fully_online_with_visits", "visits", sentence, "把次数改为 0，或者把网办深度改为三级。")
    if document.channels and not any(each in ONLINE for each in document.channels):
        sentence = "网办深度为四级（全程网办），办理形式却没有网上办理。"
        yield Hit(
            "fully_online_without_channel", "channels", sentence, "在办理形式中加上电脑端网上办理或者移动端网上申请。"
        )


def _fee(fee: Fee, *, payment: bool) -> Iterator[Hit]:
    if not fee.charged:
        if payment:
            yield Hit(
                "fee_idle", "online.payment", "不收费的事项写着支持网上支付。", "改为不支持网上支付，或者写明收费。"
            )
        if fee.rows or fee.amount_cents:
            yield Hit("fee_idle", "fee", "不收费的事项写着收费项目或者金额。", "删去收费项目和金额，或者写明收费。")
        return
    if not fee.rows:
        missing = [
            name
            for name, value in ((said("依据"), fee.basis), (said("标准"), fee.standard))
            if not (value or "").strip()
        ]
        if missing:
            yield Hit(
                "fee_incomplete",
                "fee",
                said("收费没有写明{names}。", names=several(missing, "和")),
                "写明收费依据和标准；没有依据的不得收费。",
            )
    for place, row in enumerate(fee.rows):
        if not (row.standard or "").strip():
            sentence = said("收费项目“{name}”没有写明标准。", name=row.name)
            yield Hit("fee_incomplete", f"fee.rows[{place}].standard", sentence, "写明收多少。", row.name)
        if not (row.basis or fee.basis or "").strip():
            sentence = said("收费项目“{name}”没有写明依据。", name=row.name)
            yield Hit(
                "fee_incomplete", f"fee.rows[{place}].basis", sentence, "写明收费依据；没有依据的不得收费。", row.name
            )


def _result(result: Result, place: str) -> Iterator[Hit]:
    if result.name == "无":
        return
    name = bare(result.name)
    if _LICENCE.search(name) and result.kind != "证照":
        yield _kind(result, place, "证照")
    if _REPLY.search(name) and result.kind != "批文":
        yield _kind(result, place, "批文")
    if result.kind in ("证照", "批文") and result.sample is None:
        sentence = said("结果“{name}”没有样本。", name=result.name)
        yield Hit("result_sample_missing", f"{place}.sample", sentence, "上传结果样本（隐去个人信息）。", result.name)


def _kind(result: Result, place: str, wanted: str) -> Hit:
    sentence = said(
        "“{name}”看来是{wanted}，类型写的是{kind}。", name=result.name, wanted=said(wanted), kind=said(result.kind)
    )
    remedy = said("把类型改为{wanted}，或者改名称。", wanted=said(wanted))
    return Hit("result_kind_mismatch", f"{place}.kind", sentence, remedy, result.name)
