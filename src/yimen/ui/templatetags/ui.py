"""The components as tags: `{% load ui %}`. What each takes and gives is in docs/ui.md, section 2."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import segno
from django import template
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yimen.kit.telling import named, translated, translated_errors
from yimen.ui import fields as sheet
from yimen.ui import icons, masks, ports, tables, words
from yimen.ui.djangoforms import field_of
from yimen.ui.faces import CARDS, CLOCKS, LICENCES, STATES, ClockFace, Look, look

register = template.Library()

register.filter("people_date", words.people_date)
register.filter("plain_date", words.plain_date)
register.filter("people_datetime", words.people_datetime)
register.filter("people_when", words.people_when)
register.filter("people_time", words.people_time)
register.filter("days_left", words.days_left)
register.filter("limit", words.limit)
register.filter("money", words.money)
register.filter("size", words.size)
register.filter("mask_number", masks.mask_number)
register.filter("mask_phone", masks.mask_phone)
register.filter("mask_name", masks.mask_name)
register.filter("mask_address", masks.mask_address)

register.filter("translated", translated)
register.filter("is_list", lambda value: isinstance(value, (list, tuple)))

TONES = {
    "neutral": "point",
    "info": "info-circle",
    "good": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-circle",
}
TASKS = {
    "done": Look(gettext_lazy("已完成"), "good", "circle-check"),
    "current": Look(gettext_lazy("进行中"), "info", "circle-half-2"),
    "todo": Look(gettext_lazy("未开始"), "neutral", "circle-dashed"),
    "blocked": Look(gettext_lazy("暂不能开始"), "neutral", "lock"),
    "error": Look(gettext_lazy("需要修改"), "bad", "alert-circle"),
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    return icons.svg(name, str(label))


@register.simple_tag
def place(name: str) -> str:
    return ports.place(name)


@register.simple_tag
def badge(word: Any, tone: str = "neutral", icon: str = "") -> SafeString:
    return tables.badge(Look(word, tone, icon or TONES.get(tone, "point")))


@register.simple_tag
def state_badge(state: Any) -> SafeString:
    return tables.badge(look(STATES, state))


@register.simple_tag
def card_badge(level: Any) -> SafeString:
    return tables.badge(look(CARDS, level))


@register.inclusion_tag("ui/parts/clock.html", takes_context=True)
def clock(context: Context, face: Any, label: str = "") -> dict[str, Any]:
    shown = ClockFace.of(face)
    return {"face": shown, "label": label or CLOCKS.get(str(shown.kind), ""), "now": context.get("now")}


@register.simple_tag
def clock_word(face: Any) -> SafeString:
    return tables.clock_line(face)


@register.inclusion_tag("ui/parts/back_link.html")
def back_link(url: str, label: str = "") -> dict[str, Any]:
    return {"url": url, "label": label or _("返回")}


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs(crumbs: Sequence[Any]) -> dict[str, Any]:
    return {"crumbs": crumbs}


@register.inclusion_tag("ui/parts/page_heading.html")
def page_heading(title: Any, caption: Any = "", lead: Any = "") -> dict[str, Any]:
    return {"title": title, "caption": caption, "lead": lead}


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(errors: Any) -> dict[str, Any]:
    return {"errors": _form_errors(errors) if isinstance(errors, BaseForm) else translated_errors(errors or ())}


def _form_errors(form: BaseForm) -> list[dict[str, str]]:
    """What several fields lack alike is said with the name of each."""
    said = [str(message) for messages in form.errors.values() for message in messages]
    return [
        {
            "field": form[name].html_name,
            "message": translated(named(str(form[name].label), message)) if said.count(message) > 1 else message,
        }
        if name in form.fields
        else {"field": "", "message": message}
        for name, messages in form.errors.items()
        for message in map(str, messages)
    ]


@register.simple_tag
def field(f: Mapping[str, Any]) -> SafeString:
    return _render_field(sheet.prepare(f))


@register.simple_tag
def fields(listed: Iterable[Mapping[str, Any]]) -> SafeString:
    """All fields of a page; conditions are told in words with the label of the field they hang on."""
    return mark_safe("".join(_render_field(face) for face in sheet.prepare_all(listed)))


def _render_field(face: Mapping[str, Any]) -> SafeString:
    return render_to_string(f"ui/fields/{face['kind']}.html", {"f": face})


@register.simple_tag
def form_field(bound: BoundField) -> SafeString:
    return format_html("{}", bound.as_hidden()) if bound.is_hidden else _render_field(sheet.prepare(field_of(bound)))


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    hidden = format_html_join("", "{}", ((bound.as_hidden(),) for bound in form if bound.is_hidden))
    return hidden + fields(field_of(bound) for bound in form if not bound.is_hidden)


@register.inclusion_tag("ui/parts/task_list.html")
def task_list(steps: Sequence[Any]) -> dict[str, Any]:
    return {"steps": [{"step": step, "look": look(TASKS, tables.get(step, "state"))} for step in steps]}


@register.inclusion_tag("ui/parts/stepper.html")
def stepper(steps: Sequence[Any]) -> dict[str, Any]:
    states = [tables.get(step, "state") for step in steps]
    here = next((place for place, state in enumerate(states, 1) if state in ("current", "error")), 0)
    current = here or len([s for s in states if s == "done"])
    return {"steps": steps, "current": max(1, current), "total": len(steps)}


@register.inclusion_tag("ui/parts/summary_list.html")
def summary_list(rows: Sequence[Any]) -> dict[str, Any]:
    return {"rows": rows, "kind": "summary"}


@register.inclusion_tag("ui/parts/summary_list.html")
def facts(rows: Sequence[Any]) -> dict[str, Any]:
    return {"rows": rows, "kind": "facts"}


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: Any = "") -> str:
    return render_to_string(
        "ui/parts/notice.html", {"content": content, "tone": tone, "title": title, "icon": TONES[tone]}
    )


@register.inclusion_tag("ui/parts/messages.html", takes_context=True)
def messages(context: Context) -> dict[str, Any]:
    tones = {"success": "good", "error": "bad", "warning": "warn"}
    found = [{"text": m, "tone": tones.get(m.level_tag, "info")} for m in context.get("messages") or ()]
    return {"messages": [m | {"icon": TONES[m["tone"]]} for m in found]}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: Any, why: Any = "", next_url: str = "", next_label: Any = "", icon: str = "inbox") -> dict[str, Any]:
    return {"title": title, "why": why, "next_url": next_url, "next_label": next_label, "icon": icon}


@register.simple_tag
def options(pairs: Iterable[tuple[Any, Any]], chosen: Any = None) -> SafeString:
    """The options of a long select, such as all agencies: written at once, a template would look up each word."""
    return format_html_join(
        "", '<option value="{}"{}>{}</option>',
        ((value, mark_safe(" selected") if value == chosen else "", label) for value, label in pairs),
    )  # fmt: skip


@register.inclusion_tag("ui/parts/table.html", takes_context=True)
def table(
    context: Context, columns: Sequence[Mapping[str, Any]], rows: Iterable[Any], caption: Any = "", keys: bool = False
) -> dict[str, Any]:
    now = context.get("now")
    opening = tables.opening(columns)
    shown = [
        {
            "url": tables.get(row, "url"),
            "tone": tables.get(row, "tone") or "",
            "cells": [
                (col, tables.render(tables.kind(col, row, opening), tables.get(row, col["key"]), row, now))
                for col in columns
            ],
        }
        for row in rows
    ]
    return {"columns": columns, "rows": shown, "caption": caption, "keys": keys}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(views: Sequence[Any], label: Any = "") -> dict[str, Any]:
    return {"views": views, "label": label or _("已存的视图")}


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: Context, page: Any) -> dict[str, Any]:
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.pop("cursor", None)
    first = f"?{query.urlencode()}" if "cursor" in request.GET else ""
    upcoming = tables.get(page, "next")
    if upcoming:
        query["cursor"] = upcoming
    return {"first": first, "next": f"?{query.urlencode()}" if upcoming else "", "path": request.path}


@register.inclusion_tag("ui/parts/timeline.html", takes_context=True)
def timeline(context: Context, events: Sequence[Any]) -> dict[str, Any]:
    return {"events": events, "now": context.get("now")}


@register.inclusion_tag("ui/parts/button.html")
def button(label: Any, variant: str = "primary", **extra: Any) -> dict[str, Any]:
    """extra: name value icon pending key form formaction disabled"""
    return {"label": label, "variant": variant, **extra}


@register.inclusion_tag("ui/parts/button_link.html")
def button_link(label: Any, url: str, variant: str = "primary", **extra: Any) -> dict[str, Any]:
    """extra: icon key dialog download"""
    return {"label": label, "url": url, "variant": variant, **extra}


@register.inclusion_tag("ui/parts/verbs.html")
def verbs(verbs: Sequence[Any]) -> dict[str, Any]:
    return {"verbs": verbs}


@register.inclusion_tag("ui/parts/upload.html", takes_context=True)
def upload(context: Context, u: Mapping[str, Any]) -> dict[str, Any]:
    return {"u": u, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/parts/print_button.html")
def print_button(label: Any = "") -> dict[str, Any]:
    return {"label": label}


@register.inclusion_tag("ui/parts/copy.html")
def copy(number: Any, label: Any = "") -> dict[str, Any]:
    return {"number": number, "label": label}


@register.inclusion_tag("ui/parts/qr.html")
def qr(text: str, label: Any = "", size: str = "m") -> dict[str, Any]:
    lines, side = _drawn_code(text)
    return {"svg": mark_safe(lines), "label": label, "size": size, "side": side, "text": text}


@lru_cache(maxsize=1024)
def _drawn_code(text: str) -> tuple[str, int]:
    """The drawing and how many modules wide it is. Finding the best pattern takes a fifth of a guide's time."""
    drawing = segno.make(text, error="m", micro=False)
    lines = drawing.svg_inline(border=2, omitsize=True, svgclass="qr__code", lineclass=None)
    return lines, int(drawing.symbol_size(border=2)[0])


