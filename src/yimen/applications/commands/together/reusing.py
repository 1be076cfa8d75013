"""Earlier answers in an application for a package: what is known for all members, filled in, taken out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from yimen.applications.commands.beginning import sources_of, write_down_the_look
from yimen.applications.commands.reusing import NothingToTakeOut, fill_empty, put_aside, taken_from_others
from yimen.applications.commands.together.opening import lock_package
from yimen.applications.models import PackageApplication
from yimen.applications.queries.earlier import known_for
from yimen.applications.queries.together import assembly_of
from yimen.kit.commands import command
from yimen.kit.time import day_of
from yimen.law.prefill import ranked

if TYPE_CHECKING:
    from yimen.catalog.queries.packaging import Assembly
    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor
    from yimen.sheets.ports import Prefilled


@command
def fill_in_package(application: PackageApplication, *, by: Actor, at: datetime) -> list[str]:
    """Fill what is still empty with what is known now: after consent, or a new licence. Gives the fields filled.

    Nothing that was answered changes. Raises NotYours, PackageClosed.
    """
    application = lock_package(application, by=by, at=at)
    known = known_together(assembly_of(application), application.subject, by, at)
    fresh = fill_empty(application, known, by=by, at=at)
    write_down_the_look(application, fresh, by=by, at=at)
    return sorted(fresh)


@command
def take_out_of_package(application: PackageApplication, *, by: Actor, at: datetime) -> list[str]:
    """Take out what came from other items and was left as it was; what somebody typed stays. Gives the fields.

    Kept aside. Members' own drafts that were begun say so themselves. Raises NotYours, PackageClosed, NothingToTakeOut.
    """
    application = lock_package(application, by=by, at=at)
    gone = taken_from_others(application)
    if not gone:
        raise NothingToTakeOut
    put_aside(application, gone, by=by, at=at)
    return gone


def known_together(assembly: Assembly, subject: Subject, by: Actor, at: datetime) -> dict[str, Prefilled]:
    """What is known, asked as each member asks it; of what members find for one question the most trusted counts."""
    sources = sources_of(subject, by)
    found: dict[str, list[Prefilled]] = {}
    for member in assembly.members:
        known = known_for(member.document, member.edition.item_id, subject, sources, by=by, at=at)
        for name, each in known.items():
            for place, value in assembly.answers_in(member.slug, {name: each.value}).items():
                found.setdefault(place, []).append(replace(each, value=value))
    return {place: ranked(some, today=day_of(at), ages={})[0] for place, some in found.items()}
