"""What an item was before the city kept it here: earlier editions, from how they differed from today's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Max

from yimen.catalog import access
from yimen.catalog.choices import EditionDocument, EditionState, chain
from yimen.catalog.choices.history import HistoryEntry
from yimen.catalog.commands.releasing import digest, establish
from yimen.catalog.models import Edition, Item
from yimen.catalog.queries.checking import typed
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid
from yimen.ledger.commands import record

if TYPE_CHECKING:
    from yimen.city.models import Agency


def begin_history(
    document: EditionDocument, agency: Agency, entries: Sequence[HistoryEntry], *, by: Actor, at: datetime
) -> EditionDocument:
    """For an item that the city doesn't have yet. Gives today's document with the keys that the earlier ones go by."""
    keyed = document.keyed()
    record_history(establish(keyed, agency), keyed, entries, by=by, at=at)
    return keyed


def since(entries: Sequence[HistoryEntry]) -> date | None:
    """The day since which today's edition holds, where the files say so."""
    return max((each.current_from for each in entries if each.current_from), default=None)


@command
def record_history(
    item: Item, document: EditionDocument, entries: Sequence[HistoryEntry], *, by: Actor, at: datetime
) -> int:
    """Keep earlier editions of an item, the newest nearest to today's document. Gives how many are new.

    Who: the platform, loading a folder. Raises Invalid when an earlier edition makes no document.
    """
    access.require_release(by)
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    made, later = [], document
    for entry in sorted(entries, key=lambda each: -each.version):
        later = _typed(entry, document).keyed(later)
        made.append(_edition(item, entry, later))
    fresh = [each for each in reversed(made) if not _known(item, each)]
    last = item.editions.aggregate(last=Max("version"))["last"] or 0
    for number, edition in enumerate(fresh, last + 1):
        edition.version = number
    Edition.objects.bulk_create(fresh)
    record(chain(item.slug), "history_recorded", by=by, at=at, versions=[each.version for each in fresh])
    return len(fresh)


def _edition(item: Item, entry: HistoryEntry, document: EditionDocument) -> Edition:
    return Edition(
        item=item,
        state=EditionState.PAST,
        document=document.stored(),
        digest=digest(document.essence()),
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        note=entry.note,
    )


def _known(item: Item, edition: Edition) -> bool:
    """The same times and the same reason: today's document may have moved on since it was recorded."""
    same = {"note": edition.note, "valid_from": edition.valid_from, "valid_to": edition.valid_to}
    return item.editions.filter(state=EditionState.PAST, **same).exists()


def _typed(entry: HistoryEntry, document: EditionDocument) -> EditionDocument:
    earlier, problems = typed(EditionDocument, entry.applied(document))
    if earlier is None:
        errors = [{"field": each.field, "code": "bad_document", "message": each.reason} for each in problems]
        raise Invalid(errors, "历史版本有误，没有载入。")
    return earlier
