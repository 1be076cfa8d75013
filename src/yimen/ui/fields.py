"""Prepares a field of a sheet for its template `ui/fields/<kind>.html`: ids, choices, what is chosen, cells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from yimen.kit.telling import translated

KINDS = frozenset((
    "text", "textarea", "choice", "multi", "boolean", "number", "date", "phone", "idcard", "uscc", "address", "table",
    "file", "period", "money", "declaration", "signature",
))  # fmt: skip
RADIOS_AT_MOST = 6
SEARCHED_FROM = 21
"""A list of so many is searched by typing; the browser's own list helps, with scripts or without."""
ADDRESS_PARTS = ("county", "town", "village", "detail")
SPARE_ROWS = 1
# So many characters of Chinese a narrow cell of a table shows whole.
SHOWN = 9

_CONDITION = re.compile(r"^\s*(\w+)\s*(==|!=|in)\s*(.+?)\s*$")

Field = Mapping[str, Any]


def prepare_all(listed: Iterable[Field]) -> list[dict[str, Any]]:
    """The fields of a page; conditions are told with the labels of the field and the choices they hang on."""
    held = list(listed)
    labels = {str(f["name"]): str(f["label"]) for f in held}
    values = {str(f["name"]): f.get("value") for f in held}
    words = {str(f["name"]): _words(f.get("choices") or ()) for f in held}
    return [prepare(f, labels, values, words) for f in held]


def _words(choices: Iterable[Any]) -> dict[str, str]:
    return {str(each["value"]): str(each["label"]) for each in choices if isinstance(each, Mapping)}


def prepare(
    field: Field,
    labels: Mapping[str, str] | None = None,
    values: Mapping[str, Any] | None = None,
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Any]:
    """The context of a field's template. labels, values and choices of the whole sheet, for conditions in words."""
    face = {
        "id": f"id_{field['name']}",
        "required": False,
        "value": None,
        **{k: v for k, v in field.items() if v is not None},
    }
    kind = face["kind"]
    if kind not in KINDS:
        raise ValueError(f"unknown kind of field: {kind}")
    face["error"] = translated(face.get("error"))
    face["described"] = " ".join(f"{face['id']}-{part}" for part in ("hint", "error") if face.get(part))
    if kind in ("choice", "multi"):
        face["options"] = options(face.get("choices", ()), face["value"])
        face["radios"] = len(face["options"]) <= RADIOS_AT_MOST
        plain = all(option["label"] == option["value"] for option in face["options"])  # else a code would be shown
        face["searched"] = plain and len(face["options"]) >= SEARCHED_FROM
    if kind == "multi" and face["searched"]:
        face.update(picked(face["options"], face["value"]))
    if kind == "date":
        face.update(date_parts(face["value"]))
    if kind == "period":
        face["period"] = period(face["value"])
    if kind == "address":
        face["address"] = address(face)
    if kind == "table":
        face["rows"] = table_rows(face)
    if face.get("show_if"):
        face.update(condition(face["show_if"], labels or {}, values, words))
    return face


def options(choices: Sequence[Any], chosen: Any) -> list[dict[str, Any]]:
    """Choices as {value, label, hint, chosen}; a choice is a string or a mapping."""
    held = {str(item) for item in chosen} if isinstance(chosen, (list, tuple, set)) else {str(chosen)}
    found = [c if isinstance(c, Mapping) else {"value": c, "label": c} for c in choices]
    return [
        {"value": c["value"], "label": c["label"], "hint": c.get("hint", ""), "chosen": str(c["value"]) in held}
        for c in found
    ]


def picked(offered: Sequence[Mapping[str, Any]], chosen: Any) -> dict[str, Any]:
    """Several of a long list: what is chosen, each to be taken back; what else there is; what was typed in vain.

    Of several that aren't there, the last stands where it was typed.
    """
    known = {option["value"] for option in offered}
    typed = [item for item in chosen if item not in known] if isinstance(chosen, (list, tuple)) else []
    return {
        "picked": [*(option for option in offered if option["chosen"]), *options(typed[:-1], typed)],
        "options": [option for option in offered if not option["chosen"]],
        "typed": typed[-1] if typed else "",
    }


