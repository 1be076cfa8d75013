"""The layout file of a licence: is it the one that was signed, and do its signatures count?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yimen.city import queries as city
from yimen.files.queries import Damaged, read_file
from yimen.kit.crypto import sm3
from yimen.kit.signing import sm2
from yimen.kit.signing.pdf import Found, look_at
from yimen.law.signatures import Standing, standing
from yimen.vault.models import Licence, LicenceFile


class FileState(StrEnum):
    """What a look at a PDF of a licence tells."""

    GOOD = "good"
    OTHER = "other"
    CHANGED = "changed"
    KEY_REVOKED = "key_revoked"


@dataclass(frozen=True)
class Compared:
    """An uploaded file beside the kept one."""

    state: FileState
    signed_at: datetime | None = None


def file_of(licence: Licence) -> LicenceFile | None:
    """The kept file, if it was made already."""
    rows = LicenceFile.objects.select_related("file", "signed_with", "certificate")
    return rows.filter(licence=licence).first()


def file_state(kept: LicenceFile) -> FileState:
    """Is the kept file intact, inside and outside, and do the keys that signed it still count?"""
    try:
        content = read_file(kept.file_id)
    except Damaged:
        return FileState.CHANGED
    return state_of_copy(kept, content)


def state_of_copy(kept: LicenceFile, content: bytes) -> FileState:
    """The same of a copy that somebody holds: byte by byte the kept one, or not."""
    digest = sm3(content)
    if digest.hex() != kept.digest:
        return FileState.CHANGED if look_at(content, city.roots()) is Found.CHANGED else FileState.OTHER
    fits = sm2.verify(bytes(kept.signed_with.public), digest, bytes(kept.signature))
    if not fits or look_at(content, city.roots()) is not Found.GOOD:
        return FileState.CHANGED
    lives = (kept.signed_with.life, kept.certificate.life)
    counts = all(standing(life, kept.made_at) is Standing.GOOD for life in lives)
    return FileState.GOOD if counts else FileState.KEY_REVOKED


def signed_with(key: int, since: datetime | None) -> int:
    """How many licences a key signed (from an instant on), their contents or their files."""
    rows, files = Licence.objects.filter(signed_with=key), LicenceFile.objects.filter(certificate=key)
    if since is not None:
        rows, files = rows.filter(signed_at__gte=since), files.filter(made_at__gte=since)
    return rows.count() or files.count()
