"""Tabler's icons (MIT) inline, so that they show without a further request and take the colour of the text."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SOURCE = Path(__file__).with_name("icons.json")


@functools.cache
def drawings() -> dict[str, str]:
    found: dict[str, str] = json.loads(SOURCE.read_text(encoding="utf-8"))
    return found


@functools.cache
def svg(name: str, label: str = "") -> SafeString:
    """The icon as SVG. Silent for screen readers unless it bears a label. An unknown name fails loudly."""
    drawing = mark_safe(drawings()[name])
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>{}</svg>',
        voice,
        drawing,
    )
