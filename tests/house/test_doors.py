"""Every door has a guard: no address can be added without saying who may open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver
from ninja import NinjaAPI

# Serving files that everybody may fetch is Django's own business.
FREE = {"django.views.static", "django.contrib.staticfiles.views"}


def doors(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from doors(pattern.url_patterns, address)
        elif pattern.callback.__module__ not in FREE:
            yield address, pattern.callback


def is_guarded(view: Callable[..., Any]) -> bool:
    return bool(getattr(view, "yimen_guard", "")) or _is_guarded_api(view)


def _is_guarded_api(view: Callable[..., Any]) -> bool:
    """A ninja view carries its operations; each has authentication or bears a guard itself."""
    path_view = getattr(getattr(view, "__self__", None), "operations", None) or _operations(view)
    return bool(path_view) and all(
        operation.auth_callbacks or getattr(operation.view_func, "yimen_guard", "") for operation in path_view
    )


def _operations(view: Callable[..., Any]) -> list[Any]:
    cells = getattr(view, "__closure__", None) or ()
    holders = [cell.cell_contents for cell in cells] + [getattr(view, "__self__", None)]
    return next((list(each.operations) for each in holders if hasattr(each, "operations")), [])


def test_every_address_says_who_may_open_it() -> None:
    unguarded = [
        f"{address} ({view.__module__})" for address, view in doors(get_resolver().url_patterns) if not is_guarded(view)
    ]

    assert unguarded == []


def test_a_view_without_a_guard_would_be_found() -> None:
    assert not is_guarded(lambda request: None)


@pytest.mark.parametrize(("authenticated", "marked"), [(True, False), (False, True), (False, False)])
def test_an_operation_of_the_api_is_guarded_by_authentication_or_a_mark(authenticated: bool, marked: bool) -> None:
    api = NinjaAPI(urls_namespace=f"doors-{authenticated}-{marked}")

    def operation(request: HttpRequest) -> str:
        return ""

    if marked:
        operation.yimen_guard = "public"  # type: ignore[attr-defined]
    api.get("/thing", auth=_anybody if authenticated else None)(operation)
    [(_, view)] = [door for door in doors(api.urls[0]) if door[0].endswith("thing")]

    assert is_guarded(view) == (authenticated or marked)


def _anybody(request: HttpRequest) -> bool:
    return True
