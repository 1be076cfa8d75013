"""Check characters of Chinese identifiers. Rule in words: docs/rules/identifiers.md

Each function takes the body without its check character, in its own alphabet, and gives the check character.
A character outside the alphabet raises ValueError.
"""

from __future__ import annotations

from functools import cache
from operator import mul

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015 leaves out I, O, S, V and Z, which are mistaken for digits and each other."""

_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN_CHECKS = "10X98765432"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_CHECKS = "0X987654321"
# ISO 7064's recursion, one step each: the product after a character, from the product before it.
_PRODUCTS = [
    {character: ((product + place) % 36 or 36) * 2 % 37 for place, character in enumerate(ALPHANUMERIC)}
    for product in range(37)
]


def mod_11_2(body: str) -> str:
    """The 18th character of a citizen number, from its 17 digits: ISO 7064 MOD 11-2 (GB 11643-1999)."""
    return _CITIZEN_CHECKS[_weighted(body, _CITIZEN_WEIGHTS, ALPHANUMERIC[:10]) % 11]


def mod_31_3(body: str) -> str:
    """The 18th character of a unified social credit code, from its 17 characters (GB 32100-2015)."""
    return USCC_ALPHABET[-_weighted(body, _USCC_WEIGHTS, USCC_ALPHABET) % 31]


def organisation_check(body: str) -> str:
    """The 9th character of an organisation code, from its 8 characters (GB 11714)."""
    return _ORGANISATION_CHECKS[_weighted(body, _ORGANISATION_WEIGHTS, ALPHANUMERIC) % 11]


def mod_37_36(body: str) -> str:
    """The check character of licence identifiers and case numbers: ISO/IEC 7064 hybrid MOD 37,36."""
    product = 36
    try:
        for character in body:
            product = _PRODUCTS[product][character]
    except KeyError:
        raise ValueError("a character is not in the alphabet") from None
    return ALPHANUMERIC[(1 - product) % 36]


def _weighted(body: str, weights: tuple[int, ...], alphabet: str) -> int:
    if len(body) != len(weights):
        raise ValueError(f"{len(weights)} characters are needed")
    try:
        return sum(map(mul, weights, map(_places(alphabet).__getitem__, body)))
    except KeyError:
        raise ValueError("a character is not in the alphabet") from None


@cache
def _places(alphabet: str) -> dict[str, int]:
    return {character: place for place, character in enumerate(alphabet)}
