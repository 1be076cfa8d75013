"""Earlier answers used again, as their owner sees it: what they agreed to, what a draft holds of it, what to copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.choices import WORDING, WORDINGS, Channel
from yimen.applications.commands.reusing import taken_from_others
from yimen.applications.queries import consenting, may_reuse, resolutions
from yimen.applications.queries.copying import named, to_copy
from yimen.applications.queries.earlier import earlier
from yimen.applications.queries.origins import challenged
from yimen.applications.queries.resolving import waits_for_consent
from yimen.applications.queries.together import assembly_of, package_resolutions
from yimen.identity.access import speaks_for
from yimen.identity.queries import represented, subject
from yimen.law.prefill import Origin
from yimen.sheets.queries.reading import empty
from yimen.ui.words import people_date

if TYPE_CHECKING:
    from yimen.applications.models import Application, PackageApplication
    from yimen.catalog.queries.packaging import Assembly
    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor
    from yimen.sheets.ports import Prefilled


@dataclass(frozen=True)
class Reuse:
    """What the list of steps says about earlier answers. ask: is it time to ask for consent? taken: labels of fields

    that hold what consent was taken back for; copies: is there an earlier one to copy, and from when. answer_url,
    take_out_url: where both are done.
    """

    ask: bool
    wordings: tuple[str, ...]
    taken: list[str]
    copy: str
    flagged: list[dict[str, str]]
    answer_url: str
    take_out_url: str

    @property
    def anything(self) -> bool:
        return bool(self.ask or self.taken or self.copy or self.flagged)


def owners(actor: Actor, at: datetime) -> list[Subject]:
    """For whom the actor decides: themselves, their firms, their wards."""
    return [subject(actor.subject), *represented(actor.subject, at)] if actor.subject else []


def wording() -> tuple[str, ...]:
    """What people are told before they agree, in the reader's language."""
    return tuple(_(each) for each in WORDINGS[WORDING])


def page(actor: Actor, at: datetime) -> dict[str, Any]:
    """The page in my space: what each has said, with the wording they saw."""
    return {
        "wordings": wording(),
        "groups": [_group(one, actor, at) for one in owners(actor, at)],
    }


def _group(one: Subject, actor: Actor, at: datetime) -> dict[str, Any]:
    said = consenting(one, at)
    return {
        "subject": one,
        "own": one.pk == actor.subject,
        "given": said.given,
        "channel": _(Channel(said.given.channel).label) if said.given else "",
        "voice": said.given.voice if said.given else "",
        "clerk": f"{said.given.window.name} {said.given.said_by.name}" if said.given and said.given.window else "",
        "last": said.last,
    }


def reuse(application: Application, actor: Actor, at: datetime) -> Reuse:
    """What is worth saying about earlier answers on the list of steps of a draft."""
    fields = {field.name: field.label for field in application.edition.doc.form_fields}
    taken = taken_from_others(application)
    if taken and may_reuse(application.subject, at):
        taken = []
    flagged = [
        {"label": fields[name], "url": reverse("portal:report_source", args=[application.number, name])}
        for name in challenged(application)
        if name in fields
    ]
    ask = not taken and _worth_asking(application, actor, at)
    return Reuse(
        ask,
        wording(),
        [fields[name] for name in taken if name in fields],
        _newest(application, actor, at),
        flagged,
        reverse("portal:reuse_answer", args=[application.number]),
        reverse("portal:take_out", args=[application.number]),
    )


def _worth_asking(application: Application, actor: Actor, at: datetime) -> bool:
    """Asked once, by whoever may decide, and only where it would fill something."""
    one = application.subject
    if not speaks_for(actor, one.pk, at) or consenting(one, at).asked:
        return False
    found = earlier(application.edition.doc, application.item_id, one, by=actor, at=at, always=True)
    return _fills(found, application.answers) or waits_for_consent(resolutions(application, at))


def _fills(found: Mapping[str, Sequence[Prefilled]], answers: Mapping[str, Any]) -> bool:
    return any(
        each.origin is Origin.OTHER_ITEM and empty(answers.get(name)) for name, some in found.items() for each in some
    )


def reuse_together(application: PackageApplication, actor: Actor, at: datetime) -> Reuse:
    """The same for a package: asked once, for all its items."""
    assembly = assembly_of(application)
    fields = {field.name: field.label for field in assembly.sheet(application.answers).form_fields}
    taken = taken_from_others(application)
    if taken and may_reuse(application.subject, at):
        taken = []
    ask = not taken and _worth_asking_together(application, assembly, actor, at)
    return Reuse(
        ask,
        wording(),
        [fields[name] for name in taken if name in fields],
        "",
        [],
        reverse("portal:package_reuse_answer", args=[application.number]),
        reverse("portal:package_take_out", args=[application.number]),
    )


def _worth_asking_together(application: PackageApplication, assembly: Assembly, actor: Actor, at: datetime) -> bool:
    one = application.subject
    if not speaks_for(actor, one.pk, at) or consenting(one, at).asked:
        return False
    for member in assembly.members:
        found = earlier(member.document, member.edition.item_id, one, by=actor, at=at, always=True)
        if _fills(found, assembly.answers_of(member.slug, application.answers)):
            return True
    own = [each for merged in package_resolutions(application, at) for _slug, each in merged.members]
    return waits_for_consent(own)


def _newest(application: Application, actor: Actor, at: datetime) -> str:
    """When the last application of the same item was submitted; only while nothing was typed into this one."""
    if application.saved_at != application.begun_at:
        return ""
    found = to_copy(application.item_id, application.subject_id, by=actor, at=at)
    return people_date(found[0].submitted_at, at) if found and found[0].submitted_at else ""


def copies(application: Application, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """The earlier ones to choose from, as choices of a field."""
    return [
        {
            "value": each.number,
            "label": _("%(day)s提交") % {"day": people_date(each.submitted_at, at)}
            + (f"：{named(each)}" if named(each) else ""),
            "hint": each.number,
        }
        for each in to_copy(application.item_id, application.subject_id, by=actor, at=at)
    ]


def labels(application: Application, names: list[str], values: Mapping[str, Any]) -> list[str]:
    """Fields in words; of one that the form no longer has its name's words are not known, so it is left out."""
    known = {field.name: field.label for field in application.edition.doc.form_fields}
    return [known.get(name, name) for name in names if not empty(values.get(name))]
