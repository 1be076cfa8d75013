"""Codes that holders show: what is read from them, and how a licence stands behind one."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from yimen.kit.crypto import keyed_hash
from yimen.law.presenting import CodeState, code_state
from yimen.vault.models import Licence, PresentingCode
from yimen.vault.queries.standing import checkable

# Digits and letters that nobody takes for one another.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 10


def plain_code(text: str) -> str:
    """As it is kept: hyphens, blanks and small letters don't matter. "" for what cannot be a code."""
    code = "".join(text[:40].upper().split()).replace("-", "")
    return code if len(code) == LENGTH and all(letter in ALPHABET for letter in code) else ""


def spaced(code: str) -> str:
    """As people read it: 7K3M9-QXT4D."""
    return f"{code[:5]}-{code[5:]}"


def code_hash(code: str) -> str:
    """What the table keeps of a code."""
    return keyed_hash(f"presenting:{code}")


def checker_hash(checker: str) -> str:
    """What the table keeps of whoever checked."""
    return keyed_hash(f"checker:{checker}")


def shown_code(text: str) -> PresentingCode | None:
    """The code as somebody typed or scanned it; None for one that nobody was ever shown."""
    code = plain_code(text)
    return PresentingCode.objects.filter(hash=code_hash(code)).first() if code else None


def state_of(code: PresentingCode, *, checker: str, at: datetime) -> CodeState:
    """What becomes of it in the hands of this checker."""
    same = code.taken_by == checker_hash(checker)
    return code_state(made=code.made_at, taken=code.taken_at, by_the_same=same, at=at)


def on_screen(licence: int, account: int, pk: int) -> PresentingCode | None:
    """A code that stands, or stood, on somebody's own screen."""
    return PresentingCode.objects.filter(pk=pk, licence=licence, shown_by=account).first()


def old_codes(before: datetime) -> QuerySet[PresentingCode]:
    """Those that nobody needs any more."""
    return PresentingCode.objects.filter(made_at__lt=before)


def code_address(code: str) -> str:
    """What the QR says: an address and the code, nothing of anybody."""
    return f"{settings.YIMEN_ADDRESS}{reverse('vault:shown', args=[code])}"


def behind(code: PresentingCode) -> Licence:
    """The licence that somebody shows, as it is now."""
    return checkable().get(pk=code.licence_id)
