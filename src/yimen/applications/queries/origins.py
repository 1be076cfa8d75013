"""What was prefilled in an application, from where, as it was then; and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from yimen.law.prefill import ACTING, APPLICANT, TRUSTED, Kept, Origin, dated, kept
from yimen.law.said import Said, about, said
from yimen.law.said import packed as said_as
from yimen.law.said import unpacked as said_again
from yimen.sheets.ports import Prefilled

if TYPE_CHECKING:
    from yimen.applications.models import Filed


@dataclass(frozen=True)
class FieldOrigin:
    """A prefilled field. was: the value then; now: what the form says; others: what other trusted sources said.

    turn: whose it is, 0 the applicant's own, 1 that of whoever acts for them.
    """

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
    turn: int = 0

    @property
    def note(self) -> str:
        """营业执照 2025-03-02."""
        return dated(self.source, self.as_of)

    @property
    def staff_note(self) -> str:
        """The same for whoever examines the application: it speaks of the person, not to them."""
        return about(self.note, ACTING if self.turn else APPLICANT)

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
        return dated(self.source, self.as_of)


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
    row: dict[str, Any] = {"origin": each.origin, "source": said_as(each.source), "value": each.value, "ref": each.ref}
    if each.turn:
        row["turn"] = each.turn
    if each.office:
        row["office"] = each.office
    if each.as_of:
        row["as_of"] = each.as_of.isoformat()
    if each.others:
        row["others"] = [
            {"source": said_as(one.source), "value": one.value, "as_of": one.as_of.isoformat() if one.as_of else None}
            for one in each.others
        ]
    return row


def unpacked(field: str, row: Mapping[str, Any], now: Any) -> FieldOrigin:
    """One as it was kept, beside what the form says now."""
    origin = Origin(row["origin"])
    return FieldOrigin(
        field=field,
        origin=origin,
        source=_words(row["source"]),
        as_of=_day(row.get("as_of")),
        ref=row.get("ref", ""),
        office=row.get("office"),
        was=row["value"],
        now=now,
        kept=kept(origin, row["value"], now),
        others=tuple(
            Differing(_words(one["source"]), _day(one["as_of"]), one["value"]) for one in row.get("others", ())
        ),
        turn=row.get("turn", 0),
    )


def origins(application: Filed) -> dict[str, FieldOrigin]:
    """Every prefilled field with what became of it."""
    answers = application.answers
    return {name: unpacked(name, row, answers.get(name)) for name, row in application.origins.items()}


def challenged(application: Filed) -> dict[str, FieldOrigin]:
    """The fields in which the applicant says otherwise than a register: for whoever examines the application."""
    return {name: each for name, each in origins(application).items() if each.challenged}


def source_words(application: Filed, *, own: bool) -> dict[str, str]:
    """Beside which field stands where it comes from: the words as they were said, so that they can be translated.

    own: as the applicant reads them, else as staff do.
    """
    rows = application.origins
    return {name: _source(name, words, rows.get(name), own) for name, words in application.sources.items()}


def _source(name: str, words: str, row: Mapping[str, Any] | None, own: bool) -> str:
    """What the row says, as long as it is what stands beside the field; else those words."""
    origin = unpacked(name, row, None) if row else None
    if origin is not None and origin.note == words:
        return origin.note if own else origin.staff_note
    return said(words)


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


def _words(kept: Any) -> str:
    """Kept as plain text before it was kept with its template."""
    told = said_again(kept)
    return told if isinstance(told, Said) else said(told)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
