"""What people take home as PDF: the leaflet of a guide (宣传册), the list for one situation (一次性告知单)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.catalog.queries.details import BasisLine, Details, PlaceLine, details
from yimen.catalog.queries.guide import Guide, MaterialLine, StepLine
from yimen.catalog.queries.packaging import lead_agency
from yimen.catalog.queries.packaging.papers import PaperLine, guides_of, papers
from yimen.kit import qr
from yimen.kit.typeset import typeset
from yimen.portal.queries.browsing import audience
from yimen.portal.queries.guiding import address_of
from yimen.portal.queries.packages import Totals, steps, totals

if TYPE_CHECKING:
    from yimen.catalog.models import Edition
    from yimen.catalog.queries.packaging import Resolution
    from yimen.portal.queries.situation import Answered

FOLDER = Path(__file__).parent.parent / "typst"
SIZES = ("a4", "a5")
LANGUAGE = "zh-hans"
"""Of everything on them: what the catalogue says is Chinese, and so are their headings."""
KEPT = 24 * 3600
MANY_PLACES = 3


def brochure(edition: Edition, guide: Guide, details: Details, *, size: str) -> bytes:
    """The leaflet; kept for a day under what it says, so that a changed hall or edition shows at once."""
    facts = _brochure_facts(edition, guide, details) | {"size": size}
    return _set("brochure.typ", facts, edition, dated=edition.valid_from or date.min)


def checklist(
    edition: Edition, found: Answered, details: Details, situation: Sequence[tuple[str, str]], *, dated: date
) -> bytes:
    """The list of one person's situation. It says when it was printed: the catalogue may change."""
    guide = found.guide
    groups = [
        (_("必须交的材料"), found.required),
        (_("可以先受理、以后补交的"), found.deferrable),
        (_("可能要交：要看还不确定的问题"), found.possible),
        (_("用得上才交的"), found.optional),
    ]
    facts = {
        **_shared(edition, guide, details),
        "size": "a4",
        "situation": [list(row) for row in situation],
        "groups": [{"title": title, "rows": [_material(line) for line in lines]} for title, lines in groups if lines],
        "spared": "、".join(found.spared),
        "fields": "、".join(found.fields),
        "law": _(
            "以上是按您的回答一次告知的全部材料，办理机关不得要求提交以外的材料（行政许可法第三十一条、第三十二条）。"
        ),
        "edition": _("第 %(n)s 版，%(day)s 打印") % {"n": edition.version, "day": _day(dated)},
    }
    return _set("checklist.typ", facts, edition, dated=dated)


def package_checklist(found: Resolution, situation: Sequence[tuple[str, str]], *, started: date) -> bytes:
    """The list of one person's package: the items in their order, and what to bring, each thing once."""
    package, document = found.package, found.document
    guides = guides_of(found.assembly)
    lines = papers(found.assembly, guides, {}, {})
    told = totals(found, guides, lines, started)
    asked = [details(member.edition) for member in found.assembly.members]
    lead = lead_agency(document.lead_department)
    facts = {
        "city": settings.YIMEN_CITY_NAME,
        "title": document.name,
        "office": lead.name if lead else "",
        "scan": _("扫码看指南、在线办理"),
        "answers": [list(pair) for pair in _totals(told)],
        "places": _places(asked),
        "contacts": [list(pair) for pair in _contacts(asked[0])],
        "size": "a4",
        "situation": [list(row) for row in situation],
        "groups": [*_way(found, started), *_papers(lines)],
        "spared": "",
        "fields": "",
        "law": _(
            "以上是按您的回答一次告知的全部材料，办理机关不得要求提交以外的材料（行政许可法第三十一条、第三十二条）。"
        ),
        "edition": _("第 %(n)s 版，%(day)s 打印") % {"n": package.version, "day": _day(started)},
    }
    address = f"{settings.YIMEN_ADDRESS}{reverse('portal:package', args=[document.code])}"
    return _set_for("checklist.typ", facts, package.digest, address, dated=started)


def _totals(told: Totals) -> Iterator[tuple[str, str]]:
    yield _("要办几项"), _("%(n)d 项，一次申请") % {"n": told.items}
    yield _("多久办好"), told.days
    yield _("要跑几趟"), _("最多 %(n)d 次") % {"n": told.visits} if told.visits else _("一次也不用跑")
    yield _("要多少钱"), told.fee_sum or "；".join(told.fees) or _("不收费")


def _places(asked: Sequence[Details]) -> list[dict[str, Any]]:
    """Each place once: most items of a package are handled in the same hall."""
    found = {(place.name, place.address): _place(place, each) for each in asked for place in each.places}
    return list(found.values())[:MANY_PLACES]


def _way(found: Resolution, started: date) -> list[dict[str, Any]]:
    rows = [
        {"name": f"{number}. {each.name}", "how": each.agency, "note": each.limit}
        for number, step in enumerate(steps(found, guides_of(found.assembly), started), 1)
        for each in step.members
    ]
    return [{"title": _("要办的事项（号码相同的同时办）"), "rows": rows}]


