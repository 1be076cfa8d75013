"""Drafts: begun from the current edition or from nothing, saved by several editors at once, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max

from yimen.catalog import access
from yimen.catalog.choices import UNRELEASED, EditionState, PassageKind, chain
from yimen.catalog.commands.passing import pass_on
from yimen.catalog.commands.releasing import digest
from yimen.catalog.models import Edition, Item, Revision
from yimen.catalog.queries.merging import Conflict, changed_places, merge
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.law.said import said
from yimen.ledger.commands import record

if TYPE_CHECKING:
    from yimen.city.models import Agency


class NotInHand(Refusal):
    code = "edition_not_in_hand"
    sentence = "这一版已经送审或者发布，不能直接修改。请先退回修改，或者起草新的版本。"


class SlugTaken(Refusal):
    code = "item_exists"
    sentence = "标识“{slug}”已经用于事项“{name}”，请换一个。"


class Conflicting(Refusal):
    """Somebody else changed the same thing. conflicts: each with both values; base: the revision to save on."""

    code = "draft_conflict"
    sentence = "“{name}”刚刚也改了您改动的内容，请选择保留哪一个。您填写的内容没有丢失。"

    def __init__(self, conflicts: Sequence[Conflict], merged: Mapping[str, Any], *, base: int, name: str) -> None:
        super().__init__(name=name)
        self.conflicts, self.merged, self.base = tuple(conflicts), merged, base


@dataclass(frozen=True)
class Saved:
    """A draft after saving. merged: the places at which somebody else's changes were taken over."""

    edition: Edition
    merged: tuple[str, ...] = ()


@command
def begin_draft(item: Item, *, by: Actor, at: datetime) -> Edition:
    """Draw up a new edition from the current one, or go on with the one in the making.

    Who: an editor whose post reaches the agency, the platform. Raises Forbidden.
    """
    access.require_editor(by, item.agency_id)
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    known = item.editions.filter(state__in=UNRELEASED).first()
    record(chain(item.slug), "draft_begun" if known is None else "draft_opened", by=by, at=at)
    if known is not None:
        return known
    base = item.editions.filter(state__in=(EditionState.RELEASED, EditionState.SUSPENDED), valid_to=None).first()
    last = base or item.editions.exclude(state=EditionState.DRAFT).order_by("-version").first()
    return _draft(item, last.document if last else {}, base=base, by=by, at=at)


@command
def begin_item(raw: Mapping[str, Any], *, agency: Agency, by: Actor, at: datetime) -> Edition:
    """The first draft of an item that the city doesn't have yet. raw: what is known of it, at least slug and name.

    Who: an editor whose post reaches the agency, the platform. Raises Forbidden, SlugTaken.
    """
    access.require_editor(by, agency.pk)
    known = Item.objects.filter(slug=raw["slug"]).first()
    if known is not None:
        raise SlugTaken(slug=known.slug, name=known.name)
    item = Item.objects.create(
        slug=raw["slug"],
        name=str(raw.get("name") or raw["slug"])[:200],
        kind=str(raw.get("kind") or "")[:20],
        case_type=str(raw.get("case_type") or "")[:10],
        department=agency.department,
        agency=agency,
        division=agency.division.code,
    )
    record(chain(item.slug), "draft_begun", by=by, at=at, agency=agency.code)
    filled = {"department": agency.department, "agency": agency.code, **raw}
    return _draft(item, filled, base=None, by=by, at=at)


def save_draft(edition: Edition, document: Mapping[str, Any], *, base: int, by: Actor, at: datetime) -> Saved:
    """Save what an editor's page says. base: the revision it was opened with.

    What others changed elsewhere meanwhile is taken over. Who: an editor whose post reaches the agency.
    Raises Forbidden, NotInHand, Conflicting (nothing is saved then).
    """
    fresh = Edition.objects.select_related("item").get(pk=edition.pk)
    if fresh.document == document and fresh.revision == base and fresh.state == EditionState.DRAFT:
        access.require_editor(by, fresh.item.agency_id)
        return Saved(fresh)
    return _save(edition, document, base=base, by=by, at=at)


