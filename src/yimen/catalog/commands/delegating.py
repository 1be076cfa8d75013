"""一套标准、四级贯通: a county, town or village keeps an edition of its own, drawn from the one above.

What it sets itself stays its own; everything else follows whenever the edition above changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yimen.catalog import access
from yimen.catalog.choices import EditionDocument, chain
from yimen.catalog.commands.drafting import begin_item
from yimen.catalog.commands.releasing import release
from yimen.catalog.models import Edition, Item
from yimen.catalog.queries.delegation import below
from yimen.catalog.queries.editions import in_force
from yimen.catalog.queries.following import derived
from yimen.city.choices import Level
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.ledger.commands import record

if TYPE_CHECKING:
    from yimen.city.models import Agency

LONGEST_SLUG = 56
LEVELS = {Level.CITY: "市", Level.COUNTY: "县", Level.TOWN: "镇", Level.VILLAGE: "村"}


class NotBelow(Refusal):
    code = "agency_not_below"
    sentence = "“{agency}”不在“{upper}”的下级，不能承接这个事项。"
    status = 422


class NothingToTakeOn(Refusal):
    code = "nothing_to_take_on"
    sentence = "“{name}”现在没有在用的版本，不能承接。"


@command
def take_on(upper: Item, *, agency: Agency, by: Actor, at: datetime) -> Edition:
    """A lower agency begins its own edition of an item from above: a draft that says the same, to be made its own.

    Who: an editor whose post reaches the lower agency. Raises Forbidden, NotBelow, NothingToTakeOn, SlugTaken.
    """
    access.require_editor(by, agency.pk)
    if not below(agency, upper):
        raise NotBelow(agency=agency.name, upper=upper.agency.name)
    source = in_force(upper.pk)
    if source is None:
        raise NothingToTakeOn(name=upper.name)
    draft = begin_item(_document(source, agency), agency=agency, by=by, at=at)
    draft.item.upper = upper
    draft.item.save(update_fields=["upper"])
    record(chain(draft.item.slug), "taken_on", by=by, at=at, upper=upper.slug, version=source.version)
    return draft


@command
def follow_upper(item: Item, *, by: Actor, at: datetime) -> Edition | None:
    """The edition above changed: the lower one says the same again, with what it set itself. None: nothing to do.

    Who: the platform. What the one above shortened more than the lower had, is shortened here too; what it eased for
    open cases as well, is eased for those here.
    """
    upper, own = in_force(item.upper_id) if item.upper_id else None, in_force(item.pk)
    if upper is None or own is None or own.doc.inherits is None or own.doc.inherits.version == upper.version:
        record(chain(item.slug), "upper_followed", by=by, at=at, version=None)
        return None
    edition = release(derived(own, own.doc.inherits, upper), agency=item.agency, reach=upper.reach, by=by, at=at)
    record(
        chain(item.slug), "upper_followed", by=by, at=at,
        upper=upper.item.slug, upper_version=upper.version, version=edition.version,
    )  # fmt: skip
    return edition


def _document(source: Edition, agency: Agency) -> Mapping[str, Any]:
    """The same as above, under the agency's own name and level; codes and places are its own to fill in."""
    document: EditionDocument = source.doc
    return document.stored() | {
        "slug": _slug(document.slug, agency),
        "agency": agency.code,
        "level": [LEVELS[Level(agency.division.level)]],
        "code": None,
        "codes": {},
        "places": [],
        "contacts": {},
        "inherits": {"slug": document.slug, "version": source.version},
    }


def _slug(upper: str, agency: Agency) -> str:
    """The item's and the area's: of a long one the item's part is cut, for the area tells it from its neighbours'."""
    code = agency.division.code
    slug = f"{upper[: LONGEST_SLUG - len(code) - 1].rstrip('-')}-{code}"
    taken = Item.objects.filter(slug=slug).exclude(agency=agency).exists()
    return f"{slug[: LONGEST_SLUG - 9].rstrip('-')}-{agency.pk}" if taken else slug
