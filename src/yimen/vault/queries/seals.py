"""What a licence's signature vouches for, and whether it still does."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from pydantic_core import to_json

from yimen.city.queries import PLATFORM, key_then
from yimen.kit.crypto import sm3
from yimen.kit.signing import sm2
from yimen.law import merkle, signatures
from yimen.law.presenting import Seal
from yimen.vault.choices import Trust
from yimen.vault.models import Licence, LicenceHolder

# A licence's content and signature, and what came of comparing them: 300 bytes each.
REMEMBERED = 100_000
ALIKE = frozenset({str, int, bool, type(None)})
# Seconds since 1970 from which on nobody writes a fraction with an exponent.
LATER = 1
WRITTEN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal_of(licence: Licence) -> Seal:
    """Does the signature fit what is stored now, is it of who must have signed, and does its key still count?"""
    key = licence.signed_with or (key_then(licence.agency.code) if licence.agency else None)
    if key is None or key.holder != sealer(licence)[0] or not _holders_stand(licence):
        return Seal.BROKEN
    if not _fits(bytes(key.public), digest(licence), bytes(licence.signature or b"")):
        return Seal.BROKEN
    good = signatures.standing(key.life, licence.signed_at or licence.issued_at or licence.drawn_at)
    return Seal.FITS if good is signatures.Standing.GOOD else Seal.KEY_REVOKED


def untouched(licence: Licence) -> bool:
    """Does the signature fit, and does its key count?"""
    return seal_of(licence) is Seal.FITS


def sealer(licence: Licence) -> tuple[str, str]:
    """Whose key signs it, and their name: the agency what it issued, the platform what it only keeps (B to D)."""
    own = licence.trust == Trust.A or (licence.signed_with_id is None and licence.signature)
    if own and licence.agency is not None:
        return licence.agency.code, licence.agency.name
    return PLATFORM, f"{settings.YIMEN_CITY_NAME}政务服务平台"


def digest(licence: Licence) -> bytes:
    """SM3 over everything that the signature vouches for, in one fixed form."""
    return digest_of(
        identifier=licence.identifier,
        kind=licence.kind.code,
        holder=licence.holder_id,
        holder_name=licence.holder_name,
        number=licence.number,
        fields=licence.fields,
        agency=licence.agency.code if licence.agency else licence.issuer,
        issued_at=licence.issued_at,
        valid=(licence.valid_from, licence.valid_to),
        trust=licence.trust,
        key=licence.signed_with_id,
        signed_at=licence.signed_at,
        holders=licence.holders_digest,
    )


def digest_of(
    *, identifier: str | None, kind: str, holder: int, holder_name: str, number: str, fields: dict[str, Any],
    agency: str, issued_at: datetime | None, signed_at: datetime | None, valid: tuple[date | None, date | None],
    trust: str, key: int | None, holders: str = "",
) -> bytes:  # fmt: skip
    """The same of a licence that isn't a row yet. key: None for one from before keys were counted."""
    issued = issued_at.timestamp() if issued_at else None
    days = [str(valid[0]), str(valid[1])]
    if key is None:
        content = {
            "agency": agency, "fields": fields, "holder": holder, "holder_name": holder_name, "identifier": identifier,
            "issued_at": issued, "kind": kind, "number": number, "trust": str(trust), "valid": days,
        }  # fmt: skip
        return sm3(WRITTEN.encode(content).encode())
    signed = signed_at.timestamp() if signed_at else None
    content = {
        "agency": agency, "fields": fields, "form": 2, "holder": holder, "holder_name": holder_name, "holders": holders,
        "identifier": identifier, "issued_at": issued, "key": key, "kind": kind, "number": number,
        "signed_at": signed, "trust": str(trust), "valid": days,
    }  # fmt: skip
    alike = set(map(type, fields.values())) <= ALIKE and all(time is None or time > LATER for time in (issued, signed))
    return sm3(_quickly(content) if alike else WRITTEN.encode(content).encode())


def _quickly(content: dict[str, Any]) -> bytes:
    """The letters that WRITTEN gives, over which every signature was made, in a fifth of the time.

    content: in the order of its names. Of texts and whole numbers both writers make the same, of fractions not always.
    """
    return to_json(content | {"fields": dict(sorted(content["fields"].items()))})


def holders_digest(rows: Iterable[LicenceHolder]) -> str:
    """SM3 over several holders in their order; "" where there are none."""
    told = [[each.place, each.subject_id, each.name, each.number, each.share] for each in rows]
    return sm3(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hex() if told else ""


def _holders_stand(licence: Licence) -> bool:
    if not licence.holders_digest:
        return True
    return holders_digest(LicenceHolder.objects.filter(licence=licence)) == licence.holders_digest


@functools.lru_cache(maxsize=REMEMBERED)
def _fits(public: bytes, content: bytes, signature: bytes) -> bool:
    """Remembered per digest of the content as it is stored now: whoever changes a letter of it asks anew.

    The signature stands alone, or is that of a group with the way to it (law.merkle).
    """
    try:
        message, bare = merkle.signed(content, signature, sm3)
    except ValueError:
        return False
    return sm2.verify(public, message, bare)
