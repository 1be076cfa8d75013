"""Cells of the table component, written in Python because a work list has hundreds of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yimen.ui import masks, words
from yimen.ui.faces import CARDS, STATES, ClockFace, Look, look
from yimen.ui.icons import svg

EMPTY = format_html('<span class="muted">{}</span>', "—")


def get(row: Any, key: str) -> Any:
    return row.get(key) if isinstance(row, Mapping) else getattr(row, key, None)


def badge(face: Look) -> SafeString:
    return format_html('<span class="badge badge--{}">{}{}</span>', face.tone, svg(face.icon), face.word)


def clock_line(thing: Any) -> SafeString:
    """A clock in one line for lists: colour, icon and words."""
    return SafeString(render_to_string("ui/parts/clock_line.html", {"face": ClockFace.of(thing)}).strip())


def opening(columns: Sequence[Mapping[str, Any]]) -> str:
    """The column whose words open the row: the one declared a link, else the first that holds words."""
    for kinds in (("link",), ("strong", "text")):
        for column in columns:
            if column.get("kind", "text") in kinds:
                return str(column["key"])
    return ""


def kind(column: Mapping[str, Any], row: Any, opens: str) -> str:
    """A row that opens something has a real link in it: for the keyboard, for a screen reader, and without script."""
    return "link" if column["key"] == opens and get(row, "url") else str(column.get("kind", "text"))


def render(kind: str, value: Any, row: Any, now: Any) -> SafeString | str:
    """One cell. Nothing to show is a dash, never an empty box."""
    if value is None or value == "":
        return EMPTY
    return CELLS[kind](value, row, now)


Cell = Callable[[Any, Any, Any], SafeString | str]


def _link(value: Any, row: Any, now: Any) -> SafeString | str:
    url = get(row, "url")
    return format_html('<a href="{}">{}</a>', url, value) if url else str(value)


def _badge(value: Any, row: Any, now: Any) -> SafeString:
    return badge(
        value
        if isinstance(value, Look)
        else Look(**value)
        if isinstance(value, Mapping)
        else Look(value, "neutral", "point")
    )


CELLS: dict[str, Cell] = {
    "text": lambda value, row, now: str(value),
    "strong": lambda value, row, now: format_html("<strong>{}</strong>", value),
    "number": lambda value, row, now: format_html(
        '<span class="figures">{}</span>', f"{value:,}" if isinstance(value, int) else value
    ),
    "money": lambda value, row, now: words.money(value),
    "date": lambda value, row, now: words.people_date(value, now),
    "datetime": lambda value, row, now: words.people_datetime(value, now),
    "when": lambda value, row, now: words.people_when(value, now),
    "clock": lambda value, row, now: clock_line(value),
    "state": lambda value, row, now: badge(look(STATES, value)),
    "card": lambda value, row, now: badge(look(CARDS, value)),
    "badge": _badge,
    "link": _link,
    "masked": lambda value, row, now: format_html('<span class="figures">{}</span>', masks.mask_number(str(value))),
}
