"""Keys of agencies: which one signs now, whether a signature fits and still counts, and the list of revoked ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from yimen.city import ports
from yimen.city.choices import RevokedFor
from yimen.city.models import SigningKey
from yimen.kit.errors import NotFound
from yimen.kit.signing import KeyKind, key_store, sm2
from yimen.kit.signing.certificates import Withdrawn, revocation_list, serial_of
from yimen.law.signatures import Standing, standing

AUTHORITY = ""
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


def holders_with_keys() -> set[str]:
    return set(SigningKey.objects.exclude(holder=AUTHORITY).values_list("holder", flat=True))


def keys_in_use(holders: Sequence[str]) -> dict[str, list[SigningKey]]:
    """The keys that sign now, of several holders in one statement."""
    found: dict[str, list[SigningKey]] = {}
    for key in SigningKey.objects.filter(holder__in=holders, until=None):
        found.setdefault(key.holder, []).append(key)
    return found


def _withdrawn(key: SigningKey) -> Withdrawn:
    at, since = key.revoked_at or key.since, key.distrusted_from or key.since
    return Withdrawn(serial_of(bytes(key.certificate or b"")), at, REASONS[RevokedFor(key.reason)], since)
