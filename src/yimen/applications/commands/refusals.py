"""Why something can't be done with an application."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from yimen.kit.errors import Forbidden, Invalid, NotFound, Refusal

if TYPE_CHECKING:
    from yimen.law.completeness import Missing


class WrongSubject(Refusal):
    code = "wrong_subject"
    sentence = "“{item}”面向{subjects}办理，请换用相应的身份申请。"
    status = 422


class AlreadySubmitted(Refusal):
    code = "already_submitted"
    sentence = "这件申请已经提交，请在办件进度中查看。"


class EditionMoved(Refusal):
    code = "edition_moved"
    sentence = "“{item}”的办事指南已经更新（现在是第 {version} 版）。请打开申请，看过改动后再提交；您填写的内容都还在。"


class NotOpen(Refusal):
    code = "not_open"
    sentence = "申请已提交，现在不能修改这一项；如需补正，请等待补正告知。"


class NotCitable(Refusal):
    code = "not_citable"
    sentence = "“{material}”不能用证照代替，请收取材料。"


class NoSuchMaterial(NotFound):
    code = "no_such_material"
    sentence = "办事指南中没有这项材料（{key}）。"


class OnlyAtWindow(Forbidden):
    code = "only_at_window"
    sentence = "原件和复印件由窗口工作人员核对登记；网上办理请上传电子件或者使用电子证照。"


class AlreadyChecked(Refusal):
    code = "already_checked"
    sentence = "这份材料已经核对过，或者不需要核对。"


class NotDeferrable(Refusal):
    code = "not_deferrable"
    sentence = "“{material}”不能容缺后补，请随申请一并提交。"


class PromiseStands(Refusal):
    """A promise that was sent is kept or broken (国发〔2022〕5号); taken back, its day would never come."""

    code = "promise_stands"
    sentence = "承诺后补的材料已经随申请提交，承诺不能撤回；请在{day}前补交“{material}”。"


class NoSuchLicence(Refusal):
    code = "no_such_licence"
    sentence = "证照库中没有可用于“{material}”的有效电子证照，请上传电子件。"


class OriginalExpired(Refusal):
    code = "original_expired"
    sentence = "原件{day}已经到期，不能核验；请申请人提交有效的材料。"
    status = 422


class LetterFirst(Refusal):
    code = "commitment_letter_first"
    sentence = "“{material}”用承诺代替的，请先阅读告知书，再签署承诺书。"


class AlreadyJudged(Refusal):
    code = "commitment_already_checked"
    sentence = "这份承诺已经核查过。"


class NothingToRepair(Refusal):
    code = "nothing_to_repair"
    sentence = "只有核查不实、还没有修复的承诺才能修复。"


class NoSuchEarlier(Refusal):
    code = "no_such_earlier_paper"
    sentence = "没有可以再次使用的材料：可能原件已经到期、还没有核验原件，或者您没有同意用于其他事项。请提交材料。"


class NothingToDecline(Refusal):
    code = "nothing_to_decline"
    sentence = "这份材料现在没有使用电子证照或者以前交过的材料。"


class ToleranceNotOpen(Refusal):
    code = "tolerance_not_open"
    sentence = "您有承诺后补而没有按期补交的材料，一年内不能再容缺；请随申请一并提交“{material}”。"


class Incomplete(Invalid):
    """Still missing: `extra` carries the list for programs."""

    code = "incomplete"
    sentence = "还有 {count} 项没有填写或提交，补齐后即可提交申请。"

    def __init__(self, lacking: Sequence[Missing]) -> None:
        errors = [{"field": each.key, "code": f"missing_{each.kind}", "message": each.message} for each in lacking]
        super().__init__(errors, count=len(lacking))
        self.extra = {
            "missing": [
                {"kind": each.kind, "key": each.key, "message": each.message, "also": list(each.also)}
                for each in lacking
            ]
        }
