"""Giving a licence its identifier and its signature: what signing, taking in and importing have in common."""

from __future__ import annotations

from collections.abc import Sequence
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


def seal_groups(licences: Sequence[Licence], *, size: int, by: Actor, at: datetime) -> None:
    """The same for many of one kind, body and trust, by one signature for each group: each keeps its way to the root.

    size: of a group, at most 65,536; docs/rules/digitising.md.
    """
    holder, name = queries.sealer(licences[0])
    key = key_in_use(holder, KeyKind.SM2, name=name, by=by, at=at)
    for start in range(0, len(licences), size):
        _seal_group(licences[start : start + size], key, by, at)


def _seal_group(licences: Sequence[Licence], key: SigningKey, by: Actor, at: datetime) -> None:
    first = licences[0]
    of_type, of_issuer = queries.type_code(first.kind), queries.issuer_code(first.agency)
    for licence in licences:
        licence.identifier = make_licence_identifier(of_type, of_issuer, licence.serial, licence.version)
        licence.number_hash = licence.number_hash or keyed_hash(licence.number)
        licence.signed_with, licence.signed_at = key, at
        licence.state, licence.signed_by = State.SIGNED, by.user
    root, ways = merkle.group([queries.digest(licence) for licence in licences], sm3)
    signature = key_store().sign(KeyKind.SM2, key.name, root)
    for licence, way in zip(licences, ways, strict=True):
        licence.signature = way + signature


def _seal_with(key: SigningKey, licence: Licence, by: Actor, at: datetime) -> None:
    _identify(licence)
    licence.signed_with, licence.signed_at = key, at
    licence.signature = key_store().sign(KeyKind.SM2, key.name, queries.digest(licence))
    licence.state, licence.signed_by = State.SIGNED, by.user


def _identify(licence: Licence) -> None:
    licence.identifier = make_licence_identifier(
        queries.type_code(licence.kind), queries.issuer_code(licence.agency), licence.serial, licence.version
    )
    licence.number_hash = keyed_hash(licence.number)
