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
from django.utils.translation import gettext as _

from yimen.catalog.queries.details import BasisLine, Details, PlaceLine
from yimen.catalog.queries.guide import Guide, MaterialLine, StepLine
from yimen.kit import qr
from yimen.kit.typeset import typeset
from yimen.portal.queries.browsing import audience
from yimen.portal.queries.guiding import address_of

if TYPE_CHECKING:
    from yimen.catalog.models import Edition
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


def answer(pdf: bytes, name: str) -> HttpResponse:
    """To be shown in the browser, with a name for saving."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    return response


def _set(template: str, facts: dict[str, Any], edition: Edition, *, dated: date) -> bytes:
    told = f"{template}|{edition.digest}|{sorted(facts.items())!r}"
    key = f"leaflet:{hashlib.sha256(told.encode()).hexdigest()}"
    kept = cache.get(key)
    if kept is None:
        pictures = {"qr.svg": qr.svg(address_of(edition))}
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
