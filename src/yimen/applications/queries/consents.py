"""May what somebody wrote and handed in earlier be used for other items? And what have they said about it so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from yimen.applications.choices import Said
from yimen.applications.models import ReuseConsent
from yimen.identity.queries import same_person

if TYPE_CHECKING:
    from yimen.identity.models import Subject


@dataclass(frozen=True)
class Consenting:
    """What a subject has said. given: the consent in force; last: the last thing said; asked: have they been asked?"""

    given: ReuseConsent | None
    last: ReuseConsent | None

    @property
    def asked(self) -> bool:
        return self.last is not None


def may_reuse(subject: Subject | int, at: datetime) -> bool:
    """Was it agreed, and not taken back, that earlier answers and papers serve other items?

    For the same item nobody need ask this (国务院令第716号 art 7).
    """
    key = subject if isinstance(subject, int) else subject.pk
    return _in_force(same_person(key), at).exists()


def consenting(subject: Subject | int, at: datetime) -> Consenting:
    """One statement: the little that somebody ever said about it."""
    key = subject if isinstance(subject, int) else subject.pk
    rows = list(ReuseConsent.objects.filter(subject__in=same_person(key), said_at__lte=at).order_by("-said_at", "-id"))
    given = (row for row in rows if row.said == Said.AGREED and (row.revoked_at is None or row.revoked_at > at))
    return Consenting(next(given, None), rows[0] if rows else None)


def said_by(subjects: Iterable[int]) -> list[ReuseConsent]:
    """All that they ever said, the first first."""
    return list(ReuseConsent.objects.filter(subject__in=list(subjects)).order_by("said_at", "id"))


def _in_force(subjects: Iterable[int], at: datetime) -> QuerySet[ReuseConsent]:
    rows = ReuseConsent.objects.filter(subject__in=list(subjects), said=Said.AGREED, said_at__lte=at)
    return rows.filter(Q(revoked_at=None) | Q(revoked_at__gt=at))
