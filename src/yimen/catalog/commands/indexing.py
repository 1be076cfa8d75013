"""Building the search index: in the worker, after each change of what can be found."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db.models import BinaryField
from django.db.models.functions import Substr

from yimen.catalog.models import SearchIndex, TextVector
from yimen.catalog.queries.seeking import meaning
from yimen.catalog.queries.seeking.index import MARK, Sources, build, readable
from yimen.catalog.queries.seeking.sources import digest, shelf_stamp, sources, unknown
from yimen.kit.locks import alone

log = logging.getLogger(__name__)

BATCH = 32
# So many vectors are computed before anybody can find the new words; more of them come after.
SOON = 64
SPARE, CHUNK = 1000, 1000
LOCK = "catalog.index"


def renew_index(*, at: datetime) -> bool:
    """Build the index anew if something has changed since; says whether. One builder at a time in the whole city.

    Words first; where many vectors are missing, a second time with them. Nothing in the ledger: it is a copy.
    """
    with alone(LOCK) as mine:
        if not mine:
            return False
        built = False
        while not _fresh():
            build_index(at=at)
            built = True
        return built


def build_index(*, at: datetime) -> None:
    """Build the index, whether or not something has changed, and compute the vectors that are missing."""
    made = sources()
    missing = unknown(_texts(made)) if meaning.available() else []
    if len(missing) > SOON:
        _store(made, at)
    for begin in range(0, len(missing), BATCH):
        _remember(missing[begin : begin + BATCH])
    _store(made, at)
    _forget_unused(made)


def _fresh() -> bool:
    """Is what is stored of now, and of a make that processes can read?"""
    head = Substr("content", 1, len(MARK), output_field=BinaryField())
    built = SearchIndex.objects.filter(pk=1).annotate(head=head).values_list("stamp", "head").first()
    return built is not None and built[0] == shelf_stamp() and readable(bytes(built[1]))


def _texts(made: Sources) -> list[str]:
    cards = [card for _entry, card in made.items] + [card for _thing, card in made.things]
    return [text for card in cards for text in (card.name, card.whole)]


def _remember(texts: Sequence[str]) -> None:
    rows = zip(texts, meaning.of_texts(texts), strict=True)
    kept = [TextVector(digest=digest(text), vector=vector.tobytes()) for text, vector in rows]
    TextVector.objects.bulk_create(kept, ignore_conflicts=True)


def _forget_unused(made: Sources) -> None:
    """Texts of editions long gone, once they are more than those in use; some come again, so not at once."""
    wanted = {digest(text) for text in _texts(made)}
    if TextVector.objects.count() <= SPARE + 2 * len(wanted):
        return
    unused = sorted(set(TextVector.objects.values_list("digest", flat=True)) - wanted)
    for begin in range(0, len(unused), CHUNK):
        TextVector.objects.filter(digest__in=unused[begin : begin + CHUNK]).delete()


def _store(made: Sources, at: datetime) -> None:
    begun = time.perf_counter()
    content = build(made)
    seconds = time.perf_counter() - begun
    facts = {"row": uuid.uuid4(), "stamp": made.stamp, "content": content, "built_at": at, "seconds": seconds}
    SearchIndex.objects.update_or_create(pk=1, defaults=facts)
    log.info("search index: %s items, %.1f MiB, %.1f s", len(made.items), len(content) / 2**20, seconds)
