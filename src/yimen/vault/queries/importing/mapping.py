"""What the columns of a table may hold for a kind of licence, and which column holds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yimen.law.column_mapping import Wanted, guess
from yimen.vault.choices import FieldType, HolderKind, field_label
from yimen.vault.choices.batches import (
    FILLED,
    FROM,
    HOLDER,
    HOLDER_NUMBER,
    ISSUED,
    NUMBER,
    NUMBERED,
    TARGETS,
    TO,
)
from yimen.vault.models import Batch, ColumnMapping, LicenceKind
from yimen.vault.queries.importing.tables import LIST_OF_REASONS
from yimen.vault.queries.kinds import kind_fields

OWN = "field:"
"""Before the key of a field of the kind, among what a column may hold."""


@dataclass(frozen=True)
class Target:
    """One thing that a column may hold. needed: without it nothing can be loaded; own: the kind's field, by its key."""

    key: str
    label: str
    words: tuple[str, ...]
    needed: bool = False
    own: str = ""
    type: FieldType = FieldType.TEXT


def targets(kind: LicenceKind) -> list[Target]:
    """The columns that matter for a kind, in the order in which people think of them."""
    numbered = number_key(kind)
    needed = {HOLDER, HOLDER_NUMBER} | ({NUMBER} if numbered else set())
    found = []
    for key, (label, words) in TARGETS.items():
        if key == NUMBER and not numbered:
            continue
        own = field_label(numbered) if key == NUMBER else ""
        found.append(Target(key, own or label, (own, label, *words) if own else (label, *words), key in needed))
    return found + [
        Target(f"{OWN}{field.key}", field.label, (field.label,), own=field.key, type=field.type)
        for field in kind_fields(kind)
        if field.key not in _spoken_for(kind)
    ]


def number_key(kind: LicenceKind) -> str:
    """Which field is the licence's number; "" where its holder's number is (business licence, identity card)."""
    found = next((key for key in NUMBERED if key in kind.key_fields), "")
    if not found and not {"uscc", "id_number"} & set(kind.key_fields):
        return "certificate_no"
    return found


def guessed(kind: LicenceKind, heads: Sequence[str]) -> dict[str, int]:
    """{target: place of its column}, by what was chosen last time and by likeness."""
    saved = saved_mapping(kind)
    wanted = [Wanted(each.key, each.words) for each in targets(kind)]
    ours = ["" if head == LIST_OF_REASONS else head for head in heads]
    return guess(ours, wanted, saved.heads if saved else {})


def saved_mapping(kind: LicenceKind) -> ColumnMapping | None:
    return ColumnMapping.objects.filter(kind=kind).first()


def lacking(kind: LicenceKind, mapping: Mapping[str, int]) -> list[Target]:
    """What has no column though nothing goes without it; of the first days one is enough."""
    missing = [each for each in targets(kind) if each.needed and each.key not in mapping]
    if not {ISSUED, FROM} & set(mapping):
        missing += [each for each in targets(kind) if each.key == ISSUED]
    return missing


def may_be_required(kind: LicenceKind, mapping: Mapping[str, int]) -> list[Target]:
    """Columns of which it is asked whether a row may leave them empty."""
    return [each for each in targets(kind) if each.key in mapping and (each.own or each.key == TO)]


def _spoken_for(kind: LicenceKind) -> set[str]:
    """Fields that other columns fill: the number's, the holder's, days, the holder's document."""
    held = {"id_number", "uscc"} if kind.holder_kind == HolderKind.BOTH else set()
    held |= {"id_number"} if kind.holder_kind == HolderKind.NATURAL else {"uscc"}
    return {*FILLED, *held, number_key(kind)}


def required_now(batch: Batch) -> list[str]:
    """What no row may lack unless somebody says otherwise: as last time, else every field of the kind with a column."""
    if batch.mapped_at:
        return list(batch.required)
    saved = saved_mapping(batch.kind)
    may = [each.key for each in may_be_required(batch.kind, batch.mapping)]
    return [key for key in may if key in saved.required] if saved else [key for key in may if key != TO]
