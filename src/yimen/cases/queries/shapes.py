"""A case as programs see it. The fields are a contract: more may come, none is renamed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from pydantic import ConfigDict

from yimen.applications.access import reach
from yimen.applications.queries import (
    MaterialShape,
    MissingShape,
    documents,
    material_shapes,
    missing_shapes,
    owed,
)
from yimen.cases import access
from yimen.cases.choices import Outcome
from yimen.cases.ports import PAGES, hindrance, parts
from yimen.cases.queries.easings import easing_words
from yimen.cases.queries.faces import clock_shapes
from yimen.cases.queries.timeline import timeline
from yimen.city.choices import CASE_DUTIES
from yimen.kit.actor import Actor
from yimen.kit.commands import remembering
from yimen.kit.rest.shapes import Shape
from yimen.kit.telling import translated
from yimen.kit.time import local
from yimen.law.states import BEFORE_DECISION, State, Verb
from yimen.papers import queries as papers

if TYPE_CHECKING:
    from yimen.applications.models import Application
    from yimen.cases.models import Case, Supplement
    from yimen.kit.errors import Refusal


class ApplicantOfCase(Shape):
    """Whose case it is. number, name: masked as far as the reader is not concerned."""

    document: str
    number: str
    name: str


class OfficeShape(Shape):
    """The agency that decides, and how to reach it."""

    code: str
    name: str
    phone: str
    address: str


class ClockOut(Shape):
    """A legal clock. left: counted units left, negative when overdue; reckoning: how the due day comes about."""

    kind: str
    label: str
    key: str
    state: str
    opened: date
    due: date
    due_at: datetime | None
    left: int | None
    unit: str
    extension: int
    stopped_at: datetime | None
    met: bool | None
    provisional: bool
    reckoning: list[str]


class HinderedShape(Shape):
    """A verb of one's own that is not possible now, and why."""

    verb: str
    label: str
    code: str
    reason: str


class WantedShape(Shape):
    """One thing that was asked for: kind material or field."""

    kind: str
    key: str
    name: str
    reason: str


class SupplementShape(Shape):
    """The open notice of everything that is wanting."""

    asked_at: datetime
    due_on: date
    wanted: list[WantedShape]


class CaseLine(Shape):
    """A case in a list."""

    number: str
    state: str
    state_label: str
    item: str
    item_name: str
    edition: int
    subject: ApplicantOfCase
    agency: OfficeShape
    channel: str
    version: int
    received_at: datetime
    accepted_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None
    due_on: date | None
    outcome: str | None


class EasedShape(Shape):
    """What a later edition eased for this case. place: of the change in its difference; edition: which one it was."""

    place: str
    edition: int
    words: str


class CaseShape(CaseLine):
    """A case in full. answers, materials: to the applicant and to staff who deal with it; later rooms add parts.

    owed: what may come later (容缺) and has not come: nothing is granted before.
    """

    model_config = ConfigDict(extra="allow")

    reason: str
    competent_body: str
    deemed: bool
    clocks: list[ClockOut]
    verbs: list[str]
    hindered: list[HinderedShape]
    supplement: SupplementShape | None
    answers: dict[str, Any] | None
    materials: list[MaterialShape] | None
    owed: list[MissingShape]
    eased: list[EasedShape] = []
    tasks: list[dict[str, Any]] = []
    results: dict[str, Any] = {}
    cards: list[dict[str, Any]] = []


class PaperRef(Shape):
    """A paper of the case. url: for a browser that is signed in; pdf: for a program."""

    number: str
    kind: str
    title: str
    at: datetime
    withdrawn: bool
    url: str
    pdf: str


class PaperOfMoment(Shape):
    number: str
    label: str
    url: str


class MomentShape(Shape):
    """What happened, told in a sentence; which office and post did it, how to reach it, where the case stood then."""

    at: datetime
    verb: str
    what: str
    text: str
    office: str
    post: str
    name: str
    phone: str
    state: str
    state_label: str
    papers: list[PaperOfMoment]


class PublicCase(Shape):
    """What anybody sees who has number and query password."""

    number: str
    state: str
    state_label: str
    item: str
    item_name: str
    subject: ApplicantOfCase
    agency: OfficeShape
    received_at: datetime
    accepted_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None
    due_on: date | None
    outcome: str | None
    clocks: list[ClockOut]
    timeline: list[MomentShape]


@remembering()
def shape(case: Case, actor: Actor, at: datetime) -> CaseShape:
    """The case with everything the actor may know of it. The case comes with its application."""
    own = reach(actor, at)
    told = case.subject_id in own or (case.agency_id in actor.agencies and bool(actor.duties & CASE_DUTIES))
    verbs, hindered = _verbs(case, actor, at)
    notice = case.supplements.filter(supplied_at=None).first() if case.state == State.SUPPLEMENT else None
    application = case.application
    application.edition = case.edition
    handed_in = documents(application)
    return CaseShape(
        **_line(case, actor, own),
        reason=case.reason,
        competent_body=case.competent_body,
        deemed=case.deemed,
        clocks=[ClockOut.model_validate(each) for each in clock_shapes(case, at)],
        verbs=verbs,
        hindered=hindered,
        supplement=_supplement(notice) if notice else None,
        answers=application.answers if told else None,
        materials=material_shapes(application, handed_in, at) if told else None,
        owed=missing_shapes(owed(application, handed_in)) if State(case.state) in BEFORE_DECISION else [],
        eased=_eased(application),
        **_plain(parts(case, actor, at)),
    )


