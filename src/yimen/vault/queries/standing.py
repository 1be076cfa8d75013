"""Does a licence hold, and if not, why: what anybody who has its code is told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from yimen.kit.prepared import prepared
from yimen.kit.time import day_of
from yimen.law.masking import mask_name, mask_number
from yimen.law.presenting import Standing, Terms, standing
from yimen.vault.access import is_frozen
from yimen.vault.choices import HolderKind, State, Trust
from yimen.vault.models import Freeze, Licence
from yimen.vault.queries.seals import seal_of

# What a check reads of a licence and of what it belongs to.
TOLD = (
    "identifier", "kind_id", "holder_id", "agency_id", "outside", "outside_region", "number", "holder_name",
    "holders_digest", "fields", "state",
    "trust", "issued_at", "valid_from", "valid_to", "token", "signature", "signed_with_id", "signed_at", "drawn_at",
    "kind__code", "kind__name", "holder__kind", "agency__code", "agency__name",
    "signed_with__holder", "signed_with__public", "signed_with__since", "signed_with__until",
    "signed_with__distrusted_from",
)  # fmt: skip


@dataclass(frozen=True)
class Check:
    """What anybody may learn who holds a licence's code. A person's name and number are masked, a firm's are public."""

    standing: Standing
    kind: str
    holder: str
    number: str
    issuer: str
    issued_on: date | None
    valid_from: date | None
    valid_to: date | None
    identifier: str
    checked_at: datetime

    @property
    def valid(self) -> bool:
        return self.standing is Standing.VALID

    @property
    def untouched(self) -> bool:
        return self.standing is not Standing.TAMPERED


def by_token(token: str) -> Licence | None:
    """The licence behind the code that is printed on it; None for what was never signed."""
    return next(iter(_of_token(token)), None) if 0 < len(token) <= 32 and _plain(token) else None


def by_tokens(tokens: Collection[str]) -> dict[str, Licence]:
    """Several at once, by their codes; those that nobody has are left out."""
    asked = {token for token in tokens if 0 < len(token) <= 32 and _plain(token)}
    rows = _barely().filter(token__in=asked).exclude(state=State.DRAWN).order_by() if asked else []
    return {licence.token: licence for licence in rows}


def _plain(token: str) -> bool:
    """Letters, digits, hyphens and underscores: whatever else was typed is no code, and never asked for."""
    return token.isascii() and token.replace("-", "").replace("_", "").isalnum()


@prepared
def _of_token(token: str) -> QuerySet[Licence]:
    return _barely().filter(token=token).exclude(state=State.DRAWN).order_by()


def _barely() -> QuerySet[Licence]:
    """For checks alone, which come in thousands: a third of the columns takes half of the time."""
    return checkable().defer(None).only(*TOLD)


def checkable() -> QuerySet[Licence]:
    """Licences with what a check asks for, and no more: sealed texts that nobody reads stay sealed."""
    frozen = Exists(Freeze.objects.filter(licence=OuterRef("pk"), lifted_at=None))
    unread = ("holder__number", "holder__profile", "holder__name", "holder__number_hash")
    return (
        Licence.objects.select_related("kind", "agency", "holder", "signed_with").defer(*unread).annotate(frozen=frozen)
    )


def check(licence: Licence, at: datetime) -> Check:
    """How it stands at this instant. Nothing of it is remembered but whether a signature fits a content."""
    person = licence.holder.kind == HolderKind.NATURAL
    return Check(
        standing=standing(terms_of(licence), seal_of(licence), day=day_of(at)),
        kind=licence.kind.name,
        holder=mask_name(licence.holder_name) if person else licence.holder_name,
        number=mask_number(licence.number) if person else licence.number,
        issuer=licence.issuer,
        issued_on=day_of(licence.issued_at) if licence.issued_at else None,
        valid_from=licence.valid_from,
        valid_to=licence.valid_to,
        identifier="" if person else licence.identifier or "",
        checked_at=at,
    )


def standing_of(licence: Licence, at: datetime) -> Standing:
    """The reason alone."""
    return standing(terms_of(licence), seal_of(licence), day=day_of(at))


def terms_of(licence: Licence) -> Terms:
    """What the law asks for; a row that was not read for a check is asked once more whether it is frozen."""
    known = getattr(licence, "frozen", None)
    frozen = is_frozen(licence) if known is None else bool(known)
    return Terms(licence.state, frozen, licence.valid_from, licence.valid_to, unseen=licence.trust == Trust.C)
