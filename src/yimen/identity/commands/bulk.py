"""Many people and firms entered at once: those who stand on old licences that a body digitises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from yimen.identity import access
from yimen.identity.choices import Assurance
from yimen.identity.commands.subjects import kind_of, require_name
from yimen.identity.models import Subject
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.copying import NewRows
from yimen.ledger.choices import subject_chain
from yimen.ledger.commands import record, record_many

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody as a paper names them. number: sound and as registers write it (law.documents)."""

    document: str
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Met:
    """Who somebody is in the registers. subject: None where the number is known under another name."""

    subject: int | None
    fresh: bool = False


@command
def register_subjects(people: Sequence[Newcomer], *, by: Actor, at: datetime, about: str) -> list[Met]:
    """Find or enter each, in a few statements for all of them; one subject per number, a name is never written over.

    Who: whoever the caller lets. about: the ledger chain of what they are entered for. Two who enter the same number at
    once get the same row. A number that comes twice under two names belongs to the first. Raises Invalid for no name.
    """
    keys = [(each.document, access.number_hash(each.document, each.number)) for each in people]
    known = _known(keys)
    fresh: dict[Key, Newcomer] = {}
    for key, each in zip(keys, people, strict=True):
        if key not in known:
            fresh.setdefault(key, each)
    made = _enter(fresh, at) if fresh else {}
    known |= made
    # Whom somebody else entered at the same time.
    known |= _known(key for key in fresh if key not in made) if len(made) < len(fresh) else {}
    facts = {"assurance": int(Assurance.NONE), "about": about}
    entries = [(subject_chain(made[key][0]), {"document": key[0], **facts}) for key in sorted(made)]
    record_many("subject_registered", entries, by=by, at=at)
    record(about, "subjects_registered", by=by, at=at, asked=len(people), fresh=len(made))
    return [_met(known[key], each, key in made) for key, each in zip(keys, people, strict=True)]


def _met(known: tuple[int, str], asked: Newcomer, fresh: bool) -> Met:
    subject, name = known
    alike = name == asked.name or access.plain_name(name) == access.plain_name(asked.name)
    return Met(subject, fresh) if alike else Met(None)


def _enter(fresh: Mapping[Key, Newcomer], at: datetime) -> dict[Key, tuple[int, str]]:
    """Enter those whom nobody else enters at the same time: {(document, hash): (subject, name)}."""
    subjects = NewRows(Subject, keyed=False, assurance=Assurance.NONE, created_at=at)
    names = {key: require_name(each.name) for key, each in fresh.items()}
    # In one order, so that two who enter the same people wait for each other instead of dying of it.
    shape = subjects.shape("kind", "document", "number", "number_hash", "name")
    rows = (
        shape(kind_of(each.document, each.number), each.document, each.number, key[1], names[key])
        for key, each in sorted(fresh.items())
    )
    made = subjects.copy_missing(rows, "document", "number_hash")
    return {(document, hashed): (pk, names[document, hashed]) for pk, document, hashed in made}


def _known(keys: Iterable[Key]) -> dict[Key, tuple[int, str]]:
    """{(document, hash): (subject, name)} of those who are there."""
    documents, hashes = zip(*keys, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject.document, subject.number_hash, subject.id, subject.name FROM identity_subject subject "
            "JOIN unnest(%b::varchar[], %b::varchar[]) AS asked (document, number_hash) "
            "USING (document, number_hash)",
            [list(documents), list(hashes)],
        )
        return {(document, number_hash): (pk, name) for document, number_hash, pk, name in cursor.fetchall()}
