"""The query password of a case: six digits, printed on the receipt. Rule in words: docs/rules/identifiers.md

With the case number and a limit on attempts it opens the public look-up. Chance comes from outside, so that the law
stays pure; codes that people try first are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

LENGTH = 6
_ASCENDING = "01234567890123456789"


def is_query_password(code: str) -> bool:
    """Is it six ASCII digits?"""
    return len(code) == LENGTH and code.isascii() and code.isdigit()


def is_trivial(code: str) -> bool:
    """Would somebody try it first: 111111, 121212, 123123, 112233, 777888, 123456, 987654, 890123?"""
    repeats = any(code == (code[:size] * LENGTH)[:LENGTH] for size in (1, 2, 3))
    runs = code in _ASCENDING or code[::-1] in _ASCENDING
    pairs = code[0::2] == code[1::2]
    triples = len(set(code[:3])) == len(set(code[3:])) == 1
    return repeats or runs or pairs or triples


def query_password(digits: Iterable[int]) -> str:
    """The first six digits in a row from an endless random stream that are not trivial.

    digits: numbers 0 to 9 from a secure source. Raises ValueError when the stream ends too soon.
    """
    stream: Iterator[int] = iter(digits)
    while True:
        drawn = [str(digit) for digit in islice(stream, LENGTH)]
        if len(drawn) < LENGTH:
            raise ValueError("随机数字不足。")
        if not is_trivial("".join(drawn)):
            return "".join(drawn)
