"""From one application to its members' own drafts: item by item, with everything that was filled in and handed in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yimen.applications import access
from yimen.applications.choices import Channel
from yimen.applications.commands.beginning import begin, sources_of
from yimen.applications.commands.filling import answer
from yimen.applications.commands.refusals import Incomplete
from yimen.applications.commands.together.beginning import fits
from yimen.applications.commands.together.filling import file_ids
from yimen.applications.commands.together.handing_over import hand_over
from yimen.applications.commands.together.opening import lock_package, touch_package
from yimen.applications.commands.together.refusals import MemberGone, NoSuchMember, NotTogetherYet
from yimen.applications.models import PackageApplication, PackagePart
from yimen.applications.queries.together import assembly_of, package_lacking, part_open, parts_of
from yimen.catalog.queries import current
from yimen.catalog.queries.packaging import current_editions
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import NotFound
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.sheets import queries as sheets
from yimen.vault import queries as vault

if TYPE_CHECKING:
    from yimen.catalog.models import Edition
    from yimen.identity.models import Subject


@command
def submit_package(application: PackageApplication, *, by: Actor, at: datetime) -> PackageApplication:
    """Send the whole package. Raises NotYours, Incomplete, and NotTogetherYet: its cases are opened item by item."""
    application = lock_package(application, by=by, at=at)
    lacks = package_lacking(application, at)
    if lacks:
        raise Incomplete(lacks)
    raise NotTogetherYet(package=application.package.doc.name)


@command
def divide_package(application: PackageApplication, *, by: Actor, at: datetime) -> list[PackagePart]:
    """Begin the members' own drafts for the same applicant, as far as that may be; gives those that were begun.

    Members for other applicants (a firm that does not exist yet) wait, those that need a licence which an earlier
    member is still to give (begun then, they find it), and those that this window may not take in. See `begin_part`.
    Raises NotYours.
    """
    application = lock_package(application, by=by, at=at)
    closed = [part for part in parts_of(application) if not part_open(part)]
    here = current_editions([part.item.slug for part in closed])
    assembly = assembly_of(application)
    ready = [
        part.item.slug
        for part in closed
        if _may_begin(here.get(part.item.slug), application.subject)
        and access.window_takes(by, agency=part.item.agency_id, slug=part.item.slug, at=at)
        and not _awaits(application, assembly.awaited(part.item.slug), by, at)
    ]
    begun = [begin_part(application, slug, subject=application.subject, by=by, at=at) for slug in ready]
    touch_package(application, at)
    ledger.record(
        case_chain(application.number),
        "package_divided",
        by=by.acting_for(application.subject_id),
        at=at,
        items=[part.item.slug for part in begun],
    )
    return begun


@command
def begin_part(application: PackageApplication, slug: str, *, subject: Subject, by: Actor, at: datetime) -> PackagePart:
    """One member's own draft, with its answers and papers from the package; one that is open already is kept.

    subject: mostly the package's; where the item is for firms only, the firm. Raises NotYours, NoSuchMember,
    MemberGone, WrongSubject.
    """
    application = lock_package(application, by=by, at=at)
    part = next((each for each in parts_of(application) if each.item.slug == slug), None)
    if part is None:
        raise NoSuchMember(slug=slug)
    if part_open(part):
        ledger.record(
            case_chain(application.number),
            "package_part_opened",
            by=by.acting_for(application.subject_id),
            at=at,
            item=slug,
        )
        return part
    try:
        edition = current(slug)
    except NotFound as gone:
        raise MemberGone(item=part.edition.doc.name) from gone
    own = begin(edition=edition, subject=subject, channel=Channel(application.channel), by=by, at=at)
    assembly = assembly_of(application)
    part.application = own
    said = {name for name in assembly.given_fields(slug) if own.answers.get(name) is not None}
    told = {name: told for name, told in assembly.answers_of(slug, _counting(application)).items() if name not in said}
    told = {name: value for name, value in told.items() if edition.doc.field(name)}
    answer(own, told, by=by, at=at, files=file_ids(told), whole=sheets.stamps(edition.doc, told))
    own.refresh_from_db(fields=["answers", "sources", "saved_at"])
    hand_over(application, part, by=by, at=at)
    part.save(update_fields=["application"])
    ledger.record(
        case_chain(application.number),
        "package_part_begun",
        by=by.acting_for(application.subject_id),
        at=at,
        item=slug,
        number=own.number,
    )
    return part


def _counting(application: PackageApplication) -> dict[str, Any]:
    """The answers without the signatures under which something was changed since."""
    sheet = assembly_of(application).sheet(application.answers)
    stale = {each.key for each in sheets.broken_signatures(sheet, application.answers)}
    return {name: value for name, value in application.answers.items() if name not in stale}


def _may_begin(edition: Edition | None, subject: Subject) -> bool:
    return edition is not None and fits(edition.doc.subjects, subject)


def _awaits(application: PackageApplication, licences: Collection[str], by: Actor, at: datetime) -> bool:
    """Is some of these licences still to be issued?"""
    if not licences:
        return False
    return set(licences) - set(vault.valid_of_kinds(sources_of(application.subject, by), sorted(licences), at)) != set()
