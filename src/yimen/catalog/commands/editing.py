"""Saving a page of the editor: read against the revision it was made of, and merged into what others saved since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from yimen.catalog import access
from yimen.catalog.choices import chain
from yimen.catalog.commands.drafting import Saved, lock_draft, save_draft
from yimen.catalog.models import Edition
from yimen.catalog.queries.editing.opening import document_at
from yimen.catalog.queries.editing.pages import with_keys
from yimen.catalog.queries.merging import merge
from yimen.files.commands import store
from yimen.kit.actor import Actor

if TYPE_CHECKING:
    from yimen.files.models import StoredFile

Change = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def save_page(edition: Edition, change: Change, *, base: int, by: Actor, at: datetime) -> Saved:
    """Save what a page says. change: from the document of the revision `base` to the editor's own.

    New materials get their keys while the draft is locked, so that two editors' new ones never share one.
    Raises Forbidden, NotInHand, Conflicting (nothing is saved then), RevisionGone.
    """
    with transaction.atomic():
        locked = lock_draft(edition)
        access.require_editor(by, locked.item.agency_id)
        before = document_at(locked, base)
        mine = with_keys(change(before), locked.document)
        merged = merge(before, mine, locked.document)
        if not merged.conflicts and merged.document == locked.document:
            return Saved(locked)  # the page says nothing new, or was sent twice: no saving on record
        return save_draft(locked, mine, base=base, by=by, at=at)


def attach(edition: Edition, *, name: str, content: Any, by: Actor, at: datetime) -> StoredFile:
    """Keep a blank form or a sample. It belongs to the draft once the page that names it is saved.

    Raises what `files.commands.store` refuses.
    """
    return store(name=name, content=content, by=by, at=at, about=chain(edition.item.slug))
