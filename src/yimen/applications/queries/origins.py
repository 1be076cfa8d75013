"""What was prefilled in an application, from where, as it was then; and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from yimen.law.prefill import TRUSTED, Kept, Origin, kept
from yimen.sheets.ports import Prefilled

if TYPE_CHECKING:
    from yimen.applications.models import Filed


@dataclass(frozen=True)
class FieldOrigin:
    """A prefilled field. was: the value then; now: what the form says; others: what other trusted sources said."""

    field: str
    origin: Origin
    source: str
    as_of: date | None
    ref: str
    office: int | None
    was: Any
    now: Any
    kept: Kept
    others: tuple[Differing, ...]

    @property
    def note(self) -> str:
        """营业执照 2025-03-02."""
        return f"{self.source} {self.as_of:%Y-%m-%d}" if self.as_of else self.source

    @property
    def trusted(self) -> bool:
        return self.origin in TRUSTED

    @property
    def challenged(self) -> bool:
        """A register says otherwise than the applicant."""
        return self.kept is Kept.CHALLENGED


@dataclass(frozen=True)
class Differing:
    """What another trusted source says."""

    source: str
    as_of: date | None
    value: Any

    @property
    def note(self) -> str:
        return f"{self.source} {self.as_of:%Y-%m-%d}" if self.as_of else self.source


def packed(known: Mapping[str, Prefilled]) -> dict[str, dict[str, Any]]:
    """As an application keeps it, sealed: {field: …}; what the person said just now has no origin."""
    return {name: _packed(each) for name, each in known.items() if each.origin is not None}


def filled(known: Mapping[str, Prefilled]) -> dict[str, dict[str, Any]]:
    """The columns of an application that begins with what is known."""
    return {
        "answers": {name: each.value for name, each in known.items()},
        "sources": {name: each.note for name, each in known.items()},
        "origins": packed(known),
    }


def _packed(each: Prefilled) -> dict[str, Any]:
    row: dict[str, Any] = {"origin": each.origin, "source": each.source, "value": each.value, "ref": each.ref}
    if each.office:
        row["office"] = each.office
    if each.as_of:
        row["as_of"] = each.as_of.isoformat()
    if each.others:
        row["others"] = [
            {"source": one.source, "value": one.value, "as_of": one.as_of.isoformat() if one.as_of else None}
            for one in each.others
        ]
    return row


def unpacked(field: str, row: Mapping[str, Any], now: Any) -> FieldOrigin:
    """One as it was kept, beside what the form says now."""
    origin = Origin(row["origin"])
    return FieldOrigin(
        field=field,
        origin=origin,
        source=row["source"],
        as_of=_day(row.get("as_of")),
        ref=row.get("ref", ""),
        office=row.get("office"),
        was=row["value"],
        now=now,
        kept=kept(origin, row["value"], now),
        others=tuple(Differing(one["source"], _day(one["as_of"]), one["value"]) for one in row.get("others", ())),
    )


def origins(application: Filed) -> dict[str, FieldOrigin]:
    """Every prefilled field with what became of it."""
    answers = application.answers
    return {name: unpacked(name, row, answers.get(name)) for name, row in application.origins.items()}


def challenged(application: Filed) -> dict[str, FieldOrigin]:
    """The fields in which the applicant says otherwise than a register: for whoever examines the application."""
    return {name: each for name, each in origins(application).items() if each.challenged}


def sources_now(
    answers: Mapping[str, Any],
    kept_rows: Mapping[str, Mapping[str, Any]],
    others: Mapping[str, str],
    changed: Iterable[str],
) -> dict[str, str]:
    """The words beside each field after some were changed: one that is again what its source said bears them again."""
    words = {name: said for name, said in others.items() if name not in changed}
    for name in changed:
        row = kept_rows.get(name)
        if row and unpacked(name, row, answers.get(name)).kept is Kept.KEPT:
            words[name] = unpacked(name, row, None).note
    return words


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
