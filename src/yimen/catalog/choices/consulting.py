"""Words of public comment on proofs (公开征求意见)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

PROOF = "证明"


class ConsultationState(models.TextChoices):
    """Where a consultation stands: a matter of the day and of whether the agency has answered."""

    UPCOMING = "upcoming", _("即将开始")
    OPEN = "open", _("征求意见中")
    WAITING = "waiting", _("待答复")
    CONCLUDED = "concluded", _("已办结")


@dataclass(frozen=True)
class Proof:
    """A proof that an edition asks for. key: in the item's editions; basis: as the edition says it."""

    key: str
    name: str
    basis: str
    issuer: str
    necessity: str

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Proof:
        """From a document's material as it lies in the database: a draft may not be whole yet."""
        return cls(*(str(raw.get(name) or "") for name in ("key", "name", "basis", "issuer", "necessity")))


def consultation_chain(number: int) -> str:
    """The ledger chain of one consultation."""
    return f"consultation:{number}"
