"""目录体检: what the rules find in the current editions, by agency, rule and item; and the rules themselves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.catalog import queries
from yimen.catalog.access import DESK, LINT, seen_agencies
from yimen.catalog.choices.labels import place_words
from yimen.catalog.models import Checkup
from yimen.catalog.queries import checkups, linting
from yimen.catalog.views.linting_shared import badge, csv_answer, file_url, office_of, rule_of, tabs, told
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.telling import translated
from yimen.kit.time import day_of, now
from yimen.law.catalogue import GROUPS, RULES, Finding, Rule, Severity
from yimen.law.catalogue.wording import Wording

HEADS = ("部门", "事项", "标识", "程度", "规则", "位置", "内容", "问题", "处理建议", "依据")


@duty(*LINT)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Agencies by how their items stand, worst first; perhaps by one rule."""
    rule = rule_of(request)
    found = checkups.health(seen_agencies(actor_of(request)), rule=rule.code if rule else "")
    query = f"?{urlencode({'rule': rule.code})}" if rule else ""
    rows = [
        {
            "name": each.name,
            "items": each.items,
            "faulty": each.faulty,
            "errors": each.errors,
            "warnings": each.warnings,
            "clean": each.clean,
            "url": reverse("catalog:lint_agency", args=[each.code]) + query,
        }
        for each in found.agencies
    ]
    context = {**_shared("lint", found, rule), "rows": rows, "columns": _columns()}
    context["file_url"] = file_url("catalog:lint_file", rule=rule.code if rule else "")
    return render(request, "catalog/lint.html", context)


@duty(*LINT)
@require_safe
def by_rule(request: HttpRequest) -> HttpResponse:
    """Rules by how often they are broken, errors first."""
    found = checkups.health(seen_agencies(actor_of(request)))
    rows = [
        {
            "title": translated(each.rule.title),
            "group": translated(each.rule.group),
            "severity": badge(each.severity),
            "findings": each.findings,
            "items": each.items,
            "url": f"{reverse('catalog:lint')}?{urlencode({'rule': each.rule.code})}",
        }
        for each in found.rules
    ]
    columns = [
        {"key": "title", "label": _("规则"), "kind": "strong"},
        {"key": "group", "label": _("类别"), "kind": "text"},
        {"key": "severity", "label": _("程度"), "kind": "badge"},
        {"key": "findings", "label": _("问题"), "kind": "number", "align": "right"},
        {"key": "items", "label": _("涉及事项"), "kind": "number", "align": "right"},
    ]
    context = {**_shared("rules", found), "rows": rows, "columns": columns, "file_url": file_url("catalog:lint_file")}
    return render(request, "catalog/lint_by_rule.html", context)


@duty(*LINT)
@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """The items of an agency that something was found in, those that couldn't be released first."""
    office, rule = office_of(request, code), rule_of(request)
    seen = seen_agencies(actor_of(request))
    found = checkups.health(seen, agency=office.pk, rule=rule.code if rule else "")
    rows = checkups.items(seen, agency=office.pk, rule=rule.code if rule else "")
    shown = page(rows, by=("-errors", "-warnings", "-pk"), cursor=request.GET.get("cursor"), size=50)
    context = {
        **_shared("lint", found, rule),
        "office": office,
        "file_url": file_url("catalog:lint_file", agency=office.code, rule=rule.code if rule else ""),
        "rows": [_item_row(each, rule) for each in shown.items],
        "page": shown,
        "columns": [
            {"key": "name", "label": _("事项"), "kind": "strong"},
            {"key": "errors", "label": _("不得发布"), "kind": "number", "align": "right"},
            {"key": "warnings", "label": _("应当完善"), "kind": "number", "align": "right"},
            {"key": "worst", "label": _("主要问题"), "kind": "text", "wide": True},
        ],
    }
    return render(request, "catalog/lint_agency.html", context)


