"""What the page of hits needs and a template would be slow at: some hundred choices to narrow it down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yimen.ui.icons import svg

register = template.Library()


@register.simple_tag
def choices(found: Iterable[Mapping[str, Any]]) -> SafeString:
    """The values of a facet as lines of a list, the chosen one marked."""
    marked = format_html(' aria-current="true">{}', svg("check", _("已选")))
    lines = (
        (each["url"], marked if each["current"] else mark_safe(">"), each["label"], each["count"]) for each in found
    )
    return format_html_join("", '<li><a href="{}"{}{}</a><span class="count">{}</span></li>', lines)