def _papers(lines: Sequence[PaperLine]) -> list[dict[str, Any]]:
    groups = [
        (_("必须交的材料（每份只交一次）"), [line for line in lines if line.required and not line.given]),
        (_("用得上才交、或者可以后补的"), [line for line in lines if not line.required and not line.given]),
        (_("前面办好的会产生，不用带"), [line for line in lines if line.given]),
    ]
    return [{"title": title, "rows": [_paper(line) for line in found]} for title, found in groups if found]


def _paper(line: PaperLine) -> dict[str, str]:
    wanted = _("用于：%(items)s") % {"items": "、".join(dict.fromkeys(each.item for each in line.wanted))}
    notes = ["" if line.required or line.given else line.necessity, wanted, line.spared]
    return {"name": line.name, "how": line.how, "note": "；".join(note for note in notes if note)}


def answer(pdf: bytes, name: str) -> HttpResponse:
    """To be shown in the browser, with a name for saving."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    return response


def _set(template: str, facts: dict[str, Any], edition: Edition, *, dated: date) -> bytes:
    return _set_for(template, facts, edition.digest, address_of(edition), dated=dated)


def _set_for(template: str, facts: dict[str, Any], digest: str, address: str, *, dated: date) -> bytes:
    told = f"{template}|{digest}|{sorted(facts.items())!r}"
    key = f"leaflet:{hashlib.sha256(told.encode()).hexdigest()}"
    kept = cache.get(key)
    if kept is None:
        pictures = {"qr.svg": qr.svg(address)}
        kept = typeset(FOLDER, template, facts, dated=dated, pictures=pictures)
        cache.set(key, kept, KEPT)
    return bytes(kept)


def _shared(edition: Edition, guide: Guide, details: Details) -> dict[str, Any]:
    released = edition.valid_from or edition.released_at
    return {
        "city": settings.YIMEN_CITY_NAME,
        "title": guide.name,
        "office": guide.office.name,
        "scan": _("扫码看指南、在线办理"),
        "answers": [list(pair) for pair in _answers(guide)],
        "places": [_place(place, details) for place in details.places[:MANY_PLACES]],
        "contacts": [list(pair) for pair in _contacts(details)],
        "edition": _("第 %(n)s 版，%(day)s 起施行") % {"n": edition.version, "day": _day(released)},
    }


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _brochure_facts(edition: Edition, guide: Guide, details: Details) -> dict[str, Any]:
    return {
        **_shared(edition, guide, details),
        "conditions": list(guide.conditions),
        "materials": [_material(line) for line in guide.materials],
        "steps": [_together(group) for group in _groups(guide)],
        "special": [f"{each.name}{each.days}" for each in guide.procedures if not each.counted],
        "outcome": [list(pair) for pair in _outcome(guide)],
        "basis": [_basis(each) for each in details.basis] or [_("目录还没有填写")],
    }


def _basis(each: BasisLine) -> str:
    return " ".join([f"《{each.title}》", *(words for _label, words in each.facts[:2])])


def _groups(guide: Guide) -> list[list[StepLine]]:
    """Steps that run side by side are one."""
    groups: list[list[StepLine]] = []
    for step in guide.steps:
        if step.parallel and groups:
            groups[-1].append(step)
        else:
            groups.append([step])
    return groups


def _together(group: list[StepLine]) -> str:
    said = [f"{step.name}（{step.days}）" if step.days else step.name for step in group]
    return _("与").join(said)


def _answers(guide: Guide) -> Iterator[tuple[str, str]]:
    yield _("谁可以办"), audience(guide.subjects)
    limits = guide.promised if guide.instant else _("%(promised)s（法定 %(statutory)s）")
    yield _("多久办好"), limits % {"promised": guide.promised, "statutory": guide.statutory}
    yield _("要跑几趟"), _("%(visits)s；%(online)s") % {"visits": guide.visits_words, "online": guide.online}
    yield _("要多少钱"), guide.fee


def _outcome(guide: Guide) -> Iterator[tuple[str, str]]:
    yield _("收费"), guide.fee
    if guide.fee_basis:
        yield _("收费依据"), guide.fee_basis
    yield _("结果"), "、".join(result.name for result in guide.results) or _("决定书")
    if guide.delivery:
        yield _("领取"), "、".join(guide.delivery)


def _contacts(details: Details) -> Iterator[tuple[str, str]]:
    yield from details.consult
    yield _("状态查询"), _("%(address)s 凭办件编号和查询密码") % {"address": f"{settings.YIMEN_ADDRESS}/query/"}
    yield _("监督投诉"), "、".join(dict.fromkeys(words for _label, words in details.supervise))


def _material(line: MaterialLine) -> dict[str, str]:
    when = _("只在%(when)s时要交") % {"when": line.when} if line.when else ""
    notes = [when or ("" if line.required else line.necessity), line.spared]
    return {"name": line.name, "how": line.how, "note": "；".join(note for note in notes if note)}


def _place(place: PlaceLine, details: Details) -> dict[str, Any]:
    buses = "；".join(place.buses) or place.directions
    hours = place.hours or _("请先致电 %(phone)s") % {"phone": place.phone or details.ask}
    lines = [
        place.address + (f"（{place.what}）" if place.what else ""),
        _("时间：%(hours)s") % {"hours": hours},
        _("乘车：%(buses)s") % {"buses": buses} if buses else "",
        _("电话：%(phone)s") % {"phone": place.phone} if place.phone else "",
    ]
    return {"name": place.name, "lines": [line for line in lines if line]}