@register.inclusion_tag("ui/parts/licence_card.html")
def licence_card(licence: Any) -> dict[str, Any]:
    return {"l": licence, "look": look(LICENCES, tables.get(licence, "state") or "valid")}


@register.inclusion_tag("ui/parts/phase.html")
def phase(text: Any) -> dict[str, Any]:
    return {"text": text}


@register.inclusion_tag("ui/parts/stat.html")
def stat(number: Any, label: Any, url: str = "", tone: str = "", note: Any = "") -> dict[str, Any]:
    return {"number": number, "label": label, "url": url, "tone": tone, "note": note}


@register.inclusion_tag("ui/parts/next_step.html")
def next_step(
    title: Any, text: Any, url: str, label: Any, icon: str = "arrow-right", tone: str = "info"
) -> dict[str, Any]:
    return {"title": title, "text": text, "url": url, "label": label, "icon": icon, "tone": tone}


@register.simple_block_tag
def fold(content: str, summary: Any, shown: bool = False) -> str:
    return render_to_string("ui/parts/fold.html", {"content": content, "summary": summary, "shown": shown})


@register.simple_block_tag
def dialog(content: str, name: str, title: Any) -> str:
    return render_to_string("ui/parts/dialog.html", {"content": content, "name": name, "title": title})


@register.inclusion_tag("ui/parts/saved.html")
def saved(at: Any = None) -> dict[str, Any]:
    return {"at": at}


@register.simple_tag
def autosave(url: str) -> SafeString:
    return format_html('hx-post="{}" hx-trigger="change delay:600ms" hx-target="#saved" hx-swap="outerHTML"', url)