def line(case: Case, actor: Actor, own: list[int]) -> CaseLine:
    """A case in a list; own: the subjects whose business the actor may see (applications.access.reach)."""
    return CaseLine(**_line(case, actor, own))


def public_shape(case: Case, at: datetime) -> PublicCase:
    """For the look-up by number and password: nobody in particular reads it."""
    nobody = Actor()
    facts = _line(case, nobody, []) | {"subject": _subject(case, masked_name=True)}
    return PublicCase(
        **{name: value for name, value in facts.items() if name in PublicCase.model_fields},
        clocks=[ClockOut.model_validate(each) for each in clock_shapes(case, at, steps=False)],
        timeline=moment_shapes(case, nobody, at),
    )


def moment_shapes(case: Case, actor: Actor, at: datetime) -> list[MomentShape]:
    return [
        MomentShape(
            at=each.at,
            verb=each.verb,
            what=each.title,
            text=each.text,
            office=each.office,
            post=each.post,
            name=each.name,
            phone=each.phone,
            state=each.state,
            state_label=each.state_label,
            papers=[PaperOfMoment(**paper) for paper in each.papers],
        )
        for each in timeline(case, actor, at)
    ]


def paper_refs(number: str) -> list[PaperRef]:
    """The papers about a case, oldest first. One statement."""
    return [
        PaperRef(
            number=each["number"],
            kind=each["kind"],
            title=each["title"],
            at=local(each["at"]),
            withdrawn=each["withdrawn"],
            url=each["url"],
            pdf=reverse("api:get_paper_pdf", args=[each["number"]]),
        )
        for each in papers.of(number)
    ]


def _line(case: Case, actor: Actor, own: list[int]) -> dict[str, Any]:
    agency = case.agency
    return {
        "number": case.number,
        "state": case.state,
        "state_label": State(case.state).label,
        "item": case.item.slug,
        "item_name": case.item_name,
        "edition": case.edition.version,
        "subject": _subject(case, masked_number=case.subject_id not in own),
        "agency": OfficeShape(
            code=agency.code, name=agency.name, phone=agency.window_phone or agency.phone, address=agency.address
        ),
        "channel": case.channel,
        "version": case.version,
        "received_at": local(case.received_at),
        "accepted_at": _local(case.accepted_at),
        "decided_at": _local(case.decided_at),
        "closed_at": _local(case.closed_at),
        "due_on": case.due_on,
        "outcome": case.outcome or None,
    }


def _subject(case: Case, *, masked_number: bool = True, masked_name: bool = False) -> ApplicantOfCase:
    subject = case.subject
    return ApplicantOfCase(
        document=subject.document,
        number=subject.masked_number if masked_number else subject.number,
        name=subject.masked_name if masked_name else subject.name,
    )


def _verbs(case: Case, actor: Actor, at: datetime) -> tuple[list[str], list[HinderedShape]]:
    """What the actor may do now, and what of their own is not possible, also as later rooms see it."""
    possible, hindered = [], []
    for rule, refusal in access.verbs(case, actor, at):
        why = refusal or _unready(rule.name, case, at)
        if why is None:
            possible.append(str(rule.name))
        else:
            hindered.append(
                HinderedShape(
                    verb=rule.name, label=translated(rule.label), code=why.code, reason=translated(why.detail)
                )
            )
    return possible, hindered


def _unready(verb: str, case: Case, at: datetime) -> Refusal | None:
    """Why the verb can't be done yet though the state allows it; a decision: what stands against either outcome."""
    if verb == Verb.DECIDE:
        grant, deny = hindrance(case, Outcome.GRANT), hindrance(case, Outcome.DENY)
        return grant if grant and deny else None
    return PAGES[verb].unready(case, at) if verb in PAGES else None


def _eased(application: Application) -> list[EasedShape]:
    told = zip(application.eased.items(), easing_words(application), strict=True)
    return [EasedShape(place=place, edition=found["version"], words=words) for (place, found), words in told]


def _supplement(notice: Supplement) -> SupplementShape:
    materials = [
        WantedShape(kind="material", key=each["key"], name=each["name"], reason=each["reason"])
        for each in notice.materials
    ]
    fields = [
        WantedShape(kind="field", key=each["name"], name=each["label"], reason=each["reason"]) for each in notice.fields
    ]
    return SupplementShape(asked_at=local(notice.asked_at), due_on=notice.due_on, wanted=materials + fields)


def _local(at: datetime | None) -> datetime | None:
    return local(at) if at else None


def _plain(value: Any) -> Any:
    """Instants of the parts in local time, like all others."""
    if isinstance(value, datetime):
        return local(value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
