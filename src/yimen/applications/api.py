"""Doors for programs: begin, fill in, hand in, take back, discard. Submission opens a case: see the room of cases."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router

from yimen.applications import access, commands, schemas
from yimen.applications.choices import Channel, Presented
from yimen.applications.commands import batches as batching
from yimen.applications.commands import together
from yimen.applications.commands.reporting import report_source
from yimen.applications.commands.reusing import copy_from
from yimen.applications.models import Application, Document, PackageApplication
from yimen.applications.queries import (
    ApplicationShape,
    batches,
    consenting,
    document_shape,
    documents,
    drafts,
    find,
    find_document,
    lacking,
    missing_shapes,
    shape,
)
from yimen.applications.queries.together import find_package_application
from yimen.catalog import queries as catalog
from yimen.catalog.queries import packaging
from yimen.files.queries import download
from yimen.identity.access import speaks_for
from yimen.identity.queries import find_subject
from yimen.kit.actor import Actor
from yimen.kit.errors import Invalid
from yimen.kit.guards import actor_of
from yimen.kit.rest import Listed, body_of, form_of, moment
from yimen.kit.time import local
from yimen.ledger.commands import look
from yimen.sheets.queries import GivenFile, file_of

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from yimen.identity.models import Subject

router = Router(tags=["申请"])


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
    return shape(application, at)


@router.get("/applications/{number}", response=ApplicationShape, summary="查看申请")
def get_application(request: HttpRequest, number: str) -> ApplicationShape:
    """填写的内容、材料和还缺的内容。"""
    by, at = actor_of(request), moment(request)
    application = find(number, by=by, at=at)
    if by.is_staff:
        look(application.subject_id, by=by, at=at, purpose="查看申请", case=number, what="申请内容")
    return shape(application, at)


@router.post("/applications/{number}/renew", response=ApplicationShape, summary="改用现行版本")
def renew_application(request: HttpRequest, number: str) -> ApplicationShape:
    """办事指南更新以后，草稿改用现行版本：仍然适用的内容保留，不再适用的另外存放。"""
    by, at = actor_of(request), moment(request)
    return shape(commands.renew(find(number, by=by, at=at), by=by, at=at), at)


@router.delete("/applications/{number}", response={204: None}, summary="放弃草稿")
def discard_application(request: HttpRequest, number: str) -> None:
    """没有提交的申请可以放弃。"""
    by, at = actor_of(request), moment(request)
    commands.discard(find(number, by=by, at=at), by=by, at=at)


@router.put("/applications/{number}/answers", response=schemas.AnsweredShape, summary="填写表单")
def put_answers(request: HttpRequest, number: str, body: schemas.AnswersGiven) -> schemas.AnsweredShape:
    """逐项保存：填对的保存，填错的在 errors 中说明；没有写到的项目不变。"""
    return _answered(request, number, body.answers)


def _answered(request: HttpRequest, number: str, answers: dict[str, Any]) -> schemas.AnsweredShape:
    by, at = actor_of(request), moment(request)
    errors = commands.answer(find(number, by=by, at=at), answers, by=by, at=at)
    kept = shape(find(number, by=by, at=at), at)
    return schemas.AnsweredShape(**dict(kept), errors=[schemas.WrongShape(**error) for error in errors])


@router.post(
    "/applications/{number}/answers/{name}",
    response=schemas.AnsweredShape,
    summary="用文件填写一项",
    openapi_extra=schemas.FILE_SENT,
)
def put_file(request: HttpRequest, number: str, name: str) -> schemas.AnsweredShape:
    """表单中类型为文件的项目：上传文件（multipart 的 file）；在 answers 中把这一项写成 null 就是删除。"""
    return _answered(request, number, {name: _file_of(request)})


@router.get(
    "/applications/{number}/answers/{name}", response=None, summary="填写在表单中的文件", openapi_extra=schemas.FILE
)
def get_file(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """申请人、代办人和处理这件申请的工作人员可以下载；工作人员查看会留下记录。"""
    by, at = actor_of(request), moment(request)
    found = find(number, by=by, at=at)
    kept = file_of(found.edition.doc, found.answers, name)
    look(found.subject_id, by=by, at=at, purpose="查看申请", case=number, what="申请内容")
    return download(kept)


@router.post(
    "/applications/{number}/materials/{key}",
    response={201: schemas.AttachedShape},
    summary="提交材料",
    openapi_extra=schemas.HANDED_IN,
)
def hand_in(request: HttpRequest, number: str, key: str) -> schemas.AttachedShape:
    """上传文件（multipart 的 file），或者登记窗口核对的原件、复印件，或者使用电子证照（JSON）。

    窗口人员可以用 licence_number 按编号引用本部门的证照，不收纸质材料。
    """
    by, at = actor_of(request), moment(request)
    application = find(number, by=by, at=at)
    given = _handed_in(request)
    if number_of_licence := given.pop("licence_number", ""):
        document = commands.cite(application, key, number=number_of_licence, by=by, at=at)
    else:
        document = commands.attach(application, key, **given, by=by, at=at)
    return schemas.AttachedShape(**dict(document_shape(document)), missing=_missing(application, at))


@router.delete(
    "/applications/{number}/materials/{key}/{int:document}", response=schemas.RemovedShape, summary="撤回材料"
)
def take_back(request: HttpRequest, number: str, key: str, document: int) -> schemas.RemovedShape:
    """撤回已经提交的一份材料；文件不会丢失。"""
    by, at = actor_of(request), moment(request)
    application = find(number, by=by, at=at)
    found: Document = find_document(application, key, document)
    commands.remove(found, by=by, at=at)
    return schemas.RemovedShape(removed=found.pk, missing=_missing(application, at))


@router.get("/reuse-consent", response=schemas.ConsentShape, summary="是否同意使用以前填过、交过的内容")
def get_reuse_consent(request: HttpRequest, document: str, number: str) -> schemas.ConsentShape:
    """本人或者能代表的单位现在的答复；同一事项再次使用不需要同意。"""
    by, at = actor_of(request), moment(request)
    known = find_subject(document, number)
    if known is None or not speaks_for(by, known.pk, at):
        raise access.MayNotConsent
    return _consent(known, at)


@router.put("/reuse-consent", response=schemas.ConsentShape, summary="同意、不同意或者撤回")
def put_reuse_consent(request: HttpRequest, body: schemas.ConsentGiven) -> schemas.ConsentShape:
    """用于别的事项要由本人（单位由法定代表人）同意，随时可以撤回。"""
    by, at = actor_of(request), moment(request)
    with transaction.atomic():
        subject = _applicant(body.subject, by, at)
        if body.say == "revoke":
            commands.revoke_consent(subject, by=by, at=at)
        else:
            say = commands.give_consent if body.say == "agree" else commands.decline_consent
            say(subject, channel=Channel.WINDOW if by.is_staff else Channel.WEB, by=by, at=at)
    return _consent(subject, at)


@router.post("/applications/{number}/copy", response=ApplicationShape, summary="照抄以前的申请")
def copy_application(request: HttpRequest, number: str, body: schemas.CopyGiven) -> ApplicationShape:
    """同一申请人以前提交的同一事项的申请，整个照抄到草稿；现在不再适用的另外存放。"""
    by, at = actor_of(request), moment(request)
    copy_from(find(number, by=by, at=at), find(body.earlier, by=by, at=at), by=by, at=at)
    return shape(find(number, by=by, at=at), at)


@router.post("/applications/{number}/fields/{field}/wrong", response={204: None}, summary="登记的信息不对")
def report_wrong_field(request: HttpRequest, number: str, field: str) -> None:
    """申请人改过登记或者证照带来的内容：告诉登记部门核实。"""
    by, at = actor_of(request), moment(request)
    report_source(find(number, by=by, at=at), field, by=by, at=at)


@router.post(
    "/application-batches",
    response={201: schemas.BatchShape},
    summary="上传批量申请的工作簿",
    openapi_extra=schemas.WORKBOOK_SENT,
)
def begin_application_batch(request: HttpRequest) -> schemas.BatchShape:
    """multipart：file 工作簿，item 事项，firm 统一社会信用代码，files 表中写到的文件或 zip。一次指出全部错误。"""
    by, at = actor_of(request), moment(request)
    form, file = form_of(request, schemas.BatchGiven), _file_of(request)
    firm = find_subject("uscc", form.firm)
    if firm is None or firm.pk not in access.reach(by, at):
        raise access.NotYours
    edition, upload = catalog.current(form.item), (file.name, file.content)
    sent = [(each.name or "", each) for each in request.FILES.getlist("files")]
    batch = batching.begin_batch(edition=edition, subject=firm, upload=upload, sent=sent, by=by, at=at)
    return _batch(batch.pk, by, at)


@router.get("/application-batches/{int:number}", response=schemas.BatchShape, summary="查看一批申请")
def get_application_batch(request: HttpRequest, number: int) -> schemas.BatchShape:
    """每一行的错误，或者提交后的办件编号。"""
    return _batch(number, actor_of(request), moment(request))


@router.post("/application-batches/{int:number}/confirm", response=schemas.BatchShape, summary="确认提交一批申请")
def confirm_application_batch(request: HttpRequest, number: int, body: schemas.BatchConfirmGiven) -> schemas.BatchShape:
    """确认以后由后台逐件提交；再次确认不会重复提交。"""
    by, at = actor_of(request), moment(request)
    batching.confirm_batch(batches.find_batch(number, by=by, at=at), declared=frozenset(body.declared), by=by, at=at)
    return _batch(number, by, at)


@router.post("/package-applications", response={201: schemas.PackageApplicationShape}, summary="开始“一件事”申请")
def begin_package_application(request: HttpRequest, body: schemas.PackageGiven) -> schemas.PackageApplicationShape:
    """一次申请几个事项：合并的表单自动填入已经掌握的信息，合并的材料每份只要一次。"""
    by, at = actor_of(request), moment(request)
    package = packaging.find_package(body.package)
    with transaction.atomic():
        subject = _applicant(body.subject, by, at)
        begun = together.begin_package(
            package=package, situation=body.situation, left_out=body.left_out, subject=subject, channel=body.channel,
            by=by, at=at,
        )  # fmt: skip
    return schemas.PackageApplicationShape.of(begun, at)


@router.get("/package-applications/{number}", response=schemas.PackageApplicationShape, summary="查看“一件事”申请")
def get_package_application(request: HttpRequest, number: str) -> schemas.PackageApplicationShape:
    """合并的表单和材料、还缺的内容、各个事项的单项申请。"""
    by, at, found = actor_of(request), moment(request), _package(request, number)
    if by.is_staff:
        look(found.subject_id, by=by, at=at, purpose="查看申请", case=number, what="申请内容")
    return schemas.PackageApplicationShape.of(found, at)


@router.put("/package-applications/{number}/answers", response=schemas.PackageAnsweredShape, summary="填写“一件事”表单")
def put_package_answers(request: HttpRequest, number: str, body: schemas.AnswersGiven) -> schemas.PackageAnsweredShape:
    """逐项保存：填对的保存，填错的在 errors 中说明；还没有提交的单项申请会跟着改。"""
    return _package_answered(request, number, body.answers)


def _package_answered(request: HttpRequest, number: str, answers: dict[str, Any]) -> schemas.PackageAnsweredShape:
    by, at = actor_of(request), moment(request)
    errors = together.answer_package(_package(request, number), answers, by=by, at=at)
    kept = schemas.PackageApplicationShape.of(_package(request, number), moment(request))
    return schemas.PackageAnsweredShape(**dict(kept), errors=[schemas.WrongShape(**error) for error in errors])


@router.post(
    "/package-applications/{number}/answers/{name}",
    response=schemas.PackageAnsweredShape,
    summary="用文件填写“一件事”表单的一项",
    openapi_extra=schemas.FILE_SENT,
)
def put_package_file(request: HttpRequest, number: str, name: str) -> schemas.PackageAnsweredShape:
    """上传文件（multipart 的 file）。"""
    return _package_answered(request, number, {name: _file_of(request)})


@router.post(
    "/package-applications/{number}/materials/{key}",
    response={201: schemas.PackageApplicationShape},
    summary="提交“一件事”材料",
    openapi_extra=schemas.HANDED_IN,
)
def hand_in_to_package(request: HttpRequest, number: str, key: str) -> schemas.PackageApplicationShape:
    """一份材料只交一次：上传文件（multipart 的 file），或者使用电子证照、以前交过的材料、承诺后补（JSON）。"""
    by, at = actor_of(request), moment(request)
    given = {name: value for name, value in _handed_in(request).items() if name not in ("copies", "licence_number")}
    together.attach_to_package(_package(request, number), key, **given, by=by, at=at)
    return schemas.PackageApplicationShape.of(_package(request, number), moment(request))


@router.post("/package-applications/{number}/submit", response=schemas.PackageApplicationShape, summary="提交“一件事”")
def submit_package_application(request: HttpRequest, number: str) -> schemas.PackageApplicationShape:
    """现在由各部门分别受理：内容齐全时回答 409 package_item_by_item，请用 divide 分成单项申请，逐项提交。"""
    together.submit_package(_package(request, number), by=actor_of(request), at=moment(request))
    return schemas.PackageApplicationShape.of(_package(request, number), moment(request))


@router.post("/package-applications/{number}/divide", response=schemas.PackageApplicationShape, summary="分成单项申请")
def divide_package_application(request: HttpRequest, number: str) -> schemas.PackageApplicationShape:
    """为能够开始的各项各建一份草稿，带上填写的内容和材料；再逐项提交。"""
    together.divide_package(_package(request, number), by=actor_of(request), at=moment(request))
    return schemas.PackageApplicationShape.of(_package(request, number), moment(request))


@router.post(
    "/package-applications/{number}/items/{slug}",
    response={201: schemas.PackageApplicationShape},
    summary="开始其中一项",
)
def begin_package_part(
    request: HttpRequest, number: str, slug: str, body: schemas.PartGiven
) -> schemas.PackageApplicationShape:
    """为一个事项建草稿；要以单位名义申请的，给出单位。"""
    by, at = actor_of(request), moment(request)
    with transaction.atomic():
        application = _package(request, number)
        subject = _applicant(body.subject, by, at) if body.subject else application.subject
        together.begin_part(application, slug, subject=subject, by=by, at=at)
    return schemas.PackageApplicationShape.of(_package(request, number), moment(request))


@router.delete("/package-applications/{number}", response={204: None}, summary="放弃“一件事”草稿")
def discard_package_application(request: HttpRequest, number: str) -> None:
    """已经分出去的单项申请不受影响。"""
    together.discard_package(_package(request, number), by=actor_of(request), at=moment(request))


def _consent(subject: Subject, at: datetime) -> schemas.ConsentShape:
    said = consenting(subject, at)
    last = said.last
    return schemas.ConsentShape(
        agreed=said.given is not None,
        said=last.said if last else "",
        wording=last.wording if last else "",
        channel=last.channel if last else "",
        said_at=local(last.said_at) if last else None,
        revoked_at=local(last.revoked_at) if last and last.revoked_at else None,
    )


def _batch(number: int, by: Actor, at: datetime) -> schemas.BatchShape:
    found = batches.find_batch(number, by=by, at=at)
    state = batches.state_of(found)
    return schemas.BatchShape(
        id=found.pk, item=found.item.slug, firm=found.subject.number, **asdict(state), to_file=state.to_file,
        confirmed_at=found.confirmed_at, finished_at=found.finished_at,
        rows=[
            schemas.BatchRowShape(
                place=row.place, name=row.name, faults=batches.fault_shapes(row), refused=row.refused,
                number=row.application.number if row.application else None,
                repeats=row.repeats.number if row.repeats else None,
            )
            for row in batches.rows_of(found)
        ],
    )  # fmt: skip


def _package(request: HttpRequest, number: str) -> PackageApplication:
    return find_package_application(number, by=actor_of(request), at=moment(request))


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
        given = {"presented": Presented(body.presented), "copies": body.copies, "note": body.note}
        return given | ({"licence_number": body.licence_number} if body.licence_number else {})
    form, upload = form_of(request, schemas.UploadGiven), request.FILES.get("file")
    return {"copies": form.copies, "note": form.note, "upload": (upload.name or "", upload) if upload else None}


def _file_of(request: HttpRequest) -> GivenFile:
    upload = request.FILES.get("file")
    if upload is None:
        raise Invalid([{"field": "file", "code": "file_missing", "message": "请选择要上传的文件。"}])
    return GivenFile(upload.name or "", upload)


def _missing(application: Application, at: datetime) -> Any:
    return missing_shapes(lacking(application, documents(application), at=at))