@command
def discard_draft(edition: Edition, *, by: Actor, at: datetime) -> None:
    """Give up a draft; what was released stays as it is. Raises Forbidden, NotInHand."""
    edition = lock_draft(edition)
    item = edition.item
    access.require_editor(by, item.agency_id)
    record(chain(item.slug), "draft_discarded", by=by, at=at, version=edition.version, digest=edition.digest)
    edition.delete()
    if not (item.editions.exists() or item.lower.exists() or item.consultations.exists()):
        item.delete()


@command
def restore_revision(edition: Edition, number: int, *, by: Actor, at: datetime) -> Edition:
    """A draft says again what it said at an earlier saving; the savings between stay on record."""
    edition = lock_draft(edition)
    access.require_editor(by, edition.item.agency_id)
    earlier = edition.revisions.get(number=number)
    _keep(edition, earlier.document, by=by, at=at)
    record(chain(edition.item.slug), "draft_restored", by=by, at=at, version=edition.version, revision=number)
    return edition


@command
def rebase(edition: Edition, *, by: Actor, at: datetime) -> Saved:
    """The current edition changed while the draft was made: take its changes over. Raises Conflicting, NotInHand."""
    edition = lock_draft(edition)
    item = edition.item
    access.require_editor(by, item.agency_id)
    newest = item.editions.filter(state=EditionState.RELEASED, valid_to=None).first()
    merged = merge(edition.base.document if edition.base else {}, edition.document, newest.document if newest else {})
    if merged.conflicts:
        raise Conflicting(merged.conflicts, merged.document, base=edition.revision, name=said("现行版本"))
    edition.base = newest
    edition.save(update_fields=["base"])
    _keep(edition, merged.document, by=by, at=at)
    pass_on(edition, PassageKind.REBASED, by=by, at=at)
    record(chain(item.slug), "draft_rebased", by=by, at=at, version=edition.version)
    return Saved(edition, tuple(merged.taken))


@command
def _save(edition: Edition, document: Mapping[str, Any], *, base: int, by: Actor, at: datetime) -> Saved:
    edition = lock_draft(edition)
    access.require_editor(by, edition.item.agency_id)
    merged: Mapping[str, Any] = document
    taken: tuple[str, ...] = ()
    if base != edition.revision:
        merged, taken = _merged(edition, document, base)
    changed = changed_places(edition.document, merged)
    _keep(edition, merged, by=by, at=at)
    record(
        chain(edition.item.slug), "draft_saved", by=by, at=at,
        version=edition.version, revision=edition.revision, changed=changed, digest=edition.digest,
    )  # fmt: skip
    return Saved(edition, taken)


def lock_draft(edition: Edition) -> Edition:
    """The draft, locked. Raises NotInHand when it isn't one any more."""
    locked = Edition.objects.select_for_update(of=("self",)).select_related("item__agency", "base").get(pk=edition.pk)
    if locked.state != EditionState.DRAFT:
        raise NotInHand
    return locked


def _merged(edition: Edition, mine: Mapping[str, Any], base: int) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    before = edition.revisions.filter(number=base).first()
    merged = merge(before.document if before else {}, mine, edition.document)
    if merged.conflicts:
        last = edition.revisions.first()
        name = last.saved_by_name if last else ""
        raise Conflicting(merged.conflicts, merged.document, base=edition.revision, name=name)
    return merged.document, tuple(merged.taken)


def _draft(item: Item, document: Mapping[str, Any], *, base: Edition | None, by: Actor, at: datetime) -> Edition:
    last = item.editions.aggregate(last=Max("version"))["last"] or 0
    edition = Edition(item=item, version=last + 1, state=EditionState.DRAFT, base=base, document={}, digest="")
    edition.save()
    _keep(edition, document, by=by, at=at)
    pass_on(edition, PassageKind.BEGUN, by=by, at=at)
    return edition


def _keep(edition: Edition, document: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    changed = changed_places(edition.document, document) if edition.revision else []
    edition.document, edition.digest = dict(document), digest(document)
    edition.revision += 1
    edition.save(update_fields=["document", "digest", "revision"])
    Revision.objects.create(
        edition=edition,
        number=edition.revision,
        document=edition.document,
        changed=changed,
        saved_at=at,
        saved_by=by.user,
        saved_by_name=by.name,
    )
