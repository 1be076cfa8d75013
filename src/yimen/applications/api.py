"""Doors for programs: begin, fill in, hand in, take back, discard. Submission opens a case: see the room of cases."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router

from yimen.applications import commands, schemas
from yimen.applications.choices import Presented
from yimen.applications.models import Application, Document
from yimen.applications.queries import (
    ApplicationShape,
    document_shape,
    documents,
    drafts,
    find,
    find_document,
    lacking,
    missing_shapes,
    shape,
)
from yimen.catalog import queries as catalog
from yimen.kit.actor import Actor
from yimen.kit.errors import Invalid
from yimen.kit.guards import actor_of
from yimen.kit.rest import Listed, body_of, form_of, moment
from yimen.ledger.commands import look

if TYPE_CHECKING:
    from yimen.identity.models import Subject

router = Router(tags=["申请"])

HANDED_IN = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "copies": {"type": "integer", "minimum": 1, "maximum": 99},
                        "note": {"type": "string", "maxLength": 300},
                    },
                }
            },
            "application/json": {"schema": schemas.PresentedGiven.model_json_schema()},
        },
    }
}


@router.get("/applications", response=Listed[schemas.DraftShape], summary="我的草稿")
def list_drafts(request: HttpRequest) -> dict[str, Any]:
    """没有提交的申请，最近的在前，最多 50 件。"""
    return {"items": [schemas.DraftShape.of(each) for each in drafts(actor_of(request), moment(request))]}


@router.post("/applications", response={201: ApplicationShape}, summary="开始申请")
def begin_application(request: HttpRequest, body: schemas.ApplicationGiven) -> ApplicationShape:
    """本人、受委托人或者窗口工作人员开始一件申请：取得编号，自动填入已经掌握的信息，并列出表单、材料和还缺的内容。"""
    by, at = actor_of(request), moment(request)
    edition = catalog.current(body.item)
    with transaction.atomic():
        subject = _applicant(body.subject, by, at)
        application = commands.begin(
            edition=edition, subject=subject, channel=body.channel, situation=body.situation, by=by, at=at
        )
    return shape(application)


@router.get("/applications/{number}", response=ApplicationShape, summary="查看申请")
def get_application(request: HttpRequest, number: str) -> ApplicationShape:
    """填写的内容、材料和还缺的内容。"""
    by, at = actor_of(request), moment(request)
    application = find(number, by=by, at=at)
    if by.is_staff:
        look(application.subject_id, by=by, at=at, purpose="查看申请", case=number, what="申请内容")
    return shape(application)


@router.post("/applications/{number}/renew", response=ApplicationShape, summary="改用现行版本")
def renew_application(request: HttpRequest, number: str) -> ApplicationShape:
    """办事指南更新以后，草稿改用现行版本：仍然适用的内容保留，不再适用的另外存放。"""
    by, at = actor_of(request), moment(request)
    return shape(commands.renew(find(number, by=by, at=at), by=by, at=at))


@router.delete("/applications/{number}", response={204: None}, summary="放弃草稿")
def discard_application(request: HttpRequest, number: str) -> None:
    """没有提交的申请可以放弃。"""
    by, at = actor_of(request), moment(request)
    commands.discard(find(number, by=by, at=at), by=by, at=at)


@router.put("/applications/{number}/answers", response=schemas.AnsweredShape, summary="填写表单")
def put_answers(request: HttpRequest, number: str, body: schemas.AnswersGiven) -> schemas.AnsweredShape:
    """逐项保存：填对的保存，填错的在 errors 中说明；没有写到的项目不变。"""
    by, at = actor_of(request), moment(request)
    errors = commands.answer(find(number, by=by, at=at), body.answers, by=by, at=at)
    kept = shape(find(number, by=by, at=at))
    return schemas.AnsweredShape(**dict(kept), errors=[schemas.WrongShape(**error) for error in errors])


@router.post(
    "/applications/{number}/materials/{key}",
    response={201: schemas.AttachedShape},
    summary="提交材料",
    openapi_extra=HANDED_IN,
)
def hand_in(request: HttpRequest, number: str, key: str) -> schemas.AttachedShape:
    """上传文件（multipart 的 file），或者登记窗口核对的原件、复印件，或者使用电子证照（JSON）。"""
    by, at = actor_of(request), moment(request)
    application = find(number, by=by, at=at)
    document = commands.attach(application, key, **_handed_in(request), by=by, at=at)
    return schemas.AttachedShape(**dict(document_shape(document)), missing=_missing(application))


@router.delete(
    "/applications/{number}/materials/{key}/{int:document}", response=schemas.RemovedShape, summary="撤回材料"
)
def take_back(request: HttpRequest, number: str, key: str, document: int) -> schemas.RemovedShape:
    """撤回已经提交的一份材料；文件不会丢失。"""
    by, at = actor_of(request), moment(request)
    application = find(number, by=by, at=at)
    found: Document = find_document(application, key, document)
    commands.remove(found, by=by, at=at)
    return schemas.RemovedShape(removed=found.pk, missing=_missing(application))


def _applicant(given: schemas.SubjectGiven, by: Actor, at: datetime) -> Subject:
    """With errors that name their place in the body."""
    try:
        return commands.applicant_named(**given.model_dump(), by=by, at=at)
    except Invalid as wrong:
        for error in wrong.errors:
            error["field"] = f"subject.{error['field']}"
        raise


def _handed_in(request: HttpRequest) -> dict[str, Any]:
    """What came, as `attach` takes it."""
    if not (request.content_type or "").startswith("multipart/"):
        body = body_of(request, schemas.PresentedGiven)
        return {"presented": Presented(body.presented), "copies": body.copies, "note": body.note}
    form, upload = form_of(request, schemas.UploadGiven), request.FILES.get("file")
    return {"copies": form.copies, "note": form.note, "upload": (upload.name or "", upload) if upload else None}


def _missing(application: Application) -> Any:
    return missing_shapes(lacking(application, documents(application)))
