"""Why a licence stays as it is."""

from __future__ import annotations

from yimen.kit.errors import Refusal


class AlreadySigned(Refusal):
    code = "licence_already_signed"
    sentence = "该证照已经签发，不能重复签发。"


class NotSigned(Refusal):
    code = "licence_not_signed"
    sentence = "只有有效或者暂扣中的证照才能废止。"


class SameHands(Refusal):
    code = "drawn_and_signed_by_one"
    sentence = "制证和签发须由不同的人办理，请由其他人员签发。"
    status = 403


class NotInForce(Refusal):
    code = "licence_not_in_force"
    sentence = "只有有效的证照才能这样办理，这份证照现在的状态是：{state}。"


class NotSuspended(Refusal):
    code = "licence_not_suspended"
    sentence = "这份证照没有被暂扣。"


class BeingReplaced(Refusal):
    code = "licence_being_replaced"
    sentence = "这份证照的新版本已经制好，等待签发；请先签发或者作废新版本。"


class NotADraft(Refusal):
    code = "licence_not_a_draft"
    sentence = "只有制好还没有签发的证照才能作废。"


class SignedWithItsCase(Refusal):
    code = "signed_with_its_case"
    sentence = "这份证照随办件 {number} 的结果一起签发，请在办件里签发。"


class AlreadyHere(Refusal):
    code = "licence_already_here"
    sentence = "证照库里已经有您的“{kind}”（编号 {number}），不用再上传。"


class TooManyUploads(Refusal):
    code = "too_many_uploads"
    sentence = "您已上传 {most} 份还没有核验原件的证照，请先带原件到窗口核验，或者删除不用的。"


class NotAnUpload(Refusal):
    code = "not_an_upload"
    sentence = "只有自己上传、还没有核验原件的证照可以删除。"


class NoSuchMove(Refusal):
    code = "no_such_move_of_trust"
    sentence = "只有由持证人上传的证照（C 级），才能凭原件核验提高可信等级。"
