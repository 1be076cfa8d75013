"""省了多少: what people didn't have to bring, type and walk; 复用分析: which materials are asked for, and met how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.analytics import queries
from yimen.analytics.access import READING, reaches
from yimen.analytics.queries import savings
from yimen.catalog.queries.lists.files import lines
from yimen.city.queries import agencies
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.telling import translated
from yimen.kit.time import day_of, now
from yimen.law.resolution import Way
from yimen.law.savings import SPARED

HEADS = (
    "名称", "标识", "申请", "要求的材料", "免提交", "免提交率（%）", "承诺代替", "容缺后补", "要求的字段", "自动填好",
    "通常到现场次数", "实际到现场次数", "少跑次数",
)  # fmt: skip
RANKING_HEADS = ("材料", "要求次数", "免提交次数", "免提交率（%）", "自行提交次数", "涉及事项", "建议")
SHOWN = 50


@duty(*READING)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The figures of all that the reader sees, by agency and month; of one agency by item."""
    actor, asked = actor_of(request), _Asked(request)
    told = queries.total(actor, asked.span, asked.agency)
    rows = queries.by_item(actor, asked.span, asked.agency) if asked.agency else queries.by_agency(actor, asked.span)
    context = {
        **asked.context("overview"),
        "told": told,
        "stats": _stats(told),
        "rows": [_row(each, _opening(each, asked)) for each in rows[:SHOWN]],
        "more": max(0, len(rows) - SHOWN),
        "columns": _columns(_("事项") if asked.agency else _("部门")),
        "months": [_row(each, "", _month(each.key)) for each in queries.by_month(actor, asked.span, asked.agency)[:24]],
        "month_columns": _columns(_("月份")),
        "file_url": asked.url("analytics:savings_file"),
    }
    return render(request, "analytics/savings.html", context)


@duty(*READING)
@require_safe
def file(request: HttpRequest) -> StreamingHttpResponse:
    """All rows as CSV: the agencies, or the items of one."""
    actor, asked = actor_of(request), _Asked(request)
    rows = queries.by_item(actor, asked.span, asked.agency) if asked.agency else queries.by_agency(actor, asked.span)
    return _csv("减材料减填写减跑动", HEADS, (_line(each) for each in rows))


@duty(*READING)
@require_safe
def materials(request: HttpRequest) -> HttpResponse:
    """Materials by how often they are asked for, with how they were met and what that suggests."""
    actor, asked = actor_of(request), _Asked(request)
    ranked = queries.ranking(actor, asked.span, asked.agency)
    again = sorted(ranked, key=lambda each: (-each.spared, -each.asked, each.name))
    context = {
        **asked.context("materials"),
        "candidates": [_candidate(each) for each in ranked if each.advice][:SHOWN],
        "rows": [_material(each) for each in ranked[:SHOWN]],
        "again": [_material(each) for each in again[:10] if each.spared],
        "more": max(0, len(ranked) - SHOWN),
        "columns": _material_columns(),
        "file_url": asked.url("analytics:materials_file"),
    }
    return render(request, "analytics/materials.html", context)


@duty(*READING)
@require_safe
def materials_file(request: HttpRequest) -> StreamingHttpResponse:
    """All materials as CSV."""
    asked = _Asked(request)
    ranked = queries.ranking(actor_of(request), asked.span, asked.agency)
    return _csv("材料复用分析", RANKING_HEADS, (_material_line(each) for each in ranked))


class _Asked:
    """Which time and which agency; what isn't there is refused, not passed over."""

    def __init__(self, request: HttpRequest) -> None:
        self.actor = actor_of(request)
        self.span = queries.span(request.GET.get("period", ""))
        self.agency = request.GET.get("agency", "")
        self.office = agencies().filter(code=self.agency).first() if self.agency else None
        if self.agency and (self.office is None or not reaches(self.actor, self.office.pk)):
            raise NotFound("没有这个部门，或者不在您的管辖范围内。")

    def url(self, name: str, **more: str) -> str:
        """The address of a page, with what is asked for."""
        given = {"period": self.span.key if self.span else "", "agency": self.agency} | more
        asked = {key: value for key, value in given.items() if value}
        return reverse(name) + (f"?{urlencode(asked)}" if asked else "")

    def context(self, here: str) -> dict[str, Any]:
        """What both pages show."""
        key = self.span.key if self.span else ""
        choices = queries.spans(savings.months(self.actor))
        tabs = (("overview", _("省了多少"), "savings"), ("materials", _("材料复用分析"), "materials"))
        return {
            "nav": "analytics",
            "tabs": [
                {"label": label, "url": self.url(f"analytics:{name}"), "current": page == here, "count": None}
                for page, label, name in tabs
            ],
            "periods": [{"value": each.key, "label": each.words, "chosen": each.key == key} for each in choices],
            "period": self.span.words if self.span else "",
            "office": self.office,
            "agency": self.agency,
            "all_url": self.url(f"analytics:{'savings' if here == 'overview' else 'materials'}", agency=""),
        }


