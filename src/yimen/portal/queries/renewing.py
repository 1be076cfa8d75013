"""A draft went over to a newer edition: what is different for whoever fills it in, and which answers no longer fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yimen.catalog.queries import current, edition
from yimen.catalog.queries.elements import said
from yimen.kit.errors import NotFound
from yimen.kit.telling import translated
from yimen.portal.queries.changes import changes

if TYPE_CHECKING:
    from yimen.applications.models import Application
    from yimen.catalog.choices import EditionDocument


@dataclass(frozen=True)
class News:
    """changes: in words; aside: answers that no longer fit, as label and value."""

    changes: list[str]
    aside: list[dict[str, str]]


def news(application: Application) -> News | None:
    """Since the draft was begun; None where nothing moved."""
    if not application.moves:
        return None
    before = edition(application.item.slug, application.moves[0]["from"]).doc
    return News(changes(before, application.edition.doc), _aside(application, before))


def closed(application: Application) -> str:
    """Why it can't be submitted now, when the item is suspended or cancelled."""
    if application.edition.current:
        return ""
    try:
        current(application.item.slug)
    except NotFound as refused:
        return translated(refused.detail)
    return ""


def _aside(application: Application, before: EditionDocument) -> list[dict[str, str]]:
    return [
        {"label": field.label, "value": _value(value)}
        for name, value in application.set_aside.items()
        if (field := before.field(name)) is not None and value not in (None, "", [], {})
    ]


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        return "、".join(_value(each) for each in value)
    return said(value)
