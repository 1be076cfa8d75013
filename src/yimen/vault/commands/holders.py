"""Several holders of one licence: a couple, joint owners. All of them see it, all their chains tell of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yimen.kit.actor import Actor
from yimen.kit.errors import Invalid
from yimen.ledger.choices import subject_chain
from yimen.ledger.commands import record
from yimen.vault.access import all_holders
from yimen.vault.models import Licence, LicenceHolder
from yimen.vault.queries.seals import holders_digest

if TYPE_CHECKING:
    from yimen.identity.models import Subject


@dataclass(frozen=True)
class Held:
    """One of several holders, in their order; share as it is written on the licence ("二分之一")."""

    subject: Subject
    share: str = ""


def several(first: Subject, holders: Sequence[Held]) -> list[LicenceHolder]:
    """Rows of the holders, the first one first; none where there is only one. Not saved. Raises Invalid."""
    others = [each for each in holders if each.subject.pk != first.pk]
    if not others:
        return []
    if len({each.subject.pk for each in others}) != len(others):
        raise Invalid([{"field": "holders", "code": "named_twice", "message": "同一持证人只能写一次。"}])
    own = next((each for each in holders if each.subject.pk == first.pk), Held(first))
    return [
        LicenceHolder(
            subject=each.subject, place=place, share=each.share, name=each.subject.name, number=each.subject.number
        )
        for place, each in enumerate([own, *others], start=1)
    ]


def keep(licence: Licence, rows: list[LicenceHolder]) -> None:
    for row in rows:
        row.licence = licence
    LicenceHolder.objects.bulk_create(rows)


def digest_of(rows: list[LicenceHolder]) -> str:
    return holders_digest(rows)


def tell_all(licence: Licence, verb: str, *, by: Actor, at: datetime, ground: str = "", **facts: Any) -> None:
    """Record on the chain of every holder."""
    for subject in chains_of(licence):
        record(subject_chain(subject), verb, by=by, at=at, ground=ground, licence=licence.pk, **facts)


def chains_of(licence: Licence) -> list[int]:
    """The subjects that hold it."""
    return all_holders(licence)
