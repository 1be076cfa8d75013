"""Opening a draft for a package: members frozen, what is known filled in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yimen.applications import access
from yimen.applications.choices import Channel, Stage
from yimen.applications.commands.beginning import draw_number, write_down_the_look
from yimen.applications.commands.refusals import WrongSubject
from yimen.applications.commands.together.moving import move_papers
from yimen.applications.commands.together.opening import lock_package
from yimen.applications.commands.together.refusals import AlreadyDivided, MemberGone
from yimen.applications.commands.together.reusing import known_together
from yimen.applications.models import PackageApplication, PackagePart
from yimen.applications.queries.origins import filled, packed, sources_now
from yimen.applications.queries.together import assembly_of, parts_of
from yimen.catalog.queries.packaging import Assembly, Resolution, item_names, resolve
from yimen.city.choices import Duty
from yimen.identity.choices import SubjectKind
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.law.said import said, several
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain

if TYPE_CHECKING:
    from yimen.catalog.models import PackageEdition
    from yimen.identity.models import Subject


@command
def begin_package(
    *,
    package: PackageEdition,
    situation: Mapping[str, Any],
    left_out: Collection[str] = (),
    subject: Subject,
    channel: Channel,
    by: Actor,
    at: datetime,
) -> PackageApplication:
    """Open one draft for all members that take part: one form, prefilled; one list, met as each item's own would be.

    Who may: the subject, somebody under a mandate that covers every member, a clerk at a window that takes in one of
    them. Raises NotYours, WindowNotAuthorised, WrongSubject, MemberGone (a member that can't be left out is
    suspended), Invalid (a question is open).
    """
    found = _whole(package, situation, left_out)
    access.require_channel(by, channel)
    access.require_package_hand(by, subject.pk, [member.slug for member in found.assembly.members], at)
    offices = [(member.edition.item.agency, member.slug) for member in found.assembly.members]
    access.require_some_window(by, [(agency.pk, agency.name, slug) for agency, slug in offices], at)
    _require_audience(package, subject)
    known = known_together(found.assembly, subject, by, at)
    agency = offices[0][0]
    application = PackageApplication.objects.create(
        number=draw_number(agency.division.code, channel, at),
        package=package,
        subject=subject,
        agent_id=by.subject if not by.is_one(subject.pk) and Duty.CLERK not in by.duties else None,
        made_by_id=by.account,
        channel=channel,
        situation=dict(found.answers),
        left_out=list(found.left_out),
        **filled(known),
        begun_at=at,
        saved_at=at,
    )
    _freeze(application, found.assembly)
    write_down_the_look(application, known, by=by, at=at)
    ledger.record(
        case_chain(application.number), "package_begun", by=by.acting_for(application.subject_id), at=at,
        package=package.package.code,
        version=package.version, channel=channel, subject=subject.pk,
        items=[f"{member.slug} v{member.edition.version}" for member in found.assembly.members],
    )  # fmt: skip
    return application


@command
def change_situation(
    application: PackageApplication,
    situation: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    left_out: Collection[str] = (),
) -> PackageApplication:
    """Answer the package's questions anew: members come and go, every answer that still fits stays, and every paper.

    Papers that nobody wants now wait for an item that does (`moving`). Raises NotYours, AlreadyDivided, MemberGone,
    Invalid.
    """
    application = lock_package(application, by=by, at=at)
    begun = [part.edition.doc.name for part in parts_of(application) if part.application_id]
    if begun:
        raise AlreadyDivided(items=several(begun))
    before = assembly_of(application)
    found = _whole(application.package, situation, left_out)
    slugs = [each.slug for each in found.assembly.members]
    access.require_package_hand(by, application.subject_id, slugs, at, made_by=application.made_by_id)
    known = known_together(found.assembly, application.subject, by, at)
    kept = carried(before, found.assembly, application.answers)
    application.situation, application.left_out = dict(found.answers), list(found.left_out)
    application.answers = {name: each.value for name, each in known.items()} | kept
    application.origins = packed(known)
    application.sources = sources_now(application.answers, application.origins, {}, known)
    application.saved_at = at
    application.save(update_fields=["situation", "left_out", "answers", "sources", "origins", "saved_at"])
    application.parts.filter(ended_at=None).update(ended_at=at)
    _freeze(application, found.assembly)
    move_papers(application, before, found.assembly)
    write_down_the_look(application, known, by=by, at=at)
    ledger.record(
        case_chain(application.number), "package_situation_changed", by=by.acting_for(application.subject_id), at=at,
        items=[f"{member.slug} v{member.edition.version}" for member in found.assembly.members],
    )  # fmt: skip
    return application


@command
def discard_package(application: PackageApplication, *, by: Actor, at: datetime) -> None:
    """Give a draft up; members' own drafts that were begun stay. Raises NotYours, PackageClosed."""
    application = lock_package(application, by=by, at=at)
    application.stage, application.discarded_at = Stage.DISCARDED, at
    application.save(update_fields=["stage", "discarded_at"])
    ledger.record(case_chain(application.number), "discarded", by=by.acting_for(application.subject_id), at=at)


def carried(before: Assembly, after: Assembly, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers under the names of the form as it is now: each goes by the member that asked it."""
    staying = {member.slug for member in after.members}
    kept: dict[str, Any] = {}
    for member in before.members:
        if member.slug in staying:
            for name, value in after.answers_in(member.slug, before.answers_of(member.slug, answers)).items():
                kept.setdefault(name, value)
    return kept


def _whole(package: PackageEdition, situation: Mapping[str, Any], left_out: Collection[str]) -> Resolution:
    found = resolve(package, situation, left_out)
    missing = [slug for slug in found.gone if slug not in found.optional]
    if missing:
        raise MemberGone(item=item_names(missing[:1]).get(missing[0], missing[0]))
    return found


def _require_audience(package: PackageEdition, subject: Subject) -> None:
    if package.doc.subjects and not fits(package.doc.subjects, subject):
        raise WrongSubject(item=package.doc.name, subjects=several(map(said, package.doc.subjects)))


def fits(subjects: Collection[str], subject: Subject) -> bool:
    """Is it meant for people, or for firms and organisations?"""
    natural = "自然人" in subjects
    others = any(audience != "自然人" for audience in subjects)
    return natural if subject.kind == SubjectKind.NATURAL else others


def _freeze(application: PackageApplication, assembly: Assembly) -> None:
    PackagePart.objects.bulk_create(
        PackagePart(package_application=application, item=member.edition.item, edition=member.edition)
        for member in assembly.members
    )