def date_parts(value: Any) -> dict[str, str]:
    """ISO text for the input; what was typed and is no date is shown again as typed."""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value or "")
    return {"value": text[:10]}


def period(value: Any) -> dict[str, str]:
    """Both days for their inputs; what was typed is shown again."""
    held = value if isinstance(value, Mapping) else {"from": value or ""}
    return {part: date_parts(held.get(part))["value"] for part in ("from", "to")}


def address(face: Mapping[str, Any]) -> dict[str, Any]:
    """Each part with its lists; parts without a list are left out (a city may have no counties)."""
    held = face["value"] if isinstance(face["value"], Mapping) else {"detail": face["value"] or ""}
    lists = face.get("divisions") or {}
    return {
        "detail": held.get("detail", ""),
        "levels": [
            {
                "part": part,
                "name": f"{face['name']}__{part}",
                "options": [
                    {"value": d["code"], "label": d["name"], "chosen": d["code"] == held.get(part)}
                    for d in lists.get(key, ())
                ],
            }
            for part, key in (("county", "counties"), ("town", "towns"), ("village", "villages"))
            if key in lists and (lists[key] or part != "county")
        ],
    }


def table_rows(face: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    """Rows of cells, each cell a small field; at least one empty row to type into."""
    held: list[Mapping[str, Any]] = list(face["value"] or ()) if not isinstance(face["value"], str) else []
    rows = held or [{}] * SPARE_ROWS
    columns = [{**column, "wide": _wide(column, rows)} for column in face.get("columns", ())]
    return [[_cell(face, column, row, index) for column in columns] for index, row in enumerate(rows)]


def _wide(column: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> bool:
    """A column that holds more than a narrow input shows gets a wider one, in every row."""
    if column.get("kind", "text") != "text":
        return False
    return any(len(str(row.get(column["name"], ""))) > SHOWN for row in rows)


def _cell(face: Mapping[str, Any], column: Mapping[str, Any], row: Mapping[str, Any], index: int) -> dict[str, Any]:
    name = f"{face['name']}__{index}__{column['name']}"
    kind = column.get("kind", "text")
    value = row.get(column["name"], "")
    cell = {
        "name": name,
        "id": f"id_{name}",
        "label": column["label"],
        "kind": kind,
        "value": value,
        "unit": column.get("unit", ""),
        "wide": column.get("wide", False),
    }
    return cell | {"options": options(column.get("choices") or (), value)} if kind == "choice" else cell


def condition(
    expression: str,
    labels: Mapping[str, str],
    values: Mapping[str, Any] | None,
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Any]:
    """A catalogue condition as data for the script, whether it holds now, and in words."""
    parsed = parse(expression)
    own = (words or {}).get(parsed["field"], {})
    told = "、".join(own.get(w) or {"true": "是", "false": "否"}.get(w, w) for w in parsed["values"])
    return {
        "condition": json.dumps(parsed, ensure_ascii=False),
        "off": values is not None and not holds(parsed, values),
        "condition_field": labels.get(parsed["field"], ""),
        "condition_words": told,
        "condition_not": parsed["op"] == "!=",
    }


def parse(expression: str) -> dict[str, Any]:
    """`a == 'x'`, `a != 'x'`, `a in ['x','y']`, `a == true` as {field, op, values}."""
    found = _CONDITION.match(expression)
    if not found:
        raise ValueError(f"not a condition: {expression}")
    name, op, right = found.groups()
    quoted = re.findall(r"'([^']*)'|\"([^\"]*)\"", right)
    return {"field": name, "op": op, "values": [a or b for a, b in quoted] or [right]}


def holds(parsed: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Does the condition hold for these values? Several chosen values: one suffices."""
    held = values.get(parsed["field"])
    given = [_text(item) for item in held] if isinstance(held, (list, tuple)) else [_text(held)]
    inside = any(item in parsed["values"] for item in given)
    return not inside if parsed["op"] == "!=" else inside


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value if value is not None else "")
