"""Numbers of people on screens: 4419***********123. The rules are law's; here is only how a template asks for them."""

from __future__ import annotations


def mask_number(number: str | None) -> str:
    text = str(number or "")
    return f"{text[:4]}{'*' * (len(text) - 7)}{text[-3:]}" if len(text) > 7 else "*" * len(text)


def mask_phone(phone: str | None) -> str:
    text = str(phone or "")
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 11 else "*" * len(text)


def mask_name(name: str | None) -> str:
    text = str(name or "")
    return text[:1] + "*" * (len(text) - 1)
