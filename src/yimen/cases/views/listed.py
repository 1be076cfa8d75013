"""What applicants stand for and the office has to see to: promises (容缺) and commitments (告知承诺), listed alike."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def shown(request: HttpRequest, **context: Any) -> HttpResponse:
    """The page. title, heading, nav, tabs, columns, rows; lead above them, page to turn; nothing: said of none."""
    return render(request, "cases/listed.html", context)


def columns(*, clock: str, material: str, applicant: str, number: str, last: dict[str, Any]) -> list[dict[str, Any]]:
    """What is due when, for which material, of whom. number: how it is shown; last: the page's own column."""
    return [
        {"key": "clock", "label": clock, "kind": "clock"},
        {"key": "material", "label": material, "kind": "strong", "wide": True},
        {"key": "item", "label": _("事项"), "kind": "text", "wide": True},
        {"key": "applicant", "label": applicant, "kind": "text"},
        {"key": "number", "label": _("编号"), "kind": number},
        last,
    ]
