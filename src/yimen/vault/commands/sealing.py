"""Giving a licence its identifier and its signature: what signing, taking in and importing have in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from yimen.city.commands import key_in_use
from yimen.kit.actor import Actor
from yimen.kit.crypto import keyed_hash
from yimen.kit.signing import KeyKind, key_store
from yimen.law.identifiers import make_licence_identifier
from yimen.vault import queries
from yimen.vault.choices import State
from yimen.vault.models import Licence


def seal(licence: Licence, *, by: Actor, at: datetime) -> None:
    """Identifier, state and signature; not saved. Raises KeyStoreUnavailable, NoKeyLeft: then nothing is changed."""
    seal_all([licence], by=by, at=at)


def seal_all(licences: Sequence[Licence], *, by: Actor, at: datetime) -> None:
    """The same for many at once, with one look for each agency's key. kind and agency are read already."""
    for (holder, name), group in groupby(sorted(licences, key=queries.sealer), key=queries.sealer):
        key = key_in_use(holder, KeyKind.SM2, name=name, by=by, at=at)
        for licence in group:
            _identify(licence)
            licence.signed_with, licence.signed_at = key, at
            licence.signature = key_store().sign(KeyKind.SM2, key.name, queries.digest(licence))
            licence.state, licence.signed_by = State.SIGNED, by.user


def _identify(licence: Licence) -> None:
    licence.identifier = make_licence_identifier(
        queries.type_code(licence.kind), queries.issuer_code(licence.agency), licence.serial, licence.version
    )
    licence.number_hash = keyed_hash(licence.number)
