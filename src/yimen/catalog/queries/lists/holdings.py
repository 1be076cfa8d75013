"""The rows of all lists as of now, kept in each process. A new stamp on the shelf means: look what changed, read that.

An edition never changes once released, so that only those not seen before are read (20,000 at a process's first page,
a few after each release); what became of an item's proofs and the name of its agency are part of what is compared.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import translation
from pydantic_core import from_json

from yimen.catalog.choices import EditionState, ProofOutcome
from yimen.catalog.choices.consulting import PROOF
from yimen.catalog.models import Consultation, Edition, Shelf
from yimen.catalog.queries.lists.entries import Entries
from yimen.catalog.queries.lists.gone import gone_items
from yimen.catalog.queries.lists.kinds import LEFT_OUT, LISTS, Dropped, Gone, Heard, Row, Source
from yimen.kit.commands import read_once
from yimen.kit.time import day_of

READ_AT_ONCE = 500
DOCUMENTS = """
SELECT id, jsonb_strip_nulls(document - %s::text[])::text FROM catalog_edition WHERE id = ANY(%s)
"""
PAST_PROOFS = """
SELECT e.id, e.item_id, e.version, e.valid_to, e.note, jsonb_path_query_array(
    e.document, '$.materials[*] ? (@.kind == $kind)', jsonb_build_object('kind', %s::text))::text
FROM catalog_edition e WHERE e.id = ANY(%s)
"""


class Head(NamedTuple):
    """An item's edition without its document: the current one, or the last one where it is suspended or cancelled."""

    id: int
    item: int
    slug: str
    version: int
    valid_from: date | None
    agency: str
    agency_name: str
    state: str = EditionState.RELEASED
    valid_to: date | None = None


class Past(NamedTuple):
    """The proofs of an edition that is over."""

    version: int
    valid_to: date | None
    note: str
    proofs: tuple[tuple[str, str, str], ...]  # key, name, basis


Known = tuple[Any, dict[str, tuple[Row, ...]]]


@dataclass
class Holdings:
    """Rows by list, in the order of their items' names. stamp: of the shelf they were read at."""

    stamp: UUID | None
    rows: dict[str, Entries]
    known: dict[int, Known] = field(default_factory=dict, repr=False)
    past: dict[int, tuple[int, Past]] = field(default_factory=dict, repr=False)


_kept = Holdings(uuid4(), {})
_lock = threading.Lock()


def current_rows(code: str) -> Entries:
    """A list as it stands now."""
    return holdings().rows.get(code, Entries())


def holdings() -> Holdings:
    """All lists as they stand now; one small statement tells whether those kept are old."""
    return read_once("catalog.lists", _fresh)


def _fresh() -> Holdings:
    global _kept
    stamp = Shelf.objects.filter(pk=1).values_list("stamp", flat=True).first()
    if _kept.stamp != stamp or _kept.rows.keys() != LISTS.keys():
        with _lock:
            if _kept.stamp != stamp or _kept.rows.keys() != LISTS.keys():
                with translation.override(settings.LANGUAGE_CODE):  # what lists say doesn't depend on who asks first
                    _kept = _read(stamp, _kept)
    return _kept


def _read(stamp: UUID | None, before: Holdings) -> Holdings:
    heads = _heads()
    past = _past(before.past)
    by_item: dict[int, list[Past]] = {}
    for item, each in past.values():
        by_item.setdefault(item, []).append(each)
    heard = _heard()
    gone = gone_items((head.item, head.state, head.valid_to) for head in heads if head.state != EditionState.RELEASED)
    signs = {
        head.id: (head, tuple(by_item.get(head.item, ())), heard.get(head.item, ()), gone.get(head.item))
        for head in heads
    }
    same = before.rows.keys() == LISTS.keys()
    known = {pk: old for pk, sign in signs.items() if same and (old := before.known.get(pk)) and old[0] == sign}
    for head, raw in _documents([head for head in heads if head.id not in known]):
        known[head.id] = (signs[head.id], _rows(_source(head, raw, *signs[head.id][1:])))
    rows: dict[str, list[Row]] = {code: [] for code in LISTS}
    for head in heads:
        for code, made in known[head.id][1].items() if head.id in known else ():
            rows[code] += made
    return Holdings(stamp, {code: Entries(each) for code, each in rows.items()}, known, past)


