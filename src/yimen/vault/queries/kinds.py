"""Kinds of licences: their fields with labels, types and sensitivity, and how their licences look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from yimen.kit.commands import keep_once
from yimen.law.identifiers import citizen_id, uscc
from yimen.law.said import said
from yimen.vault.choices import FieldType, HolderKind, KindDocument, KindField, LayoutDocument, derived_field, fields_of
from yimen.vault.models import KindLayout, LicenceKind

WIDE, LONGEST = 14, 500
# What the office gives as it signs: nobody types it.
GIVEN = frozenset({"issuer", "issue_date", "valid_from", "valid_to", "certificate_no", "holder_name"})
# What the form of the paper prints by itself.
PRINTED_ANYWAY = {"certificate_no", "issue_date", "valid_from", "valid_to", "issuer", "holder_name"}


def kind_fields(kind: LicenceKind) -> tuple[KindField, ...]:
    """The fields of a kind; derived from the keys where nobody has described them."""
    return keep_once(f"vault.fields:{kind.pk}", lambda: _fields(kind))


def _fields(kind: LicenceKind) -> tuple[KindField, ...]:
    known = {row["key"]: KindField.model_validate(row) for row in kind.fields}
    return tuple(known.get(key) or derived_field(key, HolderKind(kind.holder_kind)) for key in kind.key_fields)


def wrong_values(kind: LicenceKind, given: Mapping[str, str], today: date) -> list[dict[str, str]]:
    """What was typed and can't be, field by field: numbers of people and firms, days, numbers; fields nobody knows."""
    known, found = {field.key: field for field in kind_fields(kind)}, []
    for key, value in given.items():
        if key not in known:
            found.append({"field": f"fields.{key}", "code": "unknown_field", "message": said("这种证照没有这个字段。")})
        elif value and (why := _wrong(FieldType(known[key].type), value, today)):
            found.append({"field": f"fields.{key}", "code": "wrong_value", "message": why})
    return found


def _wrong(kind: FieldType, value: str, today: date) -> str:
    """Why a value isn't one of its type; "" where it is."""
    if len(value) > LONGEST:
        return said("最多 {most} 个字。", most=LONGEST)
    if kind in (FieldType.CITIZEN_ID, FieldType.USCC):
        verdict = citizen_id(value, today=today) if kind == FieldType.CITIZEN_ID else uscc(value)
        return "" if verdict else str(verdict.why)
    try:
        if kind == FieldType.DATE:
            date.fromisoformat(value)
        if kind in (FieldType.NUMBER, FieldType.MONEY) and not Decimal(value).is_finite():
            return said("请填写数字。")
    except (ValueError, InvalidOperation):
        return said("请填写正确的日期。") if kind == FieldType.DATE else said("请填写数字。")
    return ""


def labels(kind: LicenceKind) -> dict[str, str]:
    """What each field is called."""
    return {field.key: field.label for field in kind_fields(kind)}


def values_of(document: KindDocument) -> dict[str, Any]:
    """The document as the columns of a kind, but for its layout."""
    return {
        "name": document.name,
        "issuing_department": document.issuing_department,
        "holder_kind": document.holder_kind,
        "validity": document.validity or "",
        "validity_years": document.validity_years,
        "key_fields": list(document.key_fields),
        "fields": [field.model_dump(mode="json") for field in fields_of(document)],
        "note": document.note or "",
    }


def same_kind(document: KindDocument, kind: LicenceKind | None) -> bool:
    """Would defining it change nothing? What the file is silent about (fields, layout) may have been set by people."""
    if kind is None:
        return False
    silent = () if document.fields is not None else ("fields",)
    values = {name: value for name, value in values_of(document).items() if name not in silent}
    described = document.layout is None or document.layout == layout_of(kind, newest(kind))
    return described and all(getattr(kind, name) == value for name, value in values.items())


def newest(kind: LicenceKind) -> KindLayout | None:
    return KindLayout.objects.filter(kind=kind).order_by("-version").first()


def layout_of(kind: LicenceKind, kept: KindLayout | None) -> LayoutDocument:
    """A kept layout, or what follows from the kind where nobody has made one."""
    if kept is not None:
        return LayoutDocument.model_validate(kept.document)
    return derived_layout(kind)


def derived_layout(kind: LicenceKind) -> LayoutDocument:
    """A landscape certificate with every field that the form doesn't print by itself."""
    entries = tuple(field for field in kind_fields(kind) if field.key not in PRINTED_ANYWAY)
    return LayoutDocument(title=kind.name, entries=entries)
