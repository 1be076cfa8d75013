"""Giving a licence its identifier and its signature: what signing, taking in and importing have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from yimen.city.commands import key_in_use
from yimen.kit.actor import Actor
from yimen.kit.crypto import keyed_hash, sm3
from yimen.kit.signing import KeyKind, key_store
from yimen.law import merkle
from yimen.law.identifiers import make_licence_identifier
from yimen.vault import queries
from yimen.vault.choices import State
from yimen.vault.models import Licence

if TYPE_CHECKING:
    from yimen.city.models import SigningKey


def seal(licence: Licence, *, by: Actor, at: datetime, key: SigningKey | None = None) -> None:
    """Identifier, state and signature; not saved. key: the sealer's, where it is known already.

    Raises KeyStoreUnavailable, NoKeyLeft: then nothing is changed.
    """
    if key is None:
        seal_all([licence], by=by, at=at)
    else:
        _seal_with(key, licence, by, at)


def seal_all(licences: Sequence[Licence], *, by: Actor, at: datetime) -> None:
    """The same for many at once, with one look for each agency's key. kind and agency are read already."""
    for (holder, name), group in groupby(sorted(licences, key=queries.sealer), key=queries.sealer):
        key = key_in_use(holder, KeyKind.SM2, name=name, by=by, at=at)
        for licence in group:
            _seal_with(key, licence, by, at)


def sign_groups(digests: Sequence[bytes], *, key: SigningKey, size: int) -> Iterator[bytes]:
    """What each licence keeps as its signature, where one vouches for a whole group: its way to the root beside it.

    digests: of licences that this key signs (queries.digest_of). size: of a group, at most 65,536;
    docs/rules/digitising.md. Raises KeyStoreUnavailable.
    """
    for start in range(0, len(digests), size):
        root, ways = merkle.group(digests[start : start + size], sm3)
        signature = key_store().sign(KeyKind.SM2, key.name, root)
        yield from (way + signature for way in ways)


def _seal_with(key: SigningKey, licence: Licence, by: Actor, at: datetime) -> None:
    _identify(licence)
    licence.signed_with, licence.signed_at = key, at
    licence.signature = key_store().sign(KeyKind.SM2, key.name, queries.digest(licence))
    licence.state, licence.signed_by = State.SIGNED, by.user


def _identify(licence: Licence) -> None:
    licence.identifier = make_licence_identifier(
        queries.type_code(licence.kind),
        queries.issuer_code(licence.agency, licence.issuer),
        licence.serial,
        licence.version,
    )
    licence.number_hash = keyed_hash(licence.number)
