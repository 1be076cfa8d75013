"""The doors for programs: checking in numbers, one's own licences, using them from a case."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router

from yimen.city.queries import agency
from yimen.files.queries import download
from yimen.identity.queries import subject
from yimen.kit.errors import Invalid, NotFound
from yimen.kit.guards import actor_of
from yimen.kit.idempotency import beside
from yimen.kit.rest import Listed, form_of, moment
from yimen.kit.web import address_of
from yimen.law.presenting import LIFE, CodeState
from yimen.law.said import said
from yimen.ledger.commands import count_attempt
from yimen.vault import access, commands, queries, schemas
from yimen.vault.choices import UseKind
from yimen.vault.models import Licence

router = Router(tags=["证照"])
SCAN_SENT = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "kind", "number"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "kind": {"type": "string", "maxLength": 60},
                        "agency": {"type": "string", "maxLength": 40},
                        "outside": {"type": "string", "maxLength": 100},
                        "outside_region": {"type": "string", "maxLength": 60},
                        "number": {"type": "string", "maxLength": 120},
                        "holder": {"type": "integer"},
                        "issued_on": {"type": "string", "format": "date"},
                        "valid_to": {"type": "string", "format": "date"},
                        "fields": {"type": "string", "description": "JSON"},
                    },
                }
            }
        },
    }
}
# Of a machine's checks of a minute, a process counts one in so many ahead.
MACHINE_SHARE = 500
PDF = {
    "responses": {
        200: {
            "description": "PDF",
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


class NoSuchLicence(NotFound):
    code = "no_such_licence"
    sentence = "没有这份证照，或者您不能查看它。"


class CodeRanOut(NotFound):
    """The same for a code that ran out and for one that nobody was ever shown."""

    code = "code_ran_out"
    sentence = "这个亮证码不存在或者已经过期，请对方出示新的码。"


@router.get("/public/licences/{code}", response=schemas.CheckShape, auth=None, summary="核验一份证照")
def check_licence(request: HttpRequest, code: str) -> schemas.CheckShape:
    """不用登录：凭印在证照上的验证码核验是否有效和原因。个人的姓名和编号部分隐藏。每分钟有次数限制，带令牌的机器限额更高。"""
    at = moment(request)
    _count(request, 1)
    found = queries.by_token(code)
    if found is None:
        return schemas.checked(code[:64], None, at)
    commands.count_printed([found.pk], at=at)
    return schemas.checked(code, queries.check(found, at), at)


@router.post("/public/licence-checks", response=Listed[schemas.CheckShape], auth=None, summary="成批核验证照")
def check_licences(request: HttpRequest, body: schemas.ChecksGiven) -> dict[str, Any]:
    """不用登录：一次最多核验 100 份，按给出的次序回答；每份计一次。"""
    at = moment(request)
    _count(request, len(body.codes))
    found = queries.by_tokens(body.codes)
    commands.count_printed([licence.pk for licence in found.values()], at=at)
    told = {code: queries.check(licence, at) for code, licence in found.items()}
    return {"items": [schemas.checked(code, told.get(code), at) for code in body.codes]}


@router.post("/licences/presented/{code}/check", response=schemas.CheckShape, summary="核验亮证码")
def check_presented(request: HttpRequest, code: str) -> schemas.CheckShape:
    """核验手机上出示的亮证码。一个码一分钟内只供一个核验人使用，本账号可以重复；别人用过的答复 409 code_used。"""
    at, by = moment(request), actor_of(request)
    _count(request, 1)
    shown = queries.shown_code(code)
    checker = f"account:{by.account}"
    state = queries.state_of(shown, checker=checker, at=at) if shown else CodeState.RUN_OUT
    if shown is None or state is CodeState.RUN_OUT:
        raise CodeRanOut
    if state is CodeState.USED:
        beside(partial(commands.note_misuse, shown, state, by=by, at=at))
        raise commands.CodeTaken
    check = queries.check(queries.behind(shown), at)
    if state is CodeState.OPEN:
        commands.take(shown, checker=checker, told=check.standing, by=by, at=at)
    return schemas.checked(queries.plain_code(code), check, at)


@router.get("/licences", response=Listed[schemas.LicenceLine], summary="我的证照")
def list_licences(request: HttpRequest) -> dict[str, Any]:
    """自己的和委托人允许查看的电子证照，最近签发的在前。"""
    at = moment(request)
    held = queries.with_freezes(queries.held_by(access.holders(actor_of(request), at)))
    return {"items": [schemas.line(licence, at) for licence in held[:500]]}


@router.get("/licences/{int:licence}", response=schemas.LicenceShape, summary="查看自己的证照")
def get_licence(request: HttpRequest, licence: int) -> dict[str, Any]:
    """证照上的全部内容。"""
    return schemas.whole(_own(request, licence), moment(request))


@router.get("/licences/{int:licence}/uses", response=Listed[schemas.UseShape], summary="证照的使用记录")
def list_uses(request: HttpRequest, licence: int, asked: Query[schemas.UsesAsked]) -> dict[str, Any]:
    """出示、核验、工作人员查看和调取的每一次，最近的在前。"""
    page = queries.uses_of([_own(request, licence).pk], cursor=asked.cursor, size=asked.size)
    told = zip(page.items, queries.lines(page.items), strict=True)
    return {"items": [schemas.use(one, line) for one, line in told], "next": page.next}


@router.post("/licences/{int:licence}/presenting-codes", response=schemas.CodeShape, summary="亮证")
def present_licence(request: HttpRequest, licence: int) -> schemas.CodeShape:
    """生成一个亮证码：60 秒内供一个人核验。码和地址都不含任何个人信息。"""
    shown = commands.present(_own(request, licence), by=actor_of(request), at=moment(request))
    address = queries.code_address(shown.code)
    return schemas.CodeShape(code=shown.code, address=address, expires_in=int(LIFE.total_seconds()))


@router.get("/cases/{number}/licences", response=Listed[schemas.LicenceLine], summary="办件可以使用的证照")
def list_case_licences(request: HttpRequest, number: str) -> dict[str, Any]:
    """工作人员：事项需要的、申请人持有的，或者已经作为材料提交的证照。查看目录也会留下记录。"""
    at = moment(request)
    case = commands.opened_case(number, by=actor_of(request), at=at)
    return {"items": [schemas.line(licence, at) for licence in queries.for_matter(case)]}


@router.post("/cases/{number}/licences/cite", response=schemas.LicenceShape, summary="按编号引用证照")
def cite_licence(request: HttpRequest, number: str, body: schemas.CiteGiven) -> dict[str, Any]:
    """工作人员：本部门颁发的证照，申请人报编号即可，不用交原件或者复印件。"""
    at = moment(request)
    found, _use = commands.cite(body.number, case=number, purpose=body.purpose, by=actor_of(request), at=at)
    return schemas.whole(found, at)


@router.post("/licences/{int:licence}/uses", response=schemas.LicenceShape, summary="用证")
def use_licence(request: HttpRequest, licence: int, body: schemas.UseGiven) -> dict[str, Any]:
    """工作人员：凭需要这份证照的在办办件，写明事由，查看内容（无办件不得调证）。被拒绝的也会记录。"""
    at = moment(request)
    found, _use, _case = commands.opened(licence, case=body.case, purpose=body.purpose, by=actor_of(request), at=at)
    return schemas.whole(found, at)


@router.post("/licences/{int:licence}/copies", response=None, summary="调取加注件", openapi_extra=PDF)
def copy_licence(request: HttpRequest, licence: int, body: schemas.UseGiven) -> HttpResponse:
    """工作人员：写明事由、办件、部门和有效期的 PDF，只供本件使用。"""
    found, use, _case = commands.opened(
        licence, case=body.case, purpose=body.purpose, kind=UseKind.COPIED, by=actor_of(request), at=moment(request)
    )
    answer = HttpResponse(queries.marked_copy(found, use), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="copy-{use.pk}.pdf"'
    return answer


@router.get("/licences/{int:licence}/file", response=None, summary="证照的签章文件", openapi_extra=PDF)
def get_licence_file(request: HttpRequest, licence: int) -> HttpResponseBase:
    """PDF/A 版式文件，内含颁发机关的电子签章（PAdES）。持证人和受托查看的人可以下载；每次下载的内容完全相同。"""
    return download(commands.filed(_own(request, licence), at=moment(request)).file_id)


@router.post("/licences/uploads", response=schemas.LicenceShape, summary="上传已有的证照", openapi_extra=SCAN_SENT)
def upload_licence(request: HttpRequest) -> dict[str, Any]:
    """证照库没有的纸质证照：扫描件（file）和证照上的内容，登记为 C 级；窗口核验原件以后成为 B 级，才能用来办事。"""
    at, by = moment(request), actor_of(request)
    given, file = form_of(request, schemas.LicenceUpload), request.FILES.get("file")
    if file is None:
        raise Invalid([{"field": "file", "code": "file_missing", "message": said("请选择要上传的文件。")}])
    kind = queries.kind_named(given.kind)
    if kind is None:
        raise Invalid([{"field": "kind", "code": "unknown_kind", "message": said("没有这种证照。")}])
    made = commands.upload(
        kind, holder=subject(given.holder or by.subject or 0), number=given.number,
        agency=agency(given.agency) if given.agency else None,
        outside=commands.Outside(given.outside, given.outside_region), fields=given.fields,
        scan=(file.name or "", file), issued_on=given.issued_on, valid_to=given.valid_to, by=by, at=at,
    )  # fmt: skip
    return schemas.whole(made, at)


@router.post("/licences/{int:licence}/take-back", response=schemas.LicenceLine, summary="删除上传的证照")
def take_back_upload(request: HttpRequest, licence: int, body: schemas.ReasonGiven) -> dict[str, Any]:
    """只能删除自己上传的、还没有核验原件的。"""
    at = moment(request)
    gone = commands.take_back(_own(request, licence), reason=body.reason, by=actor_of(request), at=at)
    return schemas.line(gone, at)


@router.post("/licences/{int:licence}/original-check", response=schemas.LicenceShape, summary="核验证照原件")
def compare_original(request: HttpRequest, licence: int, body: schemas.CompareGiven) -> dict[str, Any]:
    """工作人员：凭需要它的在办办件，核对持证人上传的证照与原件一致，C 级升为 B 级。valid_to：原件的有效期至。"""
    at = moment(request)
    found = commands.compare(licence, **body.model_dump(), by=actor_of(request), at=at)
    return schemas.whole(found, at)


@router.get("/public/licence-kinds", response=Listed[schemas.KindLine], auth=None, summary="证照种类")
def list_kinds(request: HttpRequest) -> dict[str, Any]:
    """不用登录：全部证照种类，按代码排列。"""
    found = sorted(queries.kinds().values(), key=lambda kind: kind.code)
    return {"items": [schemas.kind_line(kind) for kind in found]}


@router.get("/public/licence-kinds/{code}", response=schemas.KindShape, auth=None, summary="一个证照种类")
def get_kind(request: HttpRequest, code: str) -> schemas.KindShape:
    """不用登录：证照种类的字段（名称、类型、敏感程度）和现行版式。"""
    kind = queries.kind_named(code)
    if kind is None:
        raise NotFound
    return schemas.kind_shape(kind)


def _own(request: HttpRequest, licence: int) -> Licence:
    found = queries.own_licence(licence) if licence < 2**63 else None
    if found is None or not access.may_see(found, by=actor_of(request), at=moment(request)):
        raise NoSuchLicence
    return found


def _count(request: HttpRequest, times: int) -> None:
    """Machines with an account may ask more often than an address. Raises TooOften."""
    by = actor_of(request)
    who, limit, ahead = f"licence:{address_of(request)}", settings.YIMEN_CHECKS_PER_MINUTE, 0
    if by.user is not None and request.headers.get("Authorization"):
        who, limit = f"licence-by:{by.user}", settings.YIMEN_MACHINE_CHECKS_PER_MINUTE
        ahead = limit // MACHINE_SHARE
    count_attempt(who, at=moment(request), limit=limit, times=times, ahead=ahead)
