"""What the pages of the 目录体检 have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yimen.catalog.access import seen_agencies
from yimen.catalog.queries.lists.files import lines
from yimen.city.queries import agencies
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of
from yimen.kit.telling import translated
from yimen.law.catalogue import RULES, Rule, Severity

if TYPE_CHECKING:
    from yimen.city.models import Agency

LOOKS = {
    Severity.ERROR: ("bad", "alert-circle"),
    Severity.WARNING: ("warn", "info-circle"),
    Severity.OFF: ("neutral", "circle-minus"),
}


def tabs(here: str) -> list[dict[str, Any]]:
    """The four views."""
    views = (
        ("lint", _("按部门"), "catalog:lint"),
        ("rules", _("按规则"), "catalog:lint_by_rule"),
        ("progress", _("清理成效"), "catalog:lint_progress"),
        ("words", _("规则说明"), "catalog:lint_rules"),
    )
    return [{"label": label, "url": reverse(url), "current": key == here, "count": None} for key, label, url in views]


def badge(severity: Severity) -> dict[str, str]:
    """How heavy, for a table."""
    words = {Severity.ERROR: _("不得发布"), Severity.WARNING: _("应当完善"), Severity.OFF: _("不检查")}
    tone, icon = LOOKS[severity]
    return {"word": words[severity], "tone": tone, "icon": icon}


def told(rule: Rule) -> dict[str, str]:
    """What a rule says, in the language of the visit; its source and examples are Chinese, as they are."""
    return {
        "code": rule.code,
        "title": translated(rule.title),
        "says": translated(rule.says),
        "reason": translated(rule.reason),
        "group": translated(rule.group),
        "bad": rule.bad,
        "good": rule.good,
        "source": rule.source,
    }


def rule_of(request: HttpRequest) -> Rule | None:
    """The rule that is asked for, if any."""
    return RULES.get(request.GET.get("rule", ""))


def office_of(request: HttpRequest, code: str) -> Agency:
    """An agency that the reader may see. Raises NotFound."""
    seen = seen_agencies(actor_of(request))
    office = agencies().filter(code=code).first()
    if office is None or (seen is not None and office.pk not in seen):
        raise NotFound("没有这个部门，或者不在您的管辖范围内。")
    return office


def csv_answer(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> StreamingHttpResponse:
    """A table as a file, sent while it is made."""
    answer = StreamingHttpResponse(lines(heads, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.csv"
    return answer


def file_url(name: str, **asked: str | int | None) -> str:
    """The address of a file, with what is asked for of it."""
    given = {key: value for key, value in asked.items() if value}
    return reverse(name) + (f"?{urlencode(given)}" if given else "")
