"""What is known of whoever stands at the window, under any of their documents."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from yimen.applications.queries import drafts
from yimen.applications.queries.together import package_application_drafts
from yimen.cases.queries import seen_by
from yimen.identity.queries import same_person
from yimen.kit.time import day_of
from yimen.vault.queries import held_by

if TYPE_CHECKING:
    from yimen.applications.models import Application, PackageApplication
    from yimen.cases.models import Case
    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor


def licences_of(visitor: Subject, at: datetime) -> list[str]:
    """The names of the licences that need not be brought."""
    held = held_by(list(same_person(visitor.pk)))
    return [each.kind.name for each in held[:20] if each.valid_on(day_of(at))]


def cases_of(visitor: Subject, actor: Actor, at: datetime, *, size: int = 6) -> list[Case]:
    """What is under way already, so that nobody applies twice."""
    return list(seen_by(actor, at).filter(subject__in=same_person(visitor.pk)).order_by("-id")[:size])


def drafts_for(visitor: Subject, actor: Actor, at: datetime) -> tuple[list[Application], list[PackageApplication]]:
    """What this clerk has begun for the visitor: single items, and packages."""
    own = same_person(visitor.pk)
    return (
        [each for each in drafts(actor, at) if each.subject_id in own],
        [each for each in package_application_drafts(actor, at) if each.subject_id in own],
    )
