from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from yimen.kit.actor import Actor


@pytest.fixture
def request_of() -> Callable[..., HttpRequest]:
    """A GET by an actor, as identity's middleware would hand it on."""

    def make(path: str = "/ui/styleguide", *, actor: Actor | None = None, **query: str) -> HttpRequest:
        request = RequestFactory().get(path, query)
        request.actor = actor or Actor()
        return request

    return make


@pytest.fixture
def render(request_of: Callable[..., HttpRequest]) -> Callable[..., str]:
    """A line of template, rendered with the shell's tags."""

    def render(source: str, path: str = "/list", query: dict[str, str] | None = None, **context: object) -> str:
        request = request_of(path, **(query or {}))
        return engines["django"].from_string("{% load ui i18n %}" + source).render(context, request)

    return render
