"""What differs between two versions of a package, as their editor's form words it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yimen.catalog.queries.packaging.writing import every_field

KEYS = {"questions": "name", "items": "item", "external": "name"}


@dataclass(frozen=True)
class PackageChange:
    """One thing that differs. before, after: "" where there is nothing."""

    place: str
    before: str
    after: str


def package_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[PackageChange]:
    """All of them, in the order of the form; what an author declared about merging last."""
    older = {field["name"]: field for field in every_field(before)}
    found = [
        change
        for field in every_field(after)
        for change in (
            _rows(field, older[field["name"]]["value"])
            if field["kind"] == "table"
            else _value(field, older[field["name"]]["value"])
        )
    ]
    return [*found, *_declared(before, after)]


def _value(field: Mapping[str, Any], before: Any) -> Iterator[PackageChange]:
    told, now = _said(field, before), _said(field, field["value"])
    if told != now:
        yield PackageChange(str(field["label"]), told, now)


def _said(field: Mapping[str, Any], value: Any) -> str:
    labels = {
        each["value"]: each["label"] for each in field.get("choices") or () if isinstance(each, Mapping)
    }  # departments are chosen by code
    if isinstance(value, list | tuple):
        return "、".join(str(labels.get(each, each)) for each in value)
    return "、".join(str(labels.get(value, value) or "").split("\n"))


def _rows(field: Mapping[str, Any], before: Any) -> Iterator[PackageChange]:
    key = KEYS[field["name"]]
    older = {row.get(key, ""): row for row in before if any(row.values())}
    newer = {row.get(key, ""): row for row in field["value"] if any(row.values())}
    for each in [*newer, *(each for each in older if each not in newer)]:
        told, now = _row(field, older.get(each)), _row(field, newer.get(each))
        if told != now:
            name = (newer.get(each) or older[each]).get("label") or each
            yield PackageChange(f"{field['label']}：{name}", told, now)


def _row(field: Mapping[str, Any], row: Mapping[str, Any] | None) -> str:
    """顺序：2；必办：是; a code is no word for readers."""
    if row is None:
        return ""
    return "；".join(
        f"{_plain(column['label'])}：{_said(column, row.get(column['name'], ''))}"
        for column in field["columns"]
        if row.get(column["name"]) and column["name"] != "name"
    ) or str(row.get("name", ""))


def _plain(label: object) -> str:
    """The label without what it tells whoever fills it in."""
    return str(label).partition("（")[0]


def _declared(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[PackageChange]:
    words = {
        "same_fields": _("看作同一项的字段"),
        "different_fields": _("分开填写的字段"),
        "same_materials": _("看作同一份的材料"),
        "different_materials": _("分开提交的材料"),
    }
    for name, label in words.items():
        told, now = (len(each.get(name) or []) for each in (before, after))
        if list(before.get(name) or []) != list(after.get(name) or []):
            yield PackageChange(label, _("%(n)d 组") % {"n": told}, _("%(n)d 组") % {"n": now})