def _batched(ids: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(ids)
    while some := list(islice(remaining, READ_AT_ONCE)):
        yield some


def _heads() -> list[Head]:
    """By name; of each item the current edition, else the last one that counted."""
    current = Q(state=EditionState.RELEASED, valid_to=None)
    stopped = Q(state=EditionState.SUSPENDED, valid_to=None) | Q(state=EditionState.CANCELLED)
    rows = Edition.objects.filter(current | stopped).order_by("item__name", "item__slug", "version")
    names = (
        "id", "item_id", "item__slug", "version", "valid_from", "item__agency__code", "item__agency__name", "state",
        "valid_to",
    )  # fmt: skip
    heads: dict[int, Head] = {}
    for row in rows.values_list(*names):
        head = Head(*row)
        if head.item not in heads or heads[head.item].state != EditionState.RELEASED:
            heads[head.item] = head
    return list(heads.values())


def _documents(heads: list[Head]) -> Iterator[tuple[Head, dict[str, Any]]]:
    """The documents of some editions, a few hundred at a time, so that they are never all in memory.

    Without what lists never ask for and without blanks: to parse the rest would take four times as long.
    """
    by_id = {head.id: head for head in heads}
    with connection.cursor() as cursor:
        for ids in _batched(by_id):
            cursor.execute(DOCUMENTS, [list(LEFT_OUT), ids])
            for pk, raw in cursor.fetchall():
                yield by_id[pk], from_json(raw)


def _past(known: Mapping[int, tuple[int, Past]]) -> dict[int, tuple[int, Past]]:
    """The proofs of all editions that are over, by edition: only those not seen before are read."""
    over = Edition.objects.filter(state=EditionState.PAST) | Edition.objects.filter(
        state__in=(EditionState.RELEASED, EditionState.SUSPENDED), valid_to__isnull=False
    )
    ids = list(over.order_by("item_id", "version").values_list("pk", flat=True))
    found = {pk: known[pk] for pk in ids if pk in known}
    new = [pk for pk in ids if pk not in known]
    with connection.cursor() as cursor:
        for some in _batched(new):
            cursor.execute(PAST_PROOFS, [PROOF, some])
            for pk, item, version, valid_to, note, proofs in cursor.fetchall():
                found[pk] = (item, Past(version, valid_to, note, _named(proofs)))
    return {pk: found[pk] for pk in ids if pk in found}


def _named(proofs: str) -> tuple[tuple[str, str, str], ...]:
    raw = from_json(proofs)
    return tuple((str(each.get("key") or ""), each["name"], str(each.get("basis") or "")) for each in raw)


def _heard() -> dict[int, tuple[Heard, ...]]:
    found: dict[int, list[Heard]] = {}
    for row in Consultation.objects.filter(concluded_at__isnull=False).order_by("concluded_at", "pk"):
        label, day = (
            str(ProofOutcome(row.outcome).label),
            day_of(row.concluded_at) if row.concluded_at else row.closes_on,
        )
        heard = Heard(row.material_name, row.basis, row.outcome, label, day, row.outcome_reason)
        found.setdefault(row.item_id, []).append(heard)
    return {item: tuple(each) for item, each in found.items()}


def _source(
    head: Head, raw: dict[str, Any], past: tuple[Past, ...], heard: tuple[Heard, ...], gone: Gone | None = None
) -> Source:
    return Source(
        head.slug, raw.get("name") or head.slug, head.version, head.valid_from, head.agency, head.agency_name, raw,
        tuple(_dropped(raw, past, heard)), heard, gone,
    )  # fmt: skip


def _dropped(raw: dict[str, Any], past: Iterable[Past], heard: Iterable[Heard]) -> Iterator[Dropped]:
    """Proofs that an earlier edition asked for and this one doesn't, by name and key; those ended by a consultation."""
    materials = raw.get("materials") or ()
    names = {each["name"] for each in materials}
    keys = {each.get("key") for each in materials if each.get("kind") == PROOF}
    ended = {each.name: each for each in heard if each.outcome == ProofOutcome.DROPPED}
    gone: dict[str, tuple[Past, str]] = {}
    for edition in past:
        gone |= {
            name: (edition, basis)
            for key, name, basis in edition.proofs
            if name not in names and (not key or key not in keys)
        }
    for name, (edition, basis) in gone.items():
        told = ended.get(name)
        since = edition.valid_to + timedelta(days=1) if edition.valid_to else None
        how = "征求意见后取消" if told else f"第 {edition.version} 版以后不再要求"
        yield Dropped(name, basis, how, since or (told.on if told else None), told.reason if told else edition.note)
    for name, told in ended.items():
        if name not in gone:
            how = "征求意见后决定取消，事项正在修改" if name in names else "征求意见后取消"
            yield Dropped(name, told.basis, how, told.on, told.reason)


def _rows(source: Source) -> dict[str, tuple[Row, ...]]:
    fitting = {code: kind for code, kind in LISTS.items() if kind.gone or source.gone is None}
    made = {code: tuple(_apart(kind.rows(source))) for code, kind in fitting.items()}
    return {code: rows for code, rows in made.items() if rows}


def _apart(rows: Iterable[Row]) -> Iterator[Row]:
    """Each with a key of its own, also where an item names two things alike."""
    seen: dict[str, int] = {}
    for row in rows:
        seen[row.key] = seen.get(row.key, 0) + 1
        yield row if seen[row.key] == 1 else row._replace(key=f"{row.key}#{seen[row.key]}")
