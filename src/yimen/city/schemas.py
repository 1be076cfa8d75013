"""What the city tells programs."""

from __future__ import annotations

from datetime import datetime

from yimen.city.models import SigningKey
from yimen.kit.rest import Shape


class RevokedKeyShape(Shape):
    """A revoked key. distrusted_from: what it signed from this instant on counts no longer."""

    name: str
    holder: str
    holder_name: str
    kind: str
    revoked_at: datetime
    distrusted_from: datetime
    reason: str


def revoked_key(key: SigningKey, holder_name: str) -> RevokedKeyShape:
    return RevokedKeyShape(
        name=key.name, holder=key.holder, holder_name=holder_name, kind=key.kind, reason=key.reason,
        revoked_at=key.revoked_at or key.since, distrusted_from=key.distrusted_from or key.since,
    )  # fmt: skip
