"""Releasing: a document becomes the current edition, once, and never changes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from procrastinate.contrib.django import app

from yimen.catalog import access, events
from yimen.catalog.choices import UNRELEASED, EditionDocument, EditionState, chain
from yimen.catalog.models import Edition, Item, Shelf
from yimen.catalog.queries.checking import check
from yimen.catalog.queries.editions import in_force
from yimen.city import queries as city
from yimen.kit.actor import Actor
from yimen.kit.commands import command, together
from yimen.kit.crypto import sm3
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.events import speak
from yimen.kit.time import day_of
from yimen.ledger.commands import record

if TYPE_CHECKING:
    from yimen.city.models import Agency


class Unchanged(Refusal):
    code = "edition_unchanged"
    sentence = "内容与现行版本完全相同，没有发布新版本。"


@command
def release(
    document: EditionDocument | Mapping[str, Any],
    *,
    agency: Agency,
    since: date | None = None,
    reach: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> Edition:
    """Make a document the current edition of its item; the one before ends. New items are made on the way.

    since: the day from which it has held, where that was before today (items that a city brings along).
    reach: {change: new | all}, as it was chosen for the edition above.
    Who: the platform, loading a folder or following an edition above. Speaks EditionReleased.
    Raises Invalid (with every problem), Unchanged, Forbidden.
    """
    access.require_release(by)
    checked = _checked(document)
    item = establish(checked, agency)
    before = in_force(item.pk)
    keyed = checked.keyed(before.doc if before else None)
    essence = digest(keyed.essence())
    if before is not None and before.digest == essence and item.agency_id == agency.pk:
        raise Unchanged
    edition = Edition(item=item, version=0, document=keyed.stored(), digest=essence, reach=dict(reach or {}))
    today = day_of(at)
    _make_current(edition, agency, since=min(since or today, today), by=by, at=at)
    return edition


def become_current(edition: Edition, *, by: Actor, at: datetime) -> None:
    """An approved edition takes the place of the one before, within the command that found it due."""
    item = Item.objects.select_for_update(of=("self",)).get(pk=edition.item_id)
    named = edition.doc.agency
    agency = city.agencies().filter(code=named).first() if named else None
    _make_current(edition, agency or item.agency, since=day_of(at), by=by, at=at)


def _make_current(edition: Edition, agency: Agency, *, since: date, by: Actor, at: datetime) -> None:
    item = edition.item
    _end(in_force(item.pk), at)
    edition.version = _number(edition)
    edition.state, edition.released_at, edition.valid_from = EditionState.RELEASED, at, since
    edition.save()
    _follow(item, edition.doc, agency)
    move_shelf()
    record(
        chain(item.slug), "edition_released", by=by, at=at,
        version=edition.version, digest=edition.digest, agency=agency.code,
    )  # fmt: skip
    speak(events.EditionReleased(item.slug, edition.version, at))


def digest(stored: Mapping[str, Any]) -> str:
    """SM3 of a document in one fixed form."""
    return sm3(json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hex()


def _checked(document: EditionDocument | Mapping[str, Any]) -> EditionDocument:
    raw = document.stored() if isinstance(document, EditionDocument) else document
    checked, problems = check(raw)
    if checked is None:
        errors = [{"field": each.field, "code": "bad_document", "message": each.reason} for each in problems]
        raise Invalid(errors, "事项文件有误，没有发布。")
    return checked


def establish(document: EditionDocument, agency: Agency) -> Item:
    """The item, locked: two releases at once follow one another."""
    Item.objects.bulk_create(
        [Item(slug=document.slug, agency=agency, division=agency.division.code, **_columns(document))],
        ignore_conflicts=True,
    )
    return Item.objects.select_for_update(of=("self",)).get(slug=document.slug)


def _columns(document: EditionDocument) -> dict[str, str]:
    return {
        "name": document.name,
        "code": document.code or "",
        "kind": document.kind,
        "case_type": document.case_type.value,
        "department": document.department,
    }


def _follow(item: Item, document: EditionDocument, agency: Agency) -> None:
    columns: dict[str, Any] = {"agency": agency, "division": agency.division.code, **_columns(document)}
    if document.inherits and item.upper_id is None:  # a city brings it along that way
        columns["upper"] = Item.objects.filter(slug=document.inherits.slug).exclude(pk=item.pk).first()
    Item.objects.filter(pk=item.pk).update(**columns)


def _end(before: Edition | None, at: datetime) -> None:
    if before is not None:
        today = day_of(at)
        before.valid_to = max(before.valid_from or today, today - timedelta(days=1))
        before.save(update_fields=["valid_to"])


def _number(edition: Edition) -> int:
    """Its own, unless something newer has been released since it was begun."""
    others = edition.item.editions.exclude(pk=edition.pk)
    last = others.exclude(state__in=UNRELEASED).aggregate(last=Max("version"))["last"] or 0
    if edition.version > last:
        return edition.version
    return 1 + (others.aggregate(last=Max("version"))["last"] or 0)


def move_shelf() -> None:
    """What can be found has changed: the worker builds the search index anew once this is committed."""
    Shelf.objects.update_or_create(pk=1, defaults={"stamp": uuid.uuid4()})
    together(_ask_for_index, None)


def _ask_for_index(_changes: list[None]) -> None:
    """One job per outermost command, however much it changed."""
    app.configure_task("catalog.index").defer()
