"""Keys of agencies: made at first need, replaced, revoked; and signing with the one that counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max

from yimen.city import access
from yimen.city.choices import RevokedFor, city_chain
from yimen.city.models import SigningKey
from yimen.city.queries import keys as known
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.locks import wait_turn
from yimen.kit.signing import KeyKind, key_store
from yimen.kit.signing.certificates import Named, authority, certificate, ends
from yimen.ledger.commands import record


class AlreadyRevoked(Refusal):
    code = "key_already_revoked"
    sentence = "这个密钥已经吊销。"


class NoKeyLeft(Refusal):
    code = "no_signing_key"
    sentence = "{holder}的签名密钥已经吊销，还没有换发新的，暂时不能签发。请联系系统管理员。"


@dataclass(frozen=True)
class Signed:
    """A signature and the key that made it."""

    key: SigningKey
    value: bytes


def sign_for(holder: str, digest: bytes, *, by: Actor, at: datetime) -> Signed:
    """The SM2 signature of an agency over a digest. Who may have something signed is asked by whoever calls.

    Raises KeyStoreUnavailable, NoKeyLeft; nothing is left half-signed, since whoever calls writes afterwards.
    """
    key = key_in_use(holder, KeyKind.SM2, name=holder, by=by, at=at)
    return Signed(key, key_store().sign(KeyKind.SM2, key.name, digest))


def key_in_use(holder: str, kind: KeyKind, *, name: str, by: Actor, at: datetime) -> SigningKey:
    """The holder's key, made now if it never had one; a certificate past its date is replaced. Raises NoKeyLeft.

    name: the agency's, for its certificate.
    """
    key = known.current_key(holder, kind) or make_first_key(holder, kind, name=name, by=by, at=at)
    if key.certificate is not None and ends(bytes(key.certificate)) <= at:
        return rotate_key(holder, kind, name=name, by=Actor.system(), at=at)
    return key


@command
def make_first_key(holder: str, kind: KeyKind, *, name: str, by: Actor, at: datetime) -> SigningKey:
    """A holder's first key. The platform, as something is to be signed. Raises NoKeyLeft where all were revoked."""
    wait_turn(f"city.keys:{holder}:{kind}")
    key = known.current_key(holder, kind)
    if key is None:
        if SigningKey.objects.filter(holder=holder, kind=kind).exists():
            raise NoKeyLeft(holder=name)
        key = _made(holder, kind, name, by, at)
    record(city_chain("keys", holder), "key_in_use", by=by, at=at, key=key.name)
    return key


@command
def rotate_key(holder: str, kind: KeyKind, *, name: str, by: Actor, at: datetime) -> SigningKey:
    """换发: a new key signs from now on; what the old one signed stays good. Administrator. Raises Forbidden."""
    access.require(by, access.ADMINISTRATION)
    wait_turn(f"city.keys:{holder}:{kind}")
    old = SigningKey.objects.select_for_update().filter(holder=holder, kind=kind, until=None).first()
    if old is not None:
        old.until = at
        old.save(update_fields=["until"])
    key = _made(holder, kind, name, by, at)
    record(city_chain("keys", holder), "key_rotated", by=by, at=at, key=key.name, instead_of=old.name if old else "")
    return key


@command
def revoke_key(
    key: SigningKey,
    *,
    reason: RevokedFor,
    note: str,
    by: Actor,
    at: datetime,
    distrusted_from: datetime | None = None,
    successor: str = "",
) -> SigningKey:
    """吊销: it signs no more; what it signed from `distrusted_from` on (now, if not earlier) counts no longer.

    successor: the holder's name, where a new key is to sign from now on. Administrator.
    Raises AlreadyRevoked, Invalid, Forbidden. (电子签名法 15)
    """
    access.require(by, access.ADMINISTRATION)
    key = SigningKey.objects.select_for_update().get(pk=key.pk)
    if key.revoked_at is not None:
        raise AlreadyRevoked
    since, signs = distrusted_from or at, key.until is None
    if since > at:
        raise Invalid([{"field": "distrusted_from", "code": "in_the_future", "message": "失信时间不能晚于现在。"}])
    key.revoked_at, key.revoked_by, key.until = at, by.user, min(key.until or at, at)
    key.distrusted_from, key.reason, key.note = since, reason, note[:500]
    key.save()
    record(
        city_chain("keys", key.holder), "key_revoked", by=by, at=at, ground=note[:500],
        key=key.name, reason=reason, distrusted_from=since,
    )  # fmt: skip
    if successor and signs:
        rotate_key(key.holder, KeyKind(key.kind), name=successor, by=by, at=at)
    return key


def _made(holder: str, kind: KeyKind, name: str, by: Actor, at: datetime) -> SigningKey:
    last = SigningKey.objects.filter(holder=holder, kind=kind).aggregate(last=Max("number"))["last"] or 0
    label = f"{holder or 'authority'}.{kind}.{last + 1}"
    public = key_store().make(kind, label)
    return SigningKey.objects.create(
        holder=holder, kind=kind, number=last + 1, name=label, public=public, since=at, made_by=by.user,
        certificate=_certified(holder, name, label, public, by, at) if kind == KeyKind.X509 else None,
    )  # fmt: skip


def _certified(holder: str, name: str, label: str, public: bytes, by: Actor, at: datetime) -> bytes:
    """The city's development authority vouches for an agency's key; for its own it vouches itself."""
    city, store = settings.YIMEN_CITY_NAME, key_store()
    if holder == known.AUTHORITY:
        own = Named(city, f"{city}一门电子证照证书颁发机构（开发级）")
        return authority(own, public, lambda text: store.sign(KeyKind.X509, label, text), at)
    above = key_in_use(known.AUTHORITY, KeyKind.X509, name=city, by=by, at=at)
    return certificate(
        Named(city, name, holder),
        public,
        bytes(above.certificate or b""),
        lambda text: store.sign(KeyKind.X509, above.name, text),
        at,
        known.list_address(),
    )
