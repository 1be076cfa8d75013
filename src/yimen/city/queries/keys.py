"""Keys of agencies: which one signs now, whether a signature fits and still counts, and the list of revoked ones."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from yimen.city import ports
from yimen.city.choices import RevokedFor
from yimen.city.models import Agency, SigningKey
from yimen.kit.errors import NotFound
from yimen.kit.signing import KeyKind, key_store, sm2
from yimen.kit.signing.certificates import Withdrawn, ends, revocation_list, serial_of
from yimen.law.signatures import Standing, standing

AUTHORITY = ""
PLATFORM = "platform"
"""Holders that are no agencies: whoever vouches for the others, and whoever keeps what it did not issue."""

LIST_AT = "/keys/revoked.crl"
# The words of RFC 5280, 5.3.1.
REASONS = {
    RevokedFor.COMPROMISED: "key_compromise",
    RevokedFor.SUPERSEDED: "superseded",
    RevokedFor.AFFILIATION: "affiliation_changed",
    RevokedFor.CEASED: "cessation_of_operation",
}


@dataclass(frozen=True)
class Verdict:
    """What became of a signature. fits: content and signature belong together; standing: does its key count."""

    fits: bool
    standing: Standing
    key: SigningKey | None

    @property
    def good(self) -> bool:
        return self.fits and self.standing is Standing.GOOD


def current_key(holder: str, kind: KeyKind) -> SigningKey | None:
    """The one key that signs for a holder now."""
    return SigningKey.objects.filter(holder=holder, kind=kind, until=None).first()


def current_keys(holder: Any, kind: KeyKind) -> QuerySet[SigningKey]:
    """The same as part of another statement; holder: a code, or a column of that statement."""
    return SigningKey.objects.filter(holder=holder, kind=kind, until=None).order_by()


def key_known(pk: int, name: str) -> SigningKey:
    """A key of which another statement read what signing asks for."""
    return SigningKey(pk=pk, name=name)


def keys_of(holder: str) -> QuerySet[SigningKey]:
    """All keys that a holder ever had, the newest of each kind first."""
    return SigningKey.objects.filter(holder=holder).order_by("kind", "-number")


def signing_key(name: str) -> SigningKey:
    """Raises NotFound."""
    found = SigningKey.objects.filter(name=name).first()
    if found is None:
        raise NotFound("没有这个密钥。")
    return found


def judge(key: SigningKey | None, holder: str, message: bytes, signature: bytes, signed_at: datetime) -> Verdict:
    """Does an SM2 signature fit what it stands under, is it of this holder, does its key count for that time?"""
    if key is None or key.holder != holder:
        return Verdict(False, Standing.GOOD, None)
    return Verdict(sm2.verify(bytes(key.public), message, signature), standing(key.life, signed_at), key)


def key_then(holder: str) -> SigningKey | None:
    """The key of signatures from before keys were counted: the holder's first."""
    return SigningKey.objects.filter(holder=holder, kind=KeyKind.SM2, number=1).first()


def revoked_keys() -> QuerySet[SigningKey]:
    """All revoked keys, the newest first."""
    return SigningKey.objects.exclude(revoked_at=None).order_by("-revoked_at", "-pk")


def authority_key() -> SigningKey | None:
    """The city's own authority; None before the first certificate."""
    return current_key(AUTHORITY, KeyKind.X509)


def roots() -> list[bytes]:
    """All certificates of the authority, old ones too: what they vouched for stays readable."""
    return [bytes(each.certificate or b"") for each in keys_of(AUTHORITY)]


def certificate_list(at: datetime) -> bytes:
    """The X.509 list of revoked certificates, DER. Raises NotFound before there is an authority."""
    above = authority_key()
    if above is None or above.certificate is None:
        raise NotFound("还没有签发过证书。")
    store, name = key_store(), above.name
    gone = [_withdrawn(each) for each in revoked_keys().filter(kind=KeyKind.X509).exclude(holder=AUTHORITY)]
    return revocation_list(bytes(above.certificate), gone, lambda text: store.sign(KeyKind.X509, name, text), at)


def list_address() -> str:
    return f"{settings.YIMEN_ADDRESS}{LIST_AT}"


def signed_with(key: SigningKey, since: datetime | None = None) -> list[tuple[str, int]]:
    """What a key signed (from an instant on), as words and a count, from all rooms that sign."""
    counted = [(words, count(key.pk, since)) for words, count in ports.signed()]
    return [(str(words), number) for words, number in counted if number]


@dataclass(frozen=True)
class Keyring:
    """Whose keys they are, those that sign now by kind, and how many were revoked."""

    holder: str
    name: str
    now: dict[str, SigningKey]
    revoked: int


def keyrings() -> list[Keyring]:
    """Everybody who has or had keys; the city's authority first."""
    keys = list(SigningKey.objects.all())
    names = holder_names({key.holder for key in keys})
    return [
        Keyring(
            holder,
            names[holder],
            {key.kind: key for key in keys if key.holder == holder and key.until is None},
            sum(key.revoked_at is not None for key in keys if key.holder == holder),
        )
        for holder in sorted(names)
    ]


def holder_name(holder: str) -> str:
    return holder_names({holder})[holder]


def holder_names(holders: Collection[str]) -> dict[str, str]:
    """Agencies by their names; the authority and the platform by theirs."""
    city = settings.YIMEN_CITY_NAME
    known = {AUTHORITY: f"{city}证书颁发机构", PLATFORM: f"{city}政务服务平台"}
    known |= dict(Agency.objects.filter(code__in=list(holders)).values_list("code", "name"))
    return {holder: known.get(holder, holder) for holder in holders}


def certificate_ends(key: SigningKey) -> datetime | None:
    """The instant after which its certificate is out of date."""
    return ends(bytes(key.certificate)) if key.certificate else None


def _withdrawn(key: SigningKey) -> Withdrawn:
    at, since = key.revoked_at or key.since, key.distrusted_from or key.since
    return Withdrawn(serial_of(bytes(key.certificate or b"")), at, REASONS[RevokedFor(key.reason)], since)
