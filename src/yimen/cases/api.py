"""Doors for programs: lists, a case with its story and papers, the public look-up, and one operation for each verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router

from yimen.applications import commands as applications
from yimen.applications.access import reach, require_hand
from yimen.applications.queries import find as find_application
from yimen.applications.queries.shapes import DocumentShape, document_shape
from yimen.cases import commands, queries, schemas
from yimen.cases.models import Case
from yimen.cases.queries import CaseLine, CaseShape, MomentShape, PaperRef, PublicCase
from yimen.cases.queries.materials import handed_in
from yimen.kit.guards import actor_of
from yimen.kit.rest import Listed, listed, moment
from yimen.kit.web import address_of
from yimen.ledger.commands import look

router = Router(tags=["办件"])
NOTHING = schemas.VerbGiven()


@router.post("/applications/{number}/submit", response={201: schemas.SubmittedShape}, summary="提交申请", tags=["申请"])
def submit_application(request: HttpRequest, number: str) -> schemas.SubmittedShape:
    """齐全的申请成为办件，得到查询密码和收件凭证；不齐全时 422 并列出 missing。重复提交得到同一个回答。"""
    by, at = actor_of(request), moment(request)
    application = find_application(number, by=by, at=at)
    require_hand(by, application, at)
    if queries.of_application(number) is None:
        try:
            applications.submit(application, by=by, at=at)
        except applications.AlreadySubmitted:  # somebody clicked twice, and the other click was first
            application.refresh_from_db()
    case = queries.of_number(number)
    receipt = next((paper for paper in queries.paper_refs(number) if paper.kind == "A"), None)
    return schemas.SubmittedShape(
        case=case.number, query_password=case.password, receipt=receipt.pdf if receipt else None, receipt_paper=receipt
    )


@router.get("/cases", response=Listed[CaseLine], summary="办件列表")
def list_cases(request: HttpRequest, asked: Query[schemas.CasesAsked]) -> dict[str, Any]:
    """自己的、受委托的，或者本岗位能够看到的办件，最新的在前。mine：只看自己的和受委托的；due_before：在某日之前到期的。"""
    by, at = actor_of(request), moment(request)
    page = queries.listed(
        by,
        at,
        states=[each for some in asked.state for each in some.split(",")] or None,
        item=asked.item,
        mine=asked.mine,
        due_before=asked.due_before,
        cursor=asked.cursor,
        size=asked.size,
    )
    own = reach(by, at)
    return listed(page, lambda case: queries.line(case, by, own))


@router.get("/cases/{number}", response=CaseShape, summary="查看办件")
def get_case(request: HttpRequest, number: str) -> CaseShape:
    """办件的状态、期限及其计算过程、现在可以进行的操作（verbs）和不能进行的原因（hindered）。工作人员查看会留下记录。"""
    by, at = actor_of(request), moment(request)
    case = queries.find(number, by=by, at=at)
    _note_look(request, case)
    return queries.shape(case, by, at)


@router.get("/cases/{number}/timeline", response=Listed[MomentShape], summary="办理过程")
def get_timeline(request: HttpRequest, number: str) -> dict[str, Any]:
    """什么时候、哪个部门和岗位、做了什么，怎样联系。"""
    by, at = actor_of(request), moment(request)
    case = queries.find(number, by=by, at=at)
    _note_look(request, case, "办理过程")
    return {"items": queries.moment_shapes(case, by, at)}


@router.get("/cases/{number}/papers", response=Listed[PaperRef], summary="办件的文书")
def get_papers(request: HttpRequest, number: str) -> dict[str, Any]:
    """已经出具的文书，最早的在前。"""
    case = queries.find(number, by=actor_of(request), at=moment(request))
    _note_look(request, case, "文书目录")
    return {"items": queries.paper_refs(case.number)}


@router.get("/public/cases/{number}", response=PublicCase, auth=None, summary="凭编号和密码查询")
def get_public_case(request: HttpRequest, number: str, asked: Query[schemas.PasswordAsked]) -> PublicCase:
    """不用登录：凭办件编号和收件凭证上的查询密码查看进度。每分钟有次数限制。"""
    case = queries.find_public(
        number,
        asked.password,
        asker=address_of(request),
        at=moment(request),
        limit=settings.YIMEN_CALLS_PER_MINUTE,
    )
    return queries.public_shape(case, moment(request))


@router.post("/cases/{number}/accept", response=CaseShape, summary="受理")
def accept_case(request: HttpRequest, number: str, body: schemas.VerbGiven = NOTHING) -> CaseShape:
    """予以受理（许可法 32(5)）。"""
    return _carry_out(request, number, commands.accept, body)


@router.post("/cases/{number}/ask-supplement", response=CaseShape, summary="要求补正")
def ask_supplement(request: HttpRequest, number: str, body: schemas.AskSupplementGiven) -> CaseShape:
    """一次性告知需要补正的全部内容（许可法 32(4)）；只能要求办事指南列明的材料和表单内容。"""
    return _carry_out(request, number, commands.ask_supplement, body)


@router.post("/cases/{number}/supplement", response=CaseShape, summary="补正")
def supplement_case(request: HttpRequest, number: str, body: schemas.VerbGiven = NOTHING) -> CaseShape:
    """申请人交齐补正内容后确认。"""
    return _carry_out(request, number, commands.supplement, body)


@router.post("/cases/{number}/refuse", response=CaseShape, summary="不予受理")
def refuse_case(request: HttpRequest, number: str, body: schemas.RefuseGiven) -> CaseShape:
    """不属于本机关职权范围，说明理由并告知应当向谁申请（许可法 32(2)）。"""
    return _carry_out(request, number, commands.refuse, body)


@router.post("/cases/{number}/not-needed", response=CaseShape, summary="不受理")
def not_needed(request: HttpRequest, number: str, body: schemas.ReasonGiven) -> CaseShape:
    """依法不需要取得许可（许可法 32(1)）。"""
    return _carry_out(request, number, commands.not_needed, body)


@router.post("/cases/{number}/pause", response=CaseShape, summary="启动特别程序")
def pause_case(request: HttpRequest, number: str, body: schemas.PauseGiven) -> CaseShape:
    """听证、检验、检测、鉴定、专家评审等，所需时间不计入期限（许可法 45）。"""
    return _carry_out(request, number, commands.pause, body)


@router.post("/cases/{number}/resume", response=CaseShape, summary="结束特别程序")
def resume_case(request: HttpRequest, number: str, body: schemas.ResumeGiven) -> CaseShape:
    """特别程序有了结果，继续计算期限。"""
    return _carry_out(request, number, commands.resume, body)


@router.post("/cases/{number}/extend", response=CaseShape, summary="延长期限")
def extend_case(request: HttpRequest, number: str, body: schemas.ExtendGiven) -> CaseShape:
    """经负责人批准延长一次，并把理由告知申请人（许可法 42）。"""
    return _carry_out(request, number, commands.extend, body)


@router.post("/cases/{number}/decide", response=CaseShape, summary="作出决定")
def decide_case(request: HttpRequest, number: str, body: schemas.DecideGiven) -> CaseShape:
    """准予或者不予（许可法 38）；不予应当说明理由。受理人不得作出决定。"""
    return _carry_out(request, number, commands.decide, body)


@router.post("/cases/{number}/forward", response=CaseShape, summary="转报")
def forward_case(request: HttpRequest, number: str, body: schemas.ForwardGiven) -> CaseShape:
    """连同全部材料报送有权决定的上级机关（许可法 35、43）。"""
    return _carry_out(request, number, commands.forward, body)


@router.post("/cases/{number}/return", response=CaseShape, summary="退件")
def return_case(request: HttpRequest, number: str, body: schemas.ReasonGiven) -> CaseShape:
    """受理时承诺后补的材料（容缺）过了日期仍没有补交，退回申请人并说明理由。"""
    return _carry_out(request, number, commands.return_unkept, body)


@router.post("/cases/{number}/withdraw", response=CaseShape, summary="撤回申请")
def withdraw_case(request: HttpRequest, number: str, body: schemas.ReasonGiven) -> CaseShape:
    """申请人在决定作出前撤回。"""
    return _carry_out(request, number, commands.withdraw, body)


@router.post("/cases/{number}/revoke-decision", response=CaseShape, summary="撤销决定")
def revoke_decision(request: HttpRequest, number: str, body: schemas.RevokeGiven) -> CaseShape:
    """撤销准予的决定（许可法 69）：由负责人在听取当事人陈述、申辩以后作出，据此发出的证照同时撤销。"""
    return _carry_out(request, number, commands.revoke_decision, body)


@router.post("/cases/{number}/void", response=CaseShape, summary="作废")
def void_case(request: HttpRequest, number: str, body: schemas.ReasonGiven) -> CaseShape:
    """办件本身无效（例如重复收件），由负责人作废并说明理由。"""
    return _carry_out(request, number, commands.void, body)


def _carry_out(request: HttpRequest, number: str, verb: Callable[..., Case], body: schemas.VerbGiven) -> CaseShape:
    """Find it, do it, show what became of it."""
    by, at = actor_of(request), moment(request)
    case = queries.find(number, by=by, at=at)
    given = body.model_dump(exclude={"version"})
    return queries.shape(verb(case, **given, by=by, at=at, seen=body.version), by, at)


@router.post(
    "/cases/{number}/documents/{int:document}/original-check",
    response=DocumentShape,
    summary="核验材料原件",
)
def check_original(request: HttpRequest, number: str, document: int, body: schemas.OriginalGiven) -> DocumentShape:
    """窗口人员核对材料与原件一致：可信等级成为 B 级，到 valid_to（原件的有效期至）为止可以再次使用。"""
    by, at = actor_of(request), moment(request)
    case = queries.find(number, by=by, at=at)
    _note_look(request, case, "申请材料")
    checked = handed_in(case.application, document)
    return document_shape(applications.check_original(checked, valid_to=body.valid_to, by=by, at=at))


def _note_look(request: HttpRequest, case: Case, what: str = "办件内容") -> None:
    """Staff who look at a case leave a trace in the story of whoever it is about."""
    by, at = actor_of(request), moment(request)
    if case.agency_id in by.agencies:
        look(case.subject_id, by=by, at=at, purpose="查看办件", case=case.number, what=what)
