"""Doors for programs: find items and read editions, open to everybody; load and take out many, for those who edit."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from yimen.catalog import commands, schemas
from yimen.catalog.access import require_desk, require_upload
from yimen.catalog.choices import EditionDocument, PackageDocument
from yimen.catalog.models import Upload
from yimen.catalog.queries import (
    Facet,
    consulting,
    counts,
    current,
    difference,
    edition,
    lists,
    packaging,
    search,
    things,
    uploads,
)
from yimen.catalog.queries.answering import answers, situated
from yimen.catalog.queries.editions import released_editions
from yimen.catalog.queries.lists import files as list_files
from yimen.catalog.queries.lists import published
from yimen.catalog.queries.lists.differences import Changes
from yimen.catalog.queries.packaging import shapes as packages
from yimen.catalog.queries.seeking import shapes
from yimen.catalog.queries.uploads.agencies import agency_to_export
from yimen.catalog.queries.uploads.given import as_file
from yimen.files.choices import XLSX, ZIP, MediaType
from yimen.kit.errors import Invalid
from yimen.kit.guards import actor_of
from yimen.kit.paging import page
from yimen.kit.rest import Listed, listed, moment
from yimen.kit.time import day_of, now
from yimen.sheets.queries import schema

router = Router(tags=["事项"])
FILE = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
SENT = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": FILE}}}}


def _given_out(kind: MediaType) -> dict[str, Any]:
    content = {kind.name: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"description": kind.label, "content": content}}}


XLSX_FILE, ZIP_FILE = _given_out(XLSX), _given_out(ZIP)


@router.get("/items", response=Listed[shapes.ItemLine], auth=None, summary="查找事项")
def list_items(request: HttpRequest, asked: Query[shapes.ItemsAsked]) -> dict[str, Any]:
    """不用登录：用平常的话查找事项（简繁体、拼音、首字母、错一个字都可以），或者按部门、主题、对象、人生事件、办理形式、层级、区划浏览。

    多个地方都能办的同一事项只占一条，`places` 列出能办的地方，`near`（或者 `division`、问题里说到的地方）附近的在前。
    """
    found = search(**asked.model_dump())
    return {"items": [shapes.ItemLine.of(hit) for hit in found.items], "next": found.next}


@router.get("/items/{slug}/form", response=dict[str, Any], auth=None, summary="事项表单的 JSON Schema")
def get_form(request: HttpRequest, slug: str, version: int | None = None) -> dict[str, Any]:
    """不用登录：申请表单的定义（JSON Schema 2020-12）。`x-` 开头的词写明条件、预填、数据元、单位和规则。

    不写 `version` 的，是现行版本；事项文件可以用它代替 `form_fields`（写在 `form` 里）。
    """
    found = current(slug) if version is None else edition(slug, version)
    where = f"{settings.YIMEN_ADDRESS}/api/v1/items/{slug}/form?version={found.version}"
    return schema(found.doc, title=found.doc.name, address=where)


@router.get("/schemas/item", response=dict[str, Any], auth=None, summary="事项文件的 JSON Schema")
def get_schema(request: HttpRequest) -> dict[str, Any]:
    """不用登录：一个版本的全部要素（GB/T 39046 表 4 和国家实施清单）的 JSON Schema，用来编写和校验事项文件。"""
    return EditionDocument.model_json_schema()


@router.get("/items/{slug}/editions", response=Listed[schemas.EditionLine], auth=None, summary="事项的各个版本")
def list_editions(request: HttpRequest, slug: str) -> dict[str, Any]:
    """不用登录：已经发布过的版本，新的在前；历史版本的日期没有确认的为空。"""
    found = released_editions(slug)
    return {"items": [schemas.EditionLine.of(each) for each in found], "next": None}


@router.get("/items/{slug}/editions/{int:version}", response=schemas.EditionShape, auth=None, summary="事项的一个版本")
def get_edition(request: HttpRequest, slug: str, version: int) -> schemas.EditionShape:
    """不用登录：办件按受理时的版本办理，可以在这里查到。"""
    return schemas.EditionShape.of(edition(slug, version))


@router.get(
    "/items/{slug}/editions/{int:version}/difference", response=Listed[schemas.ChangeShape], auth=None,
    summary="和另一个版本的区别",
)  # fmt: skip
def get_difference(request: HttpRequest, slug: str, version: int, asked: Query[schemas.Against]) -> dict[str, Any]:
    """不用登录：相对于 `against` 版本，逐项、逐份材料列出新增、删去和改动的内容。"""
    changes = difference(edition(slug, asked.against).doc, edition(slug, version).doc)
    return {"items": [schemas.ChangeShape.of(each) for each in changes], "next": None}


@router.get("/items/facets", response=shapes.FacetsShape, auth=None, summary="查找事项的分类和数量")
def item_facets(request: HttpRequest, asked: Query[shapes.ItemsAsked]) -> dict[str, Any]:
    """不用登录：条件与查找事项相同，返回每个分类下还有哪些值、各有多少项。"""
    given = asked.model_dump(exclude={"cursor", "size", "order", "near"})
    counted = counts(**given)
    listed = {name: [_facet(each) for each in found] for name, found in counted.items()}
    switches = {name: sum(each.count for each in counted[name]) for name in ("once", "online")}
    return {**listed, **switches, "total": search(**given, size=1).total}


@router.get("/search", response=shapes.FoundShape, auth=None, summary="查找一切")
def search_all(request: HttpRequest, asked: Query[shapes.Sought]) -> dict[str, Any]:
    """不用登录：事项、一件事、清单、征求意见，办事指南里的常见问题和情形，一次查找。"""
    found = search(asked.q, size=10, near=asked.near)
    return {
        "items": [shapes.ItemLine.of(hit) for hit in found.items],
        "total": found.total,
        "things": [shapes.ThingLine(**vars(thing)) for thing in things(asked.q)],
        "answers": [shapes.AnswerLine(**vars(answer)) for answer in answers(asked.q, found.items)],
        "situations": [shapes.SituatedLine(**vars(each)) for each in situated(asked.q, found.items)],
    }


def _facet(facet: Facet) -> shapes.FacetValue:
    return shapes.FacetValue(value=facet.value, label=facet.label, count=facet.count)


@router.get("/items/{slug}", response=schemas.EditionShape, auth=None, summary="事项的现行版本")
def get_item(request: HttpRequest, slug: str) -> schemas.EditionShape:
    """不用登录：办事指南的全部内容，包括材料、表单、环节、期限、依据。"""
    return schemas.EditionShape.of(current(slug))


@router.post("/uploads", response={202: schemas.UploadShape}, summary="上传事项文件", openapi_extra=SENT)
def begin_upload(request: HttpRequest) -> tuple[int, schemas.UploadShape]:
    """事项编制人员：上传 Excel 工作簿（.xlsx）、JSON 或 JSON 文件包（.zip）。

    后台检查整个文件，用 `GET /uploads/{number}` 查看进度和结果。
    """
    by, sent = actor_of(request), request.FILES.get("file")
    require_upload(by)
    if sent is None:
        raise Invalid([{"field": "file", "code": "missing", "message": "请附上文件。"}])
    upload = commands.begin_upload(sent.read(), name=sent.name or "", by=by, at=moment(request))
    return 202, schemas.UploadShape.of(upload)


@router.get("/uploads", response=Listed[schemas.UploadShape], summary="上传过的事项文件")
def list_uploads(request: HttpRequest) -> dict[str, Any]:
    """事项编制人员：本人的，以及与本部门有关的，最近的在前，最多 50 次；不含逐格的问题。"""
    by = actor_of(request)
    require_upload(by)
    found = [*uploads.uploads_seen(by)[:50]]
    return {"items": [schemas.UploadShape.of(each, told=False) for each in found], "next": None}


@router.get("/uploads/{int:number}", response=schemas.UploadShape, summary="一次上传的进度和结果")
def get_upload(request: HttpRequest, number: int) -> schemas.UploadShape:
    """事项编制人员。`checking` 正在检查，`bad` 有误（逐格列出），`ready` 待确认。

    `loading` 正在导入，`loaded` 已导入为草稿，`dropped` 已放弃。
    """
    return schemas.UploadShape.of(_upload(request, number))


@router.post("/uploads/{int:number}/confirm", response=schemas.UploadShape, summary="导入为草稿")
def confirm_upload(request: HttpRequest, number: int) -> schemas.UploadShape:
    """事项编制人员：检查通过后确认，全部导入为草稿；有一处不成就全部不导入。"""
    upload = commands.confirm_upload(_upload(request, number), by=actor_of(request), at=moment(request))
    return schemas.UploadShape.of(upload)


@router.get("/workbook", response=None, summary="部门的事项工作簿", openapi_extra=XLSX_FILE)
def get_workbook(request: HttpRequest, asked: Query[schemas.OfAgency]) -> HttpResponse:
    """事项编制、审核人员和管理员：一个部门的全部事项，`agency` 是部门代码；不填时为空白工作簿。"""
    by, at = actor_of(request), moment(request)
    if not asked.agency:
        require_desk(by)
        return as_file(uploads.empty_workbook(at=at), "事项工作簿（空白）", XLSX)
    agency = agency_to_export(asked.agency, by)
    return as_file(uploads.agency_workbook(agency, at=at), f"{agency.name}事项", XLSX)


@router.get("/documents", response=None, summary="全部现行版本（JSON 文件包）", openapi_extra=ZIP_FILE)
def get_documents(request: HttpRequest, asked: Query[schemas.OfAgency]) -> HttpResponse:
    """事项编制、审核人员和管理员：`items/*.json`，可以原样上传；`agency` 是部门代码，可不填。"""
    by = actor_of(request)
    require_desk(by)
    agency = agency_to_export(asked.agency, by) if asked.agency else None
    return as_file(uploads.whole_catalogue(agency), "事项目录", ZIP)


def _upload(request: HttpRequest, number: int) -> Upload:
    by = actor_of(request)
    require_upload(by)
    return uploads.one_upload(number, by)


@router.get("/schemas/package", response=dict[str, Any], auth=None, summary="“一件事”文件的 JSON Schema")
def get_package_schema(request: HttpRequest) -> dict[str, Any]:
    """不用登录：用来编写和校验“一件事”文件。"""
    return PackageDocument.model_json_schema()


@router.get("/packages", response=Listed[packages.PackageLineShape], auth=None, summary="“一件事”目录")
def list_packages(request: HttpRequest) -> dict[str, Any]:
    """不用登录：能一次办的“一件事”，以及各自可能涉及的事项。"""
    return {"items": [packages.PackageLineShape.of(line) for line in packaging.package_lines()], "next": None}


@router.get("/packages/{code}", response=packages.PackageShape, auth=None, summary="一个“一件事”")
def get_package(request: HttpRequest, code: str) -> packages.PackageShape:
    """不用登录：问题、事项、先后关系和条件。"""
    return packages.PackageShape.of(packaging.find_package(code))


@router.post("/packages/{code}/resolve", response=packages.ResolvedShape, auth=None, summary="按回答确定要办什么")
def resolve_package(request: HttpRequest, code: str, body: packages.ResolveGiven) -> packages.ResolvedShape:
    """不用登录，也不保存：要办的事项和顺序、合并的表单和材料、总时限。有问题没有回答的，指出是哪些。"""
    found = packaging.resolve(packaging.find_package(code), body.answers, body.left_out)
    return packages.ResolvedShape.of(found, day_of(moment(request)))


@router.get("/lists", response=Listed[schemas.ListLine], auth=None, summary="公开清单")
def list_lists(request: HttpRequest) -> dict[str, Any]:
    """不用登录：权力、责任、收费、证明等清单，各有多少条，最近公布的是哪个季度。"""
    return {"items": published.directory(), "next": None}


@router.get("/lists/{code}", response=schemas.ListPage, auth=None, summary="一份清单的现行内容")
def get_list(request: HttpRequest, code: str, asked: Query[schemas.RowsAsked]) -> dict[str, Any]:
    """不用登录：可以按词、部门、层级缩小范围。"""
    heads = published.heads_of(lists.list_kind(code).code)
    return _rows(code, None, heads, lists.current_rows(code), asked)


@router.get("/lists/{code}/{quarter}", response=schemas.ListPage, auth=None, summary="一个季度公布的清单")
def get_published_list(
    request: HttpRequest, code: str, quarter: str, asked: Query[schemas.RowsAsked]
) -> dict[str, Any]:
    """不用登录：公布时的内容，公布后不再改动。季度写作 2026Q4。"""
    found = published.publication(lists.list_kind(code).code, quarter)
    return _rows(code, quarter, published.heads_published(found), published.published_rows(found), asked)


@router.get("/lists/{code}/{quarter}/changes", response=dict[str, Any], auth=None, summary="一个季度公布时的变化")
def get_list_changes(request: HttpRequest, code: str, quarter: str) -> dict[str, Any]:
    """不用登录：和上一次公布的内容相比，新增、取消、变更了哪些条目，变更的逐栏列出。"""
    found = published.publication(lists.list_kind(code).code, quarter)
    heads = published.heads_published(found)
    return list_files.changes_json(heads, Changes.read(found.changes), settings.YIMEN_ADDRESS)


def _rows(
    code: str, quarter: str | None, heads: list[tuple[str, str]], rows: lists.Entries, asked: schemas.RowsAsked
) -> dict[str, Any]:
    given = lists.Asked(asked.q, asked.agency, asked.level)
    found = lists.page_of(rows, given, cursor=asked.cursor, size=asked.size)
    return {
        "code": code,
        "quarter": quarter,
        "total": found.total,
        "columns": list_files.heads_json(heads),
        "items": [list_files.row_json(heads, row, settings.YIMEN_ADDRESS) for row in found.items],
        "next": found.next,
    }


@router.get("/consultations", response=Listed[schemas.ConsultationLine], auth=None, summary="证明公开征求意见")
def list_consultations(request: HttpRequest, asked: Query[schemas.ConsultationsAsked]) -> dict[str, Any]:
    """不用登录：`state` 为 upcoming（即将开始）、open（征求意见中）、waiting（待答复）或 concluded（已办结）。"""
    today = day_of(now())
    rows = consulting.in_state(consulting.consultations(asked=asked.q), asked.state, today)
    found = page(rows, by=("-opens_on", "-id"), cursor=asked.cursor, size=50)
    return listed(found, lambda each: schemas.ConsultationLine.of(each, today))


@router.get("/consultations/{int:number}", response=schemas.ConsultationLine, auth=None, summary="一次征求意见")
def get_consultation(request: HttpRequest, number: int) -> schemas.ConsultationLine:
    """不用登录：理由、依据、期限、意见条数，办结后还有答复和结果。"""
    return schemas.ConsultationLine.of(consulting.consultation(number), day_of(now()))
