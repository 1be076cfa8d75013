"""清理成效: how many materials, proofs, days and visits were cut, edition against edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.catalog.access import DESK, LINT, seen_agencies
from yimen.catalog.queries import progress
from yimen.catalog.queries.lists.quarters import words
from yimen.catalog.views.linting_shared import csv_answer, file_url, office_of, tabs
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import day_of, now

HEADS = (
    "部门", "事项", "标识", "材料原有", "材料现有", "证明原有", "证明现有", "时限原有（工作日）", "时限现有（工作日）",
    "跑动原有", "跑动现有", "取消的材料", "新增的材料",
)  # fmt: skip
PAGE = 50


@duty(*LINT)
@require_safe
def city(request: HttpRequest) -> HttpResponse:
    """The city's figures, by year, quarter and agency."""
    seen, within = seen_agencies(actor_of(request)), _period(request)
    items = progress.of_items(seen, within=within)
    query = f"?{urlencode({'period': str(within)})}" if within else ""
    offices = progress.by_agency(items)
    rows = [
        _row(each, each.name) | {"url": reverse("catalog:lint_progress_agency", args=[each.key]) + query}
        for each in offices
        if each.changed
    ]
    years, quarters = progress.by_period(seen)
    context = {
        **_shared(within, (years, quarters), items),
        "file_url": file_url("catalog:lint_progress_file", period=str(within or "")),
        "years": [_row(each, each.key or _("日期不详")) for each in years],
        "quarters": [_row(each, words(each.key)) for each in quarters],
        "rows": rows,
        "unchanged": len(offices) - len(rows) if rows else 0,
        "columns": _columns(_("部门")),
        "year_columns": _columns(_("年份")),
        "quarter_columns": _columns(_("季度")),
    }
    return render(request, "catalog/lint_progress.html", context)


@duty(*LINT)
@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """An agency's items, each with the names of what was cut."""
    office, within = office_of(request, code), _period(request)
    seen = seen_agencies(actor_of(request))
    told = progress.of_items(seen, agency=office.pk, within=within)
    items = [each for each in told if each.before is not each.after]
    items.sort(key=lambda each: (-each.progress.materials.cut, -each.progress.days.cut, each.after.slug))
    number = _number(request)
    shown = items[(number - 1) * PAGE : number * PAGE]
    named, desk = progress.names(shown), bool(actor_of(request).duties & set(DESK))
    context = {
        **_shared(within, progress.by_period(seen, agency=office.pk), items),
        "office": office,
        "file_url": file_url("catalog:lint_progress_file", agency=office.code, period=str(within or "")),
        "items": [_told(each, named[each.after.slug], desk=desk) for each in shown],
        "labels": [label for label, _measure in _labels()],
        "more": f"?{urlencode(_asked(request, number + 1))}" if len(items) > number * PAGE else "",
    }
    return render(request, "catalog/lint_progress_agency.html", context)


@duty(*LINT)
@require_safe
def file(request: HttpRequest) -> StreamingHttpResponse:
    """Every item with its figures before and after, and the names, as CSV."""
    code = request.GET.get("agency", "")
    office = office_of(request, code) if code else None
    seen = seen_agencies(actor_of(request))
    items = progress.of_items(seen, agency=office.pk if office else None, within=_period(request))
    name = " ".join(filter(None, ("清理成效", office.name if office else "", str(day_of(now())))))
    return csv_answer(name, HEADS, _lines(items))


def _lines(items: Sequence[progress.ItemProgress]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(items), 500):
        some = items[begin : begin + 500]
        named = progress.names(some)
        for each in some:
            before, after, told = each.before, each.after, named[each.after.slug]
            yield (
                after.agency_name, after.name, after.slug,
                *(_plain(value) for pair in zip(_figures(before), _figures(after), strict=True) for value in pair),
                "、".join(told.cut), "、".join(told.added),
            )  # fmt: skip


def _figures(row: progress.Weighed) -> tuple[float | None, ...]:
    return row.materials, row.proofs, row.days, row.visits


def _plain(value: float | None) -> str:
    return "" if value is None else f"{round(value, 1):.10g}"


def _shared(
    within: progress.Period | None,
    periods: tuple[Sequence[progress.Progress], Sequence[progress.Progress]],
    items: Sequence[progress.ItemProgress],
) -> dict[str, Any]:
    years, quarters = periods
    dated = [(each.key, _("%(year)s 年") % {"year": each.key}) for each in years if each.key]
    dated += [(each.key, words(each.key)) for each in quarters]
    choices = [{"value": value, "label": label, "chosen": value == str(within)} for value, label in sorted(dated)[::-1]]
    told = progress.total(items)
    named = next((each["label"] for each in choices if each["chosen"]), str(within or ""))
    return {
        "nav": "catalog_lint",
        "tabs": tabs("progress"),
        "period": named,
        "period_choices": choices,
        "totals": [{"number": told.changed, "label": _("改过的事项"), "note": ""}, *_totals(told)],
    }


def _totals(told: progress.Progress) -> list[dict[str, Any]]:
    labels = (
        (_("减少的材料"), "materials"),
        (_("减少的证明"), "proofs"),
        (_("缩短的工作日"), "days"),
        (_("少跑的次数"), "visits"),
    )
    cuts = [(label, getattr(told, measure)) for label, measure in labels]
    return [
        {
            "number": _plain(cut.cut),
            "label": label,
            "note": _("从 {before} 到 {after}").format(before=_plain(cut.before), after=_plain(cut.after)),
        }
        for label, cut in cuts
    ]


def _columns(first: str) -> list[dict[str, Any]]:
    labels = {
        "changed": _("改过的事项"),
        "materials": _("材料减少"),
        "proofs": _("其中证明"),
        "days": _("时限缩短（工作日）"),
        "visits": _("少跑次数"),
    }
    numbers = [{"key": key, "label": label, "kind": "text", "align": "right"} for key, label in labels.items()]
    return [{"key": "name", "label": first, "kind": "strong"}, *numbers]


def _row(told: progress.Progress, name: str) -> dict[str, Any]:
    cuts = {measure: _plain(getattr(told, measure).cut) for measure in progress.MEASURES}
    return {"name": name, "changed": str(told.changed), **cuts}


def _told(each: progress.ItemProgress, named: progress.Names, *, desk: bool) -> dict[str, Any]:
    told, pair = each.progress, {"from": each.before.version, "to": each.after.version}
    figures = [
        {
            "label": label,
            "before": _plain(getattr(each.before, measure)) or "—",
            "after": _plain(getattr(each.after, measure)) or "—",
            "less": getattr(told, measure).cut > 0,
            "more": getattr(told, measure).cut < 0,
        }
        for label, measure in _labels()
    ]
    return {
        "name": each.after.name,
        "url": reverse("catalog:item", args=[each.after.slug]) if desk else "",
        "compare": f"{reverse('catalog:difference', args=[each.after.slug])}?{urlencode(pair)}" if desk else "",
        "figures": figures,
        "cut": named.cut,
        "added": named.added,
    }


def _labels() -> list[tuple[str, str]]:
    return [(_("材料"), "materials"), (_("证明"), "proofs"), (_("时限（工作日）"), "days"), (_("到现场次数"), "visits")]


def _period(request: HttpRequest) -> progress.Period | None:
    return progress.period(request.GET.get("period", ""))


def _asked(request: HttpRequest, number: int) -> dict[str, str]:
    within = _period(request)
    return {**({"period": str(within)} if within else {}), "page": str(number)}


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