def _stats(told: queries.Saved) -> list[dict[str, Any]]:
    return [
        {
            "number": told.spared,
            "label": _("份材料不用交"),
            "note": _percent(told.material_share, _("免提交率 %(share)s")),
        },
        {
            "number": told.fields_known,
            "label": _("项内容自动填好"),
            "note": _percent(told.field_share, _("占要填的 %(share)s")),
        },
        {
            "number": told.visits_spared,
            "label": _("趟不用跑"),
            "note": _percent(told.visit_share, _("占通常要跑的 %(share)s")),
        },
        {"number": told.committed, "label": _("份以书面承诺代替"), "note": ""},
    ]


def _percent(share: float | None, words: str) -> str:
    return "" if share is None else words % {"share": _share(share)}


def _share(share: float | None) -> str:
    return "—" if share is None else f"{share:g}%"


def _columns(first: str) -> list[dict[str, Any]]:
    return [
        {"key": "name", "label": first, "kind": "link", "wide": True},
        {"key": "applications", "label": _("申请"), "kind": "number"},
        {"key": "spared", "label": _("免交材料"), "kind": "number"},
        {"key": "material_share", "label": _("免提交率"), "kind": "number"},
        {"key": "fields_known", "label": _("自动填好"), "kind": "number"},
        {"key": "committed", "label": _("承诺代替"), "kind": "number"},
        {"key": "visits_spared", "label": _("少跑次数"), "kind": "number"},
    ]


def _row(each: queries.Saved, url: str, name: str = "") -> dict[str, Any]:
    return {
        "name": name or each.name,
        "url": url,
        "applications": each.applications,
        "spared": each.spared,
        "material_share": _share(each.material_share),
        "fields_known": each.fields_known,
        "committed": each.committed,
        "visits_spared": each.visits_spared,
    }


def _opening(each: queries.Saved, asked: _Asked) -> str:
    """An agency opens its items; an item its guide at the desk, for whoever may read that."""
    return reverse("portal:guide", args=[each.key]) if asked.agency else asked.url("analytics:savings", agency=each.key)


def _month(key: str) -> str:
    first = date.fromisoformat(key)
    return _("%(year)s年%(month)s月") % {"year": first.year, "month": first.month}


def _line(each: queries.Saved) -> list[str]:
    figures = (
        each.applications, each.asked, each.spared, each.material_share, each.committed, each.later, each.fields_asked,
        each.fields_known, each.visits_usual, each.visits_made, each.visits_spared,
    )  # fmt: skip
    return [each.name, each.key, *("" if value is None else f"{value:g}" for value in figures)]


def _material_columns() -> list[dict[str, Any]]:
    return [
        {"key": "name", "label": _("材料"), "kind": "text", "wide": True},
        {"key": "asked", "label": _("要求次数"), "kind": "number"},
        {"key": "spared", "label": _("免提交"), "kind": "number"},
        {"key": "share", "label": _("免提交率"), "kind": "number"},
        {"key": "brought", "label": _("自行提交"), "kind": "number"},
        {"key": "ways", "label": _("怎样取得"), "kind": "text"},
        {"key": "items", "label": _("涉及事项"), "kind": "number"},
    ]


def _material(each: queries.Ranked) -> dict[str, Any]:
    return {
        "name": each.name,
        "asked": each.asked,
        "spared": each.spared,
        "share": _share(each.share),
        "brought": each.brought,
        "ways": "、".join(_ways(each)),
        "items": len(each.items),
    }


def _ways(each: queries.Ranked) -> Iterator[str]:
    """电子证照 12、以前的办件 3."""
    for way in Way:
        count = each.ways.get(way, 0)
        if count and way in SPARED | {Way.COMMITMENT, Way.TOLERATED}:
            yield f"{translated(way.label)} {count}"


def _candidate(each: queries.Ranked) -> dict[str, Any]:
    return _material(each) | {
        "why": translated(each.advice.sentence) if each.advice else "",
        "at": [
            {"name": name, "url": reverse("portal:guide", args=[slug])} for slug, name in sorted(each.items.items())
        ],
    }


def _material_line(each: queries.Ranked) -> list[str]:
    return [
        each.name, str(each.asked), str(each.spared), "" if each.share is None else f"{each.share:g}",
        str(each.brought), "、".join(each.items.values()), each.advice.sentence if each.advice else "",
    ]  # fmt: skip


def _csv(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(lines(heads, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name} {day_of(now())}')}.csv"
    return answer
