"""What a guide says below its first view: whom and where to ask, the law, fees, rights, codes. Nothing is left empty:

what the edition doesn't say comes from the agency and the halls, or from the general law, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yimen.catalog.choices import AgentService, EditionDocument, FeeRow, Material, Remedy, Result
from yimen.catalog.models import Edition
from yimen.catalog.queries.guide import Download, download
from yimen.city.queries import halls
from yimen.kit.commands import read_once
from yimen.ui.words import plain_date

if TYPE_CHECKING:
    from yimen.catalog.choices import LegalBasis
    from yimen.city.models import Agency, Hall

HOTLINE = "12345"

Pair = tuple[str, str]


@dataclass(frozen=True)
class PlaceLine:
    """Where it is handled. what: 窗口、地点类别; buses: one line each."""

    name: str
    address: str
    hours: str
    what: str
    phone: str
    buses: tuple[str, ...]
    directions: str


@dataclass(frozen=True)
class BasisLine:
    """A rule that the item rests on, in its parts."""

    title: str
    facts: tuple[Pair, ...]
    text: str
    url: str


@dataclass(frozen=True)
class Details:
    """places_own: the edition names its places itself. accountability_own: and who answers for mistakes.

    forms, samples: (material or result, download). ask: whom to call about whatever the catalogue doesn't say.
    """

    office: tuple[Pair, ...]
    places: tuple[PlaceLine, ...]
    places_own: bool
    consult: tuple[Pair, ...]
    supervise: tuple[Pair, ...]
    basis: tuple[BasisLine, ...]
    fees: tuple[FeeRow, ...]
    forms: tuple[tuple[str, Download], ...]
    samples: tuple[tuple[str, Download], ...]
    mistakes: tuple[tuple[str, tuple[str, ...]], ...]
    agents: tuple[AgentService, ...]
    enjoyed: tuple[str, ...]
    duties: tuple[str, ...]
    accountability: tuple[str, ...]
    accountability_own: bool
    reconsideration: Remedy | None
    litigation: Remedy | None
    quota: str
    process: str
    limit_notes: tuple[str, ...]
    special_note: str
    ways: tuple[Pair, ...]
    facts: tuple[Pair, ...]
    ask: str


def details(edition: Edition) -> Details:
    """All of it; one statement for the halls where the edition names no place."""
    document, agency = edition.doc, edition.item.agency
    rights = document.rights
    return Details(
        office=tuple(_office(document, agency)),
        places=tuple(_own_places(document)) or tuple(_city_places(agency)),
        places_own=bool(document.places),
        consult=tuple(_consult(document, agency)),
        supervise=tuple(_supervise(document)),
        basis=tuple(_basis(each) for each in document.legal_basis),
        fees=document.fee.rows,
        forms=tuple(_files(document, "blank_form")),
        samples=tuple(_files(document, "sample")),
        mistakes=tuple((each.name, each.common_mistakes) for each in document.materials if each.common_mistakes),
        agents=document.agents,
        enjoyed=rights.enjoyed,
        duties=rights.duties,
        accountability=rights.accountability or tuple(_accountability(document)),
        accountability_own=bool(rights.accountability),
        reconsideration=rights.reconsideration,
        litigation=rights.litigation,
        quota=document.quota or "",
        process=document.process or "",
        limit_notes=tuple(note for note in (document.promised_note, document.statutory_note) if note),
        special_note=document.special_note or "",
        ways=tuple(_ways(document)),
        facts=tuple(_facts(document)),
        ask=ask(document, agency),
    )


def ask(document: EditionDocument, agency: Agency) -> str:
    """The number to call about whatever is not written."""
    return document.contacts.consult_phone or agency.window_phone or agency.phone or HOTLINE


def _office(document: EditionDocument, agency: Agency) -> Iterator[Pair]:
    authority = document.authority
    yield _("实施主体"), agency.name
    if authority.nature:
        yield _("实施主体性质"), authority.nature
    if authority.handled_by:
        yield _("承办机构"), authority.handled_by.name
    if authority.entrusted_by:
        yield _("委托部门"), authority.entrusted_by
    if authority.joint:
        yield _("联办机构"), "、".join(each.name for each in authority.joint)


def _own_places(document: EditionDocument) -> Iterator[PlaceLine]:
    for each in document.places:
        yield PlaceLine(
            name=each.name,
            address=each.address,
            hours=each.hours or "",
            what=_("，").join(part for part in (each.window, each.kind) if part),
            phone=each.phone or "",
            buses=each.buses,
            directions=each.directions or "",
        )


def _city_places(agency: Agency) -> Iterator[PlaceLine]:
    for hall in sorted(all_halls(), key=lambda each: (len(each.division.path), each.code)):
        buses = tuple(filter(None, (hall.bus_lines,)))
        yield PlaceLine(hall.name, hall.address, hall.open_hours, _("综合窗口"), hall.phone, buses, "")
    if agency.address:
        yield PlaceLine(agency.name, agency.address, "", "", agency.window_phone or agency.phone, (), "")


def all_halls() -> list[Hall]:
    """Read once for a page, which shows them in several places."""
    return read_once("catalog.halls", lambda: list(halls()))


def _consult(document: EditionDocument, agency: Agency) -> Iterator[Pair]:
    contacts = document.contacts
    if contacts.consult_phone:
        yield _("咨询电话"), contacts.consult_phone
    else:
        yield from ((label, phone) for label, phone in _phones(agency) if phone)
    yield _("政务服务便民热线"), HOTLINE
    if contacts.consult:
        yield _("其他方式"), contacts.consult


def _phones(agency: Agency) -> tuple[Pair, ...]:
    return ((_("窗口电话"), agency.window_phone), (_("部门电话"), agency.phone))


def _supervise(document: EditionDocument) -> Iterator[Pair]:
    contacts = document.contacts
    if contacts.supervise_phone:
        yield _("监督投诉电话"), contacts.supervise_phone
    if contacts.supervise_phone != HOTLINE:
        yield _("政务服务便民热线"), HOTLINE
    yield _("现场反映"), contacts.supervise or _("政务服务中心“办不成事”反映窗口")


def _basis(each: LegalBasis) -> BasisLine:
    pairs = (
        (_("文号"), each.document_no), (_("条款"), each.article), (_("颁布机关"), each.issuer),
        (_("实施日期"), plain_date(each.effective_from) if each.effective_from else ""), (_("依据类别"), each.rank),
    )  # fmt: skip
    facts = tuple((label, str(words)) for label, words in pairs if words)
    return BasisLine(each.title, facts, each.text or "", each.url or "")


def _files(document: EditionDocument, what: str) -> Iterator[tuple[str, Download]]:
    parts: list[Material | Result] = [*document.materials, *document.results]
    for part in parts:
        found = download(getattr(part, what, None), document.slug)
        if found:
            yield part.name, found


def _accountability(document: EditionDocument) -> Iterator[str]:
    """What the general law says, for an item that names nothing of its own."""
    if document.kind == "行政许可":
        yield _(
            "符合条件的申请不予受理、材料不齐不一次告知、不说明不予受理或者不予许可的理由的，由上级机关或者监察机关责令改正；"
            "情节严重的，对直接负责的人员依法给予处分（行政许可法第七十二条）。"
        )
        yield _("办理许可时索取或者收受财物的，依法给予处分；构成犯罪的，依法追究刑事责任（行政许可法第七十三条）。")
        yield _("违法实施许可给您造成损害的，依法给予赔偿（行政许可法第七十六条）。")
        return
    yield _("工作人员滥用职权、玩忽职守，造成不良后果的，依法给予政务处分（公职人员政务处分法第三十九条）。")
    yield _("违法行使职权给您造成损害的，您有权依法取得赔偿（国家赔偿法第二条）。")


def _ways(document: EditionDocument) -> Iterator[Pair]:
    """Forms of handling: what can be done where."""
    yes, online, post = _("支持"), document.online, document.post
    pairs = (
        (_("办理形式"), "、".join(document.channels)),
        (_("必须到现场的原因"), document.visits_reason or ""),
        (_("网上办理地址"), online.url or ""),
        (_("移动端办理地址"), online.mobile_url or ""),
        (_("网上可以做到"), "、".join(online.stages)),
        (_("网上支付"), yes if online.payment else ""),
        (_("自助终端"), "、".join(document.terminals)),
        (_("预约办理"), _appointment(document)),
        (_("邮寄申请材料"), yes if post.materials else ""),
        (_("邮寄办理结果"), yes if post.results or "邮寄" in document.delivery else ""),
        (_("通办范围"), document.scope or (_("可跨市办理") if document.cross_city else "")),
        (_("告知承诺制"), yes if document.commitment else ""),
    )
    return ((label, words) for label, words in pairs if words)


def _appointment(document: EditionDocument) -> str:
    each = document.appointment
    if each is None:
        return ""
    daily = _("每天可预约 %(n)s 件") % {"n": each.per_day} if each.per_day else _("支持")
    return _("，").join(part for part in (daily, each.rule) if part)


def _facts(document: EditionDocument) -> Iterator[Pair]:
    """事项信息: what offices and exchange partners call it."""
    codes, authority = document.codes, document.authority
    pairs = (
        (_("事项类型"), document.kind),
        (_("办件类型"), document.case_type.value),
        (_("日常用语"), "、".join(document.everyday_words)),
        (_("基本编码"), codes.basic or ""),
        (_("实施编码"), codes.implementation or document.code or ""),
        (_("业务办理项编码"), codes.handling_item or ""),
        (_("行使层级"), "、".join(document.level)),
        (_("权力来源"), authority.source or ""),
        (_("权限划分"), authority.division or ""),
        (_("行使内容"), authority.content or ""),
        (_("中央业务指导部门"), authority.guided_by or ""),
        (_("运行系统"), document.online.system_level or ""),
        (_("服务对象"), "、".join(document.subjects)),
        (_("主题"), "、".join(dict.fromkeys((*document.theme, *document.person_themes, *document.firm_themes)))),
    )
    return ((label, words) for label, words in pairs if words)
