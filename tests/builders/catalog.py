"""Items for tests: the researched ones that the house carries, or a small one made to measure."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import yimen.demo
from tests.builders.city import AT, SYSTEM
from tests.builders.city import agency as make_agency
from yimen.catalog import commands, queries
from yimen.catalog.choices import EditionDocument
from yimen.catalog.models import Edition, Item
from yimen.city.models import Agency
from yimen.vault.choices import KindDocument
from yimen.vault.commands import define_kind
from yimen.vault.models import LicenceKind

FOLDER = Path(yimen.demo.__file__).parent / "data" / "catalog"


def raw(slug: str) -> dict[str, Any]:
    """The file of one of the researched items."""
    found: dict[str, Any] = json.loads((FOLDER / "items" / f"{slug}.json").read_text("utf-8"))
    return found


def slugs() -> list[str]:
    """All researched items."""
    return sorted(path.stem for path in (FOLDER / "items").glob("*.json"))


def kinds(at: datetime = AT) -> dict[str, LicenceKind]:
    """All researched licence kinds, by code."""
    rows = json.loads((FOLDER / "licences.json").read_text("utf-8"))
    known = set(LicenceKind.objects.values_list("code", flat=True))
    for row in rows:
        if row["code"] not in known:
            define_kind(KindDocument.model_validate(row), by=SYSTEM, at=at)
    return {kind.code: kind for kind in LicenceKind.objects.all()}


def item(
    slug: str = "food-business-licence", *, agency: Agency | None = None, at: datetime = AT, **changes: Any
) -> Edition:
    """A researched item's current edition; released if it isn't yet. changes: fields of its document."""
    if not changes and Item.objects.filter(slug=slug).exists():
        return queries.current(slug)
    document = raw(slug) | changes
    kinds(at)
    return commands.release(document, agency=agency or make_agency(document["department"]), by=SYSTEM, at=at)


def small(**changes: Any) -> dict[str, Any]:
    """The least that a document may hold, and what a test adds."""
    return {
        "slug": "small-item",
        "name": "小事项",
        "kind": "公共服务",
        "subjects": ["自然人"],
        "department": "SJ",
        "level": ["县"],
        "case_type": "承诺件",
        "statutory_days": 20,
        "promised_days": 5,
        "steps": [
            {"name": "受理", "role": "综合窗口"},
            {"name": "审查", "role": "审查岗"},
            {"name": "决定", "role": "负责人"},
        ],
        "fee": {"charged": False},
        "visits": 0,
        "online_depth": "四级",
        **changes,
    }


def sheet(*fields: dict[str, Any]) -> EditionDocument:
    """A document with these form fields."""
    return EditionDocument.model_validate(small(form_fields=list(fields)))


def field(name: str, kind: str = "text", label: str = "", **more: Any) -> dict[str, Any]:
    """One form field."""
    return {"name": name, "label": label or name, "type": kind, **more}


def release(document: dict[str, Any], *, agency: Agency | None = None, at: datetime = AT) -> Edition:
    """Release a document under some agency."""
    return commands.release(document, agency=agency or make_agency(document["department"]), by=SYSTEM, at=at)
