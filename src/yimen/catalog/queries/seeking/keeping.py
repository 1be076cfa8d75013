"""The index that this process keeps, and how it comes by a newer one.

The worker builds an index after each change and puts it into one row; each web process sees by the row's stamp that
there is a newer one, fetches it in a thread of its own and answers from the old one meanwhile. Only a process that has
none yet waits; where nobody has built one, it builds a small one itself.
"""

from __future__ import annotations

import logging
import threading
from uuid import UUID

from django.db import close_old_connections, connection

from yimen.catalog.models import SearchIndex
from yimen.catalog.queries.seeking.index import Index, build, load, readable
from yimen.catalog.queries.seeking.sources import shelf_stamp, sources
from yimen.kit.commands import keep_once

# So many items are indexed by words in about a second.
SMALL = 500

log = logging.getLogger(__name__)


class _Kept:
    """What this process has: the index and the row it came from."""

    index: Index | None = None
    row: UUID | None = None
    fetching = False


_kept = _Kept()
_first, _turn = threading.Lock(), threading.Lock()


def index() -> Index:
    """The index that this process keeps; one small statement tells whether there is a newer one."""
    return keep_once("catalog.index", _current)


def forget() -> None:
    """As if this process had just started."""
    _kept.index, _kept.row = None, None


def _current() -> Index:
    newest = SearchIndex.objects.filter(pk=1).values_list("row", flat=True).first()
    kept = _kept.index
    if kept is None or (newest is None and _own_is_old(kept)):
        return _own(newest)
    if newest is not None and newest != _kept.row:
        _fetch_aside()
    return kept


def _own_is_old(kept: Index) -> bool:
    """Where no worker has built any index a process follows the changes of a small catalogue by itself."""
    return len(kept.entries) <= SMALL and kept.stamp != shelf_stamp()


def _own(newest: UUID | None) -> Index:
    """Whoever comes first gets it, everybody else waits for that."""
    with _first:
        kept = _kept.index
        if kept is None or (newest is None and _own_is_old(kept)):
            _take(*(_fetched() or (load(build(sources())), newest)))
        return _kept.index or load(build(sources()))


def _take(fresh: Index, row: UUID | None) -> None:
    _kept.index, _kept.row = fresh, row


def _fetched() -> tuple[Index, UUID] | None:
    """The index of the row; None where there is none, or one of another format."""
    found = SearchIndex.objects.filter(pk=1).values_list("content", "row").first()
    content = bytes(found[0]) if found else b""
    return (load(content), found[1]) if found and readable(content) else None


def _fetch_aside() -> None:
    """One thread at a time; whoever asks meanwhile gets what there is."""
    with _turn:
        if _kept.fetching:
            return
        _kept.fetching = True
    threading.Thread(target=_renew, name="catalog-index", daemon=True).start()


def _renew() -> None:
    try:
        close_old_connections()
        newest = SearchIndex.objects.filter(pk=1).values_list("row", flat=True).first()
        found = _fetched()
        if found is not None:
            _take(*found)
        else:
            _kept.row = newest  # of another make: not to be looked at again
    except Exception:
        log.exception("the new search index could not be read; the old one is kept")
    finally:
        _kept.fetching = False
        connection.close()
