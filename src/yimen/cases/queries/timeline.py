"""What happened with a case, told from its ledger entries in sentences, each with who did it and how to reach them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.cases.queries.words import Audience, Words, words_of
from yimen.catalog.queries import easing_words
from yimen.kit.actor import Actor
from yimen.kit.time import local
from yimen.law.states import State
from yimen.ledger.choices import case_chain
from yimen.ledger.queries import Line, story
from yimen.ui.words import plain_date

if TYPE_CHECKING:
    from yimen.cases.models import Case

PAPER = "paper_drawn_up"


@dataclass
class Moment:
    """One thing that happened, for the tag `timeline` and the API.

    text: the sentence. by: office and post in one line, for people; name: of the officer, to colleagues only.
    state: where the case stood then. papers: [{number, label, url}]; url empty for outsiders.
    """

    at: datetime
    verb: str
    title: str
    text: str
    by: str
    office: str
    post: str
    name: str
    phone: str
    state: str
    tone: str = "neutral"
    icon: str = "point"
    papers: list[dict[str, str]] = field(default_factory=list)
    future: bool = False

    @property
    def state_label(self) -> str:
        return State(self.state).label


def timeline(case: Case, actor: Actor, at: datetime) -> list[Moment]:
    """The story of a case, oldest first, as far as it concerns the reader. One statement more than supplements.

    An actor without an account (the public look-up) reads neither grounds nor names; the applicant all grounds;
    staff of the case's agency also what goes on inside. Whether the actor may see the case at all was asked before.
    """
    audience = _audience(case, actor)
    return list(_moments(case, story(case_chain(case.number)), audience))


def _audience(case: Case, actor: Actor) -> Audience:
    if case.agency_id in actor.agencies:
        return Audience.STAFF
    return Audience.APPLICANT if actor.user is not None else Audience.PUBLIC


def _moments(case: Case, lines: Iterable[Line], audience: Audience) -> Iterator[Moment]:
    state, moment = State.DRAFT.value, None
    notices = list(case.supplements.all())
    for line in lines:
        state = line.facts.get("row", {}).get("state", state)
        if line.verb == PAPER and moment is not None:
            moment.papers.append(_paper(line, audience))
        words = words_of(line.verb)
        if words is None or words.audience > audience or (words.only_open and state == State.DRAFT):
            continue
        if moment is not None:
            yield moment
        moment = _moment(case, line, words, state, audience, _facts(case, line, notices))
    if moment is not None:
        yield moment


def _moment(case: Case, line: Line, words: Words, state: str, audience: Audience, facts: dict[str, Any]) -> Moment:
    text = words.sentence(facts)
    if audience > Audience.PUBLIC:
        text += words.addition(facts)
    office, post = _who(case, line, audience)
    name = _name(line) if audience is Audience.STAFF else ""
    agency = case.agency
    return Moment(
        at=local(line.at),
        verb=line.verb,
        title=words.title,
        text=text,
        by=" ".join(part for part in (office, post, name) if part),
        office=office,
        post=post,
        name=name,
        phone=agency.window_phone or agency.phone,
        state=state,
        tone=words.tone,
        icon=words.icon,
    )


def _who(case: Case, line: Line, audience: Audience) -> tuple[str, str]:
    """Office and post. An applicant has neither, the receipt is the agency's, the platform acts by itself.

    An agent is named with whom they acted for (许可法 29), but not to the public.
    """
    by = line.by
    if line.verb == "receive":
        return case.agency.name, ""
    if by["user"] is None:
        return case.agency.name, _("系统自动处理")
    if by["post"]:
        return by["office"] or case.agency.name, by["post"]
    if by.get("behalf") and audience > Audience.PUBLIC:
        return _("%(agent)s 代 %(applicant)s") % {"agent": by["name"], "applicant": case.applicant_name}, ""
    return _("申请人"), ""


def _name(line: Line) -> str:
    """Whose hand it was; of a receipt the line before says who sent it in."""
    by = line.by
    if by.get("behalf") or by["user"] is None or line.verb == "receive":
        return ""
    return str(by["name"])


def _paper(line: Line, audience: Audience) -> dict[str, str]:
    number = line.facts["paper"]
    url = "" if audience is Audience.PUBLIC else reverse("papers:pdf", args=[number])
    return {"number": number, "label": line.facts["title"], "url": url}


def _facts(case: Case, line: Line, notices: list[Any]) -> dict[str, Any]:
    """What the sentences speak of."""
    row, document = line.facts.get("row", {}), case.edition.doc
    notice = next((each for each in notices if each.asked_at == line.at), None)
    material = document.material(line.facts.get("material", ""))
    return {
        "agency": case.agency.name,
        "item": case.item_name,
        "ground": line.ground.rstrip("。；"),
        "body": case.competent_body,
        "due": _day(row.get("due_on") or (notice.due_on.isoformat() if notice else "")),
        "days": line.facts.get("planned_days") or line.facts.get("days") or 0,
        "result": str(line.facts.get("result", "")).rstrip("。；"),
        "reason": str(line.facts.get("reason", "")).rstrip("。；"),
        "outcome": row.get("outcome", ""),
        "step": line.facts.get("task", ""),
        "opinion": line.facts.get("opinion", ""),
        "way": line.facts.get("way", ""),
        "tracking": line.facts.get("tracking", ""),
        "names": "、".join(line.facts.get("results", [])),
        "material": material.name if material else "",
        "wanting": _wanting(notice) if notice else "",
        "version": line.facts.get("edition", ""),
        "eased": "；".join(easing_words(document, line.facts.get("easings", {}))),
    }


def _wanting(notice: Any) -> str:
    named = [(each["name"], each["reason"]) for each in notice.materials]
    named += [(each["label"], each["reason"]) for each in notice.fields]
    return "；".join(f"{name}（{reason.rstrip('。')}）" for name, reason in named)


def _day(text: str) -> str:
    return plain_date(date.fromisoformat(text)) if text else ""
