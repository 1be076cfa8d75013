"""Sockets: how often items are used, what else can be found (packages, lists), which matters are still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from yimen.kit.errors import NotFound
from yimen.law.limits import Limit, Pause

if TYPE_CHECKING:
    from yimen.catalog.models import Edition


@dataclass(frozen=True)
class Findable:
    """Something to be found beside items. key: unique within its kind; words: whatever else it should be found by."""

    key: str
    name: str
    summary: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shelving:
    """A kind of findable things. things: all of them, asked for when the index is built; url: the page of one.

    Whoever changes them calls catalog.commands.move_shelf, so that the index is built anew.
    """

    kind: str
    label: str | Promise
    things: Callable[[], Iterable[Findable]]
    url: Callable[[str], str]


class Usage(Protocol):
    """Says how many cases were filed per item, by slug, over the last twelve months."""

    def __call__(self) -> Mapping[str, int]: ...


_shelvings: dict[str, Shelving] = {}
_usage: list[Usage] = []


def offer_shelving(shelving: Shelving) -> None:
    """Let the search find another kind of things."""
    _shelvings[shelving.kind] = shelving


def shelvings() -> Mapping[str, Shelving]:
    """All kinds that are found beside items."""
    return _shelvings


def plug_usage(usage: Usage) -> None:
    """The room that keeps cases says how often each item is used."""
    _usage[:] = [usage]


def usage() -> Mapping[str, int]:
    """Cases by item over the last twelve months; nothing where nobody knows."""
    return _usage[0]() if _usage else {}


@dataclass(frozen=True)
class RunningPromise:
    """The promise that runs for a matter: since when, how long, what isn't counted, by how many days extended."""

    opened: date
    limit: Limit
    pauses: tuple[Pause, ...] = ()
    extension: int = 0


@dataclass(frozen=True)
class OpenMatter:
    """A matter still open. edition: the id of the one it was filed under; handed_in: keys of materials there.

    owed: keys that may come until the decision (容缺) and have not come; asked: keys and names in an open notice of
    supplement; promise: once it is accepted; eased: what later editions granted it, by place (queries.easing).
    """

    number: str
    edition: int
    accepted: bool
    handed_in: frozenset[str]
    owed: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    promise: RunningPromise | None = None
    eased: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


_matters: list[Callable[[int], Iterable[OpenMatter]]] = []


def plug_matters(ask: Callable[[int], Iterable[OpenMatter]]) -> None:
    """The room that keeps cases says which of an item, by its id, are not decided yet."""
    _matters[:] = [ask]


def open_matters(item: int) -> Iterable[OpenMatter]:
    """Matters of an item that are not decided yet."""
    return _matters[0](item) if _matters else ()


GuidePage = Callable[[HttpRequest, "Edition"], HttpResponse]
_guide_pages: list[GuidePage] = []


def plug_guide_page(page: GuidePage) -> None:
    """The portal shows an edition that nobody has released as citizens would see it, marked as a preview."""
    _guide_pages[:] = [page]


def guide_page(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The guide of an edition in the making. Raises NotFound where no portal is."""
    if not _guide_pages:
        raise NotFound
    return _guide_pages[0](request, edition)
