"""Addresses found by their first word: a request asks only the paths that can be meant, not all of every room.

Django asks its patterns one after the other; with four hundred of them that took a fifth of a short answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

Known = URLPattern | URLResolver


def room(prefix: str, included: tuple[Any, Any, Any]) -> URLResolver:
    """`path(prefix, include(...))` that looks inside only where one of its paths begins with the word asked for."""
    module, app, namespace = included
    return URLResolver(FirstWord(prefix, module), module, {}, app_name=app, namespace=namespace)


def by_first_word(patterns: Iterable[Known]) -> Iterator[Known]:
    """The same patterns in the same order, neighbours with one first word behind a door that knows it."""
    for _word, group in groupby(patterns, first_word):
        near = list(group)
        yield near[0] if len(near) == 1 else URLResolver(FirstWord("", near), near, {})


def first_word(pattern: Known) -> str | None:
    """The fixed text up to the first slash; None where anything may stand, or other patterns are behind it."""
    if isinstance(pattern, URLResolver) or not isinstance(pattern.pattern, RoutePattern):
        return None
    word = str(pattern.pattern).partition("/")[0]
    return None if "<" in word else word


class FirstWord(RoutePattern):
    """A route that matches only if one of the patterns behind it can."""

    def __init__(self, route: str, behind: Any) -> None:
        super().__init__(route, is_endpoint=False)
        self._behind = behind

    @cached_property
    def _words(self) -> frozenset[str] | None:
        words = {first_word(each) for each in getattr(self._behind, "urlpatterns", self._behind)}
        return None if None in words else frozenset(word for word in words if word is not None)

    def match(self, path: str) -> tuple[str, tuple[Any, ...], dict[str, Any]] | None:
        """What is left of the path, as Django's own does."""
        found = super().match(path)
        if found is None or self._words is None or found[0].partition("/")[0] in self._words:
            return found
        return None
