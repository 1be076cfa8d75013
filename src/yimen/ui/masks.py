"""How a template asks law for the mask of a number, a phone or a name; nothing stays nothing."""

from __future__ import annotations

from yimen.law import masking


def mask_number(number: str | None) -> str:
    return masking.mask_number(str(number or ""))


def mask_phone(phone: str | None) -> str:
    return masking.mask_phone(str(phone or ""))


def mask_name(name: str | None) -> str:
    return masking.mask_name(str(name or ""))


def mask_address(address: str | None) -> str:
    return masking.mask_address(str(address or ""))
