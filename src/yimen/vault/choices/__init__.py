"""Words of the licence library, kinds of licences as documents, labels of the shipped fields."""

from yimen.vault.choices.kinds import (
    FieldType,
    KindDocument,
    KindField,
    LayoutDocument,
    Sensitivity,
    derived_field,
    fields_of,
)
from yimen.vault.choices.labels import FIELD_LABELS, field_label
from yimen.vault.choices.words import (
    STANDING_WORDS,
    EndKind,
    HolderKind,
    State,
    Trust,
    UseKind,
    VersionKind,
    stand_in_uscc,
)

__all__ = [
    "FIELD_LABELS",
    "STANDING_WORDS",
    "EndKind",
    "FieldType",
    "HolderKind",
    "KindDocument",
    "KindField",
    "LayoutDocument",
    "Sensitivity",
    "State",
    "Trust",
    "UseKind",
    "VersionKind",
    "derived_field",
    "field_label",
    "fields_of",
    "stand_in_uscc",
]
