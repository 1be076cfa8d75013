"""In whose name somebody may apply for an item: oneself, and firms or people one holds a mandate of (许可法 29)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from yimen.applications.queries import drafts
from yimen.identity.choices import MandateKind, Power, SubjectKind
from yimen.identity.queries import principals_of, subject
from yimen.portal.queries.browsing import audience

if TYPE_CHECKING:
    from yimen.applications.models import Application
    from yimen.catalog.choices import EditionDocument
    from yimen.catalog.models import Edition
    from yimen.identity.models import Mandate, Subject
    from yimen.kit.actor import Actor


@dataclass(frozen=True)
class Option:
    """Somebody to apply for. why: the bond in words; fits: is the item meant for such a subject?"""

    subject: Subject
    why: str
    fits: bool


def options(document: EditionDocument, actor: Actor, at: datetime) -> list[Option]:
    """Everybody the actor may apply for in this item, oneself first. Each firm or person once."""
    if actor.subject is None:
        return []
    oneself = subject(actor.subject)
    found = {oneself.pk: Option(oneself, _("本人"), fits(document, oneself))}
    for mandate in principals_of(actor.subject, at):
        if covers(mandate, document.slug):
            principal = mandate.principal
            bond = str(MandateKind(mandate.kind).label)
            found.setdefault(principal.pk, Option(principal, bond, fits(document, principal)))
    return list(found.values())


def covers(mandate: Mandate, slug: str) -> bool:
    """May the agent apply for this item under it?"""
    return Power.FILE in mandate.powers and (not mandate.items or slug in mandate.items)


def fits(document: EditionDocument, one: Subject) -> bool:
    """Is the item meant for people, or for firms and organisations?"""
    natural = "自然人" in document.subjects
    others = any(audience != "自然人" for audience in document.subjects)
    return natural if one.kind == SubjectKind.NATURAL else others


def chosen(offered: Sequence[Option], key: str) -> Subject | None:
    """The one whose key was posted, if it may apply."""
    return next((each.subject for each in offered if each.fits and str(each.subject.pk) == key), None)


def untouched(actor: Actor, slug: str, subject_id: int, at: datetime) -> Application | None:
    """A draft begun and not yet written in: a second click finds it instead of making another."""
    mine = [each for each in drafts(actor, at) if each.item.slug == slug and each.subject_id == subject_id]
    return next((each for each in mine if each.saved_at == each.begun_at), None)


def page(
    edition: Edition,
    offered: Sequence[Option],
    errors: Sequence[dict[str, str]],
    held: str,
    *,
    actor: Actor,
    at: datetime,
) -> dict[str, Any]:
    """What the page of choosing shows."""
    fitting = [each for each in offered if each.fits]
    choices = [
        {
            "value": str(each.subject.pk),
            "label": each.subject.name,
            "hint": f"{each.why} · {each.subject.masked_number}",
        }
        for each in fitting
    ]
    return {
        "edition": edition,
        "fitting": fitting,
        "errors": errors,
        "drafts": [each for each in drafts(actor, at) if each.item.slug == edition.doc.slug],
        "audience": audience(edition.doc.subjects),
        "field": {
            "name": "subject",
            "label": _("申请人"),
            "kind": "choice",
            "required": True,
            "choices": choices,
            "value": held or (choices[0]["value"] if len(choices) == 1 else ""),
            "error": errors[0]["message"] if errors else "",
        },
    }
