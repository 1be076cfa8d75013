"""Reads back what the field templates post. The names are laid down in docs/ui.md, section 3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from yimen.ui.fields import ADDRESS_PARTS

ROWS_AT_MOST = 200

Button = tuple[str, str, int | None]


def read(post: QueryDict, fields: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The value of each field that the post speaks of, by name; files are in request.FILES."""
    return {str(field["name"]): value for field in fields if (value := read_one(post, field)) is not MISSING}


class _Missing:
    pass


MISSING = _Missing()


def read_one(post: QueryDict, field: Mapping[str, Any]) -> Any:
    """The value of one field, MISSING when the post says nothing of it (nothing chosen reads as empty)."""
    name, kind = str(field["name"]), field["kind"]
    match kind:
        case "file":
            return MISSING
        case "multi":
            return list(dict.fromkeys(item.strip() for item in post.getlist(name) if item.strip()))
        case "boolean":
            return {"true": True, "false": False}.get(post.get(name, ""))
        case "address":
            return {part: _clean(post.get(f"{name}__{part}", "")) for part in ADDRESS_PARTS}
        case "table":
            return _rows(post, name, field.get("columns") or ())
        case "date":
            return _date(post, name)
        case "period":
            return _period(post, name)
        case "declaration":
            return post.get(name, "")
        case _:
            return _clean(post.get(name, "")) if name in post or kind == "choice" else MISSING


def row_button(post: QueryDict) -> Button | None:
    """Which of the buttons that don't save was pressed, if any."""
    if field := post.get("add_row"):
        return "add", field, None
    if pressed := post.get("remove_row"):
        field, _, row = pressed.rpartition("__")
        return ("remove", field, int(row)) if row.isdecimal() else None
    if field := post.get("refresh"):
        return "refresh", field, None
    return None


def apply(values: dict[str, Any], button: Button) -> dict[str, Any]:
    """The values after the button: a row more, a row less; refresh changes nothing."""
    action, field, row = button
    held = list(values.get(field) or []) if action in ("add", "remove") else []
    if action == "add":
        return values | {field: [*held, {}]}
    if action == "remove":
        return values | {field: [item for index, item in enumerate(held) if index != row]}
    return values


def _rows(post: QueryDict, name: str, columns: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    count = post.get(f"{name}__rows", "0")
    names = [str(column["name"]) for column in columns]
    total = min(int(count), ROWS_AT_MOST) if count.isdecimal() else 0
    rows = [{column: _clean(post.get(f"{name}__{index}__{column}", "")) for column in names} for index in range(total)]
    keep = row_button(post)
    return rows if keep and keep[1] == name else [row for row in rows if any(row.values())]


def _date(post: QueryDict, name: str) -> Any:
    if name in post:
        return _clean(post.get(name, ""))
    parts = [_clean(post.get(f"{name}__{part}", "")) for part in ("year", "month", "day")]
    if not any(f"{name}__{part}" in post for part in ("year", "month", "day")):
        return MISSING
    return "-".join(part.zfill(2) for part in parts) if any(parts) else ""


def _period(post: QueryDict, name: str) -> Any:
    if name in post:
        return _clean(post.get(name, ""))
    found = {part: _date(post, f"{name}__{part}") for part in ("from", "to")}
    told = {part: "" if value is MISSING else value for part, value in found.items()}
    return MISSING if all(value is MISSING for value in found.values()) else told


def _clean(text: str) -> str:
    return text.strip().replace("\x00", "")