@duty(*LINT)
@require_safe
def item(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything found in one current edition, with the offending words marked."""
    edition = queries.current(slug)
    office = office_of(request, edition.item.agency.code)
    rule = rule_of(request)
    found = [each for each in checkups.of_item(edition) if rule is None or each.rule == rule.code]
    context = {
        "nav": "catalog_lint",
        "edition": edition,
        "office": office,
        "rule": told(rule) if rule else None,
        "stopping": _groups([each for each in found if each.stops]),
        "stopping_count": sum(each.stops for each in found),
        "others": _groups([each for each in found if not each.stops]),
        "others_count": sum(not each.stops for each in found),
        "desk": bool(actor_of(request).duties & set(DESK)),
        "may_edit": actor_of(request).may("editor", edition.item.agency_id),
    }
    return render(request, "catalog/lint_item.html", context)


@duty(*LINT)
@require_safe
def file(request: HttpRequest) -> StreamingHttpResponse:
    """All findings as CSV; of an agency or a rule where one is named."""
    rule, code = rule_of(request), request.GET.get("agency", "")
    office = office_of(request, code) if code else None
    found = checkups.all_findings(
        seen_agencies(actor_of(request)), agency=office.pk if office else None, rule=rule.code if rule else ""
    )
    rows = (
        (
            edition.item.agency.name, edition.item.name, edition.item.slug, each.severity.label,
            RULES[each.rule].title, place_words(each.place), each.text, each.sentence, each.remedy, each.source,
        )
        for edition, each in found
    )  # fmt: skip
    return csv_answer(
        " ".join(filter(None, ("目录体检", office.name if office else "", str(day_of(now()))))), HEADS, rows
    )


@duty(*LINT)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in words: what each asks, examples, source, how heavy it weighs and why; and the words looked for."""
    weights = linting.severities()
    groups = [
        {
            "number": number,
            "name": translated(name),
            "rules": [_told(rule, weights[rule.code]) for rule in RULES.values() if rule.number == number],
        }
        for number, name in GROUPS.items()
    ]
    listed = linting.words().wordings
    words = [
        {"title": title, "rows": [_wording(each) for each in listed if each.kind == kind]}
        for kind, title in (("catch_all", _("兜底的话")), ("vague", _("模糊的话")))
    ]
    context = {"nav": "catalog_lint", "tabs": tabs("words"), "groups": groups, "words": words}
    return render(request, "catalog/lint_rules.html", context)


def _shared(here: str, found: checkups.Health, rule: Rule | None = None) -> dict[str, Any]:
    """Health, the views, and the rules to choose from."""
    choices = [
        {"code": each.rule.code, "title": _counted(each.rule, each.findings), "chosen": each.rule == rule}
        for each in found.rules
    ]
    return {
        "nav": "catalog_lint",
        "tabs": tabs(here),
        "health": found,
        "rule": told(rule) if rule else None,
        "choices": choices,
    }


def _counted(rule: Rule, count: int) -> str:
    return _("{rule}（{n}）").format(rule=translated(rule.title), n=count)


def _wording(each: Wording) -> dict[str, str]:
    return {"example": each.example, "why": translated(each.why), "source": each.source}


def _columns() -> list[dict[str, Any]]:
    labels = {
        "items": _("事项"),
        "faulty": _("不能发布的事项"),
        "errors": _("不得发布"),
        "warnings": _("应当完善"),
        "clean": _("没有问题的事项"),
    }
    numbers = [{"key": key, "label": label, "kind": "number", "align": "right"} for key, label in labels.items()]
    return [{"key": "name", "label": _("部门"), "kind": "strong"}, *numbers]


def _item_row(seen: Checkup, rule: Rule | None) -> dict[str, Any]:
    weights = linting.severities()
    ordered = sorted(seen.counts.items(), key=lambda each: (weights[each[0]] is not Severity.ERROR, -each[1]))
    worst = [_counted(RULES[code], count) for code, count in ordered if rule is None or code == rule.code]
    query = f"?{urlencode({'rule': rule.code})}" if rule else ""
    return {
        "name": seen.edition.item.name,
        "errors": seen.errors,
        "warnings": seen.warnings,
        "worst": "、".join(worst[:3]) + ("……" if len(worst) > 3 else ""),
        "url": reverse("catalog:lint_item", args=[seen.edition.item.slug]) + query,
    }


def _groups(found: list[Finding]) -> list[dict[str, Any]]:
    """By rule, so that what forty materials lack is explained once."""
    by_rule: dict[str, list[Finding]] = {}
    for each in found:
        by_rule.setdefault(each.rule, []).append(each)
    return [
        {
            "title": translated(RULES[code].title),
            "url": f"{reverse('catalog:lint_rules')}#{code}",
            "source": RULES[code].source,
            "stops": said[0].stops,
            "remedies": list(dict.fromkeys(translated(each.remedy) for each in said)),
            "spots": [_spot(each) for each in said],
        }
        for code, said in by_rule.items()
    ]


def _spot(found: Finding) -> dict[str, Any]:
    return {
        "place": place_words(found.place) if found.place else _("整个版本"),
        "sentence": translated(found.sentence),
        "parts": found.parts if found.marks else (),
    }


def _told(rule: Rule, severity: Severity) -> dict[str, Any]:
    return {"rule": told(rule), "firm": rule.firm, "badge": badge(severity), "changed": severity is not rule.severity}
