"""What a verb needs besides the right state. Rule in words: docs/rules/states.md

Each function looks at plain facts and answers None (it may) or an Objection with a code and a sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

from .refusals import Objection
from .said import said, several
from .states import State

SHORTEST_REASON = 2
"""A reason must at least be a word; whether it convinces is for reconsideration and the courts."""


class Outcome(StrEnum):
    """What was decided."""

    GRANT = "grant"
    DENY = "deny"

    @property
    def label(self) -> str:
        """准予 or 不予."""
        return said("准予") if self is Outcome.GRANT else said("不予")


def supplement_objection(
    *, open_notices: int, asked_before: Collection[str], asked_now: Collection[str]
) -> Objection | None:
    """May the office ask the applicant for these things? 许可法 32(4): once, and everything at once.

    open_notices: notices not yet answered; asked_before: everything the first notice named (empty: none was issued);
    asked_now: keys of materials and names of fields. A later notice may only repeat what the first one named.
    """
    if not asked_now:
        return Objection("nothing_asked", "请列出需要补正的材料或事项，并逐项说明理由。", "许可法第三十二条")
    if open_notices:
        return Objection("supplement_open", "已有一份补正告知尚未答复，不能再次告知。", "许可法第三十二条")
    beyond = [each for each in asked_now if each not in asked_before]
    if asked_before and beyond:
        sentence = "补正内容应当一次性告知，不能在首次告知之外增加要求。"
        return Objection("supplement_beyond_first_notice", sentence, "许可法第三十二条")
    return None


def is_repeated(earlier_notices: int) -> bool:
    """Would one more notice be 反复补正, which supervision must see (Q01)?"""
    return earlier_notices > 0


def material_request_objection(state: State) -> Objection | None:
    """May material be asked for in this state? Only before acceptance (许可法 32(4)); the back office may not."""
    if state is State.RECEIVED:
        return None
    return Objection("no_request_after_acceptance", "受理后不得再要求申请人补充材料。", "许可法第三十二条")


def beyond_list_objection(asked_now: Collection[str], listed: Collection[str]) -> Objection | None:
    """Is everything that is asked for on the edition's own list? (许可法 31: nothing unrelated; 国令716 art 7)"""
    unknown = [each for each in asked_now if each not in listed]
    if not unknown:
        return None
    sentence = said("不得要求实施清单以外的材料：{names}。", names=several(unknown))
    return Objection("not_on_list", sentence, "许可法第三十一条")


def asked_twice_objection(asked_now: Sequence[str]) -> Objection | None:
    """Does the notice name each thing once, with one reason? The applicant is told once (许可法 32(4))."""
    twice = sorted({each for each in asked_now if asked_now.count(each) > 1})
    if not twice:
        return None
    return Objection(
        "asked_twice", said("同一项只列一次，请把理由写在一起：{names}。", names=several(twice)), "许可法第三十二条"
    )


def decision_objection(
    *, outcome: Outcome | None, reason: str, undone_tasks: int = 0, legal_remedies: bool = True
) -> Objection | None:
    """Is the decision complete? 许可法 38: a denial gives its reasons and names reconsideration and lawsuit.

    undone_tasks: steps of the edition nobody has given an opinion on; legal_remedies: does the paper name them.
    """
    if outcome is None:
        return Objection("outcome_missing", "请选择准予或者不予。", "许可法第三十八条")
    if undone_tasks:
        return Objection(
            "tasks_undone",
            said("还有{count}个审查环节未出具意见，不能作出决定。", count=undone_tasks),
            "许可法第三十四条",
        )
    if outcome is not Outcome.DENY:
        return None
    unreasoned = reason_objection(reason, act=said("作出不予许可的决定"), article="许可法第三十八条")
    if unreasoned is not None:
        return unreasoned
    if not legal_remedies:
        return Objection("remedies_missing", "应当告知申请复议或者提起诉讼的权利。", "许可法第三十八条")
    return None


def refusal_objection(*, reason: str, competent_body: str) -> Objection | None:
    """Is a refusal to accept (不予受理) complete? 许可法 32(2): it names the reason and the body to turn to."""
    unreasoned = reason_objection(reason, act=said("不予受理"), article="许可法第三十二条")
    if unreasoned is not None:
        return unreasoned
    if not competent_body.strip():
        return Objection("competent_body_missing", "请写明申请人应当向哪个行政机关申请。", "许可法第三十二条")
    return None


def reason_objection(reason: str, *, act: str, article: str = "") -> Objection | None:
    """Does an act that needs one (不受理, 作废, 撤回, 退件) have a reason? act: the verb's Chinese label."""
    given = len(reason.strip())
    if given >= SHORTEST_REASON:
        return None
    sentence = "{act}的理由太短，请写明具体理由。" if given else "{act}应当说明理由。"
    return Objection("reason_missing", said(sentence, act=act), article)


def separation_objection(*, accepted_by: int | None, decides: int, authorised_instant: bool) -> Objection | None:
    """Who accepted a case may not decide it; instant items at an authorised window excepted (许可法 34)."""
    if accepted_by == decides and not authorised_instant:
        return Objection("same_person", "受理人不得作出决定，请由其他人员办理。", "许可法第三十四条")
    return None
