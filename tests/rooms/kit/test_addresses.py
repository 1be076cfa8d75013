"""Every address leads where it led when each pattern was asked in turn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import Resolver404, URLPattern, get_resolver, include, path, resolve
from django.urls.resolvers import URLResolver

from yimen.kit.addresses import by_first_word, room


def here(_request: Any) -> None:
    raise AssertionError


def known(patterns: list[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        whole = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from known(each.url_patterns, whole)
        elif "<" not in whole and "^" not in whole:
            yield whole, each


def test_every_fixed_address_of_the_house_is_found_behind_its_first_word() -> None:
    fixed = dict(reversed(list(known(get_resolver().url_patterns))))

    assert len(fixed) > 100
    for address, pattern in fixed.items():
        assert resolve(f"/{address}").func == pattern.callback, address


PATTERNS = [path("a/x", here), path("a/<int:n>", here), path("<slug:any>/y", here), path("b", here), path("a/z", here)]


@pytest.mark.parametrize("asked", ["a/x", "a/7", "other/y", "b", "a/z", "a/y"])
def test_words_and_places_for_any_word_stand_side_by_side(asked: str) -> None:
    grouped = URLResolver(
        room("", include((list(by_first_word(PATTERNS)), "g"))).pattern, list(by_first_word(PATTERNS))
    )
    plain = URLResolver(room("", include((PATTERNS, "g"))).pattern, PATTERNS)

    assert grouped.resolve(asked).route == plain.resolve(asked).route


@pytest.mark.parametrize("asked", ["c", "a", "a/", "ab/x", ""])
def test_what_is_nowhere_stays_nowhere(asked: str) -> None:
    grouped = URLResolver(
        room("", include((list(by_first_word(PATTERNS)), "g"))).pattern, list(by_first_word(PATTERNS))
    )

    with pytest.raises(Resolver404):
        grouped.resolve(asked)
