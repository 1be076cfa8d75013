"""The issuing agency's desk: what waits for a signature, what it signed, and everything about one of its licences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from yimen.kit.actor import Actor
from yimen.kit.crypto import keyed_hash
from yimen.kit.errors import NotFound
from yimen.ledger.commands import look
from yimen.vault import access
from yimen.vault.choices import EndKind, State, Trust
from yimen.vault.models import Licence, LicenceHolder, RelatedLicence, Restoration, Suspension, TrustMove

PURPOSE = "发证机关管理证照"


@dataclass(frozen=True)
class Life:
    """What happened to one licence, for its page at the desk."""

    versions: list[Licence]
    holders: list[LicenceHolder]
    suspensions: list[Suspension]
    moves: list[TrustMove]
    related: list[tuple[str, Licence]]
    restorations: list[Restoration]


def to_sign(agencies: Sequence[int]) -> QuerySet[Licence]:
    """Drawn up and not yet signed, the one that waits longest first."""
    return _listed(agencies).filter(state=State.DRAWN).order_by("drawn_at", "pk")


def of_agencies(agencies: Sequence[int]) -> QuerySet[Licence]:
    """What the agencies signed, the newest first."""
    return _listed(agencies).exclude(state=State.DRAWN).exclude(ended_kind=EndKind.DISCARDED)


def numbered(agencies: Sequence[int], asked: str) -> QuerySet[Licence]:
    """By number, identifier or case, whole: nobody leafs through licences by parts of numbers."""
    asked = asked.strip()
    rows = _listed(agencies).exclude(ended_kind=EndKind.DISCARDED)
    return rows.filter(Q(number_hash=keyed_hash(asked)) | Q(identifier=asked) | Q(case=asked))


def of_case_made(case: str) -> list[Licence]:
    """The licences that a case produced."""
    return list(Licence.objects.filter(case=case).exclude(ended_kind=EndKind.DISCARDED).select_related("kind"))


def at_desk(pk: int, *, by: Actor, at: datetime) -> Licence:
    """A licence of one's own agency; the look is recorded with every holder. Raises NotFound."""
    rows = Licence.objects.select_related("kind", "agency", "holder", "signed_with", "layout", "replaces")
    found = rows.filter(pk=pk).first()
    if found is None or not access.may_manage(found.agency_id, by=by):
        raise NotFound
    for subject in holders_of(found):
        look(subject, by=by, at=at, purpose=PURPOSE, case=found.case, what=f"licence:{found.pk}")
    return found


def replaceable(subjects: Sequence[int], kind: int, agency: int, *, besides: int | None = None) -> list[Licence]:
    """What somebody holds of a kind from an agency and may have a next version, the oldest first.

    besides: a draft that counts as none: the one that is being decided on.
    """
    shared = LicenceHolder.objects.filter(subject__in=subjects).values("licence")
    mine = Licence.objects.filter(Q(holder__in=subjects) | Q(pk__in=shared), state=State.SIGNED, trust=Trust.A)
    waiting = followers(OuterRef("pk")).exclude(pk=besides or 0)
    rows = mine.filter(kind=kind, agency=agency).exclude(Exists(waiting)).order_by("issued_at", "pk")
    return list(rows.select_related("kind", "agency", "holder"))


def followers(licence: int | OuterRef) -> QuerySet[Licence]:
    """The next version of one, drawn up or signed: what was thrown away or annulled is none."""
    gone = (EndKind.DISCARDED, EndKind.ANNULLED)
    return Licence.objects.filter(replaces=licence).exclude(ended_kind__in=gone)


def signed_with_case(licence: Licence) -> bool:
    """Its case signs all its results together; only a later version made by hand is signed by itself.

    Such a one keeps the case of the version before it.
    """
    if not licence.case or licence.replaces_id is None:
        return bool(licence.case)
    return licence.replaces is not None and licence.replaces.case != licence.case


def holders_of(licence: Licence) -> list[int]:
    """The subjects that hold it, in their order."""
    return access.all_holders(licence)


def life_of(licence: Licence) -> Life:
    """Versions (the same serial), holders, suspensions, moves of trust, related licences."""
    versions = Licence.objects.filter(kind=licence.kind_id, agency=licence.agency_id, serial=licence.serial)
    own = RelatedLicence.objects.filter(licence=licence).select_related("other__kind")
    others = RelatedLicence.objects.filter(other=licence).select_related("licence__kind")
    return Life(
        list(versions.exclude(ended_kind=EndKind.DISCARDED).order_by("version")),
        list(LicenceHolder.objects.filter(licence=licence)),
        list(Suspension.objects.filter(licence=licence)),
        list(TrustMove.objects.filter(licence=licence)),
        [(row.words, row.other) for row in own] + [(row.words, row.licence) for row in others],
        list(Restoration.objects.filter(licence=licence).select_related("annulled")),
    )


def _listed(agencies: Sequence[int]) -> QuerySet[Licence]:
    rows = Licence.objects.filter(agency__in=agencies).select_related("kind", "agency", "holder")
    return rows.order_by("-issued_at", "-pk")
