"""A small town in which applications can be walked through: one agency per item, one window, staff and applicants."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

import yimen.demo
from tests.builders import city as places
from yimen.applications import commands as applications
from yimen.applications.choices import Channel
from yimen.applications.models import Application
from yimen.applications.queries import documents, lacking
from yimen.cases import commands as cases
from yimen.cases import queries as case_queries
from yimen.cases.choices import Outcome
from yimen.cases.models import Case
from yimen.catalog import commands as catalog
from yimen.catalog import queries as catalog_queries
from yimen.catalog.models import Edition
from yimen.city.choices import Duty, Reach, WindowKind
from yimen.city.commands import put_post, put_window
from yimen.city.models import Agency
from yimen.city.queries import window as window_of
from yimen.clocks.queries import of as clocks_of
from yimen.demo.choices import FIRM_CODE, FIRM_NAME, FIRM_PROFILE, PEOPLE
from yimen.demo.queries import sample_answers
from yimen.hall.commands import authorise
from yimen.identity import commands as identity
from yimen.identity.choices import Assurance, Document, MandateKind, Power
from yimen.identity.models import Subject, User
from yimen.identity.queries import actor_for
from yimen.kit.actor import Actor
from yimen.kit.time import CHINA, day_of
from yimen.law.checkdigits import mod_11_2
from yimen.ledger.choices import case_chain
from yimen.ledger.queries import Line
from yimen.ledger.queries import story as ledger_story
from yimen.papers.choices import Kind
from yimen.papers.queries import last_of
from yimen.papers.queries import of as papers_of
from yimen.results import commands as results
from yimen.results.choices import Way
from yimen.review import commands as review
from yimen.review.choices import Opinion
from yimen.review.queries import of as tasks_of
from yimen.vault import commands as vault
from yimen.vault import queries as vault_queries
from yimen.vault.choices import KindDocument

CATALOGUE = Path(yimen.demo.__file__).parent / "data" / "catalog"
SYSTEM = Actor.system()
FOUNDED = datetime(2025, 1, 2, 9, 0, tzinfo=CHINA)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
PASSWORD = "walk-2026-walk"

STAFF: dict[str, tuple[str, ...]] = {
    "clerk": (Duty.CLERK,),
    "clerk2": (Duty.CLERK,),
    "reviewer": (Duty.REVIEWER,),
    "reviewer2": (Duty.REVIEWER,),
    "chief": (Duty.CHIEF,),
    "mayor": (Duty.CHIEF,),
    "deliverer": (Duty.DELIVERER,),
    "supervisor": (Duty.SUPERVISOR,),
    "hall": (Duty.HALL_MANAGER,),
    "admin": (Duty.ADMINISTRATOR,),
    "editor": (Duty.EDITOR,),
    "staffing": (Duty.STAFFING,),
    "legal": (Duty.LEGAL,),
}


def at(text: str) -> datetime:
    """An instant in China: `at("2026-03-02")` is ten in the morning, `at("2026-03-02 17:00")` as it says."""
    parsed = datetime.fromisoformat(text)
    moment = parsed.time() if len(text) > 10 else time(10)
    return datetime.combine(parsed.date(), moment, tzinfo=CHINA)


def document(slug: str, **changes: Any) -> dict[str, Any]:
    """An item's file of the demonstration catalogue, with some of its elements changed."""
    raw: dict[str, Any] = json.loads((CATALOGUE / "items" / f"{slug}.json").read_text("utf-8"))
    return raw | changes


class Users(dict[str, User]):
    """By user name. Staff come into being as somebody asks for them: few tests need all thirteen."""

    def __init__(self, hire: Callable[[str], User]) -> None:
        super().__init__()
        self._hire, self._lock = hire, Lock()

    def __missing__(self, username: str) -> User:
        with self._lock:
            if username not in self:
                self[username] = self._hire(username)
        return self[username]


@dataclass
class Town:
    """Who lives there. Actors are worked out for the instant at which they act."""

    agency: Agency
    users: Users
    citizen: Subject
    owner: Subject
    firm: Subject
    window: int

    def act(self, username: str, at: datetime) -> Actor:
        return actor_for(self.users[username], at)

    def release(self, slug: str, **changes: Any) -> Edition:
        """Release an item of the demonstration catalogue, or a changed one, for the town's agency."""
        raw = document(slug, **changes) | {"department": self.agency.department}
        _define_kinds(raw)
        return catalog.release(raw, agency=self.agency, by=SYSTEM, at=FOUNDED)

    def draft(self, slug: str, at: datetime, **changes: Any) -> Edition:
        """A draft of an item's next edition, with some elements changed."""
        editor = self.act("editor", at)
        draft = catalog.begin_draft(catalog_queries.current(slug).item, by=editor, at=at)
        return catalog.save_draft(draft, {**draft.document, **changes}, base=draft.revision, by=editor, at=at).edition

    def approve(self, draft: Edition, at: datetime, **how: Any) -> Edition:
        """Sent by the editor, approved by both offices. how: planned_from (today by default), note, reach."""
        given = {"planned_from": day_of(at), "note": "优化流程", **how}
        sent = catalog.submit(draft, by=self.act("editor", at), at=at, **given)
        for office in ("staffing", "legal"):
            catalog.approve(sent, digest=sent.digest, by=self.act(office, at), at=at)
        return Edition.objects.get(pk=sent.pk)


def town(*, entrusted: bool = True, decides_instant: bool = True) -> Town:
    """Found it. entrusted: the window may accept for the agency; decides_instant: and decide instant items."""
    agency = places.agency("SJ", places.COUNTY, at=FOUNDED)
    hall = places.hall(at=FOUNDED)
    window = put_window(
        hall=hall, number="1", name="综合服务1号窗", kind=WindowKind.COMPREHENSIVE, by=SYSTEM, at=FOUNDED
    )
    if entrusted:
        authorise(
            window=window.pk, agency=agency.pk, since=day_of(FOUNDED), decides_instant=decides_instant,
            document_no="委托〔2025〕1号", by=SYSTEM, at=FOUNDED,
        )  # fmt: skip
    users = Users(lambda name: _staff(name, STAFF[name], window, hall, agency))
    citizen, owner = (_person(person.username, person.name, person.number, users, person.profile) for person in PEOPLE)
    _person("stranger", "古伟雄", "44140219010101001" + mod_11_2("44140219010101001"), users, {})
    firm = identity.register_subject(
        document=Document.USCC, number=FIRM_CODE, name=FIRM_NAME, assurance=Assurance.STRONG, by=SYSTEM, at=FOUNDED
    )
    identity.update_profile(firm, changes=FIRM_PROFILE, by=SYSTEM, at=FOUNDED)
    identity.grant_mandate(
        principal=firm, agent=owner, kind=MandateKind.LEGAL_REPRESENTATIVE, powers=Power.values,
        valid_from=day_of(FOUNDED), proof="营业执照", by=SYSTEM, at=FOUNDED,
    )  # fmt: skip
    return Town(agency, users, citizen, owner, firm, window.pk)


def apply_for(
    town: Town,
    edition: Edition,
    *,
    at: datetime,
    who: str = "owner",
    subject: Subject | None = None,
    channel: Channel = Channel.WEB,
) -> Application:
    """A complete application, not yet submitted."""
    by = town.act(who, at)
    application = applications.begin(edition=edition, subject=subject or town.firm, channel=channel, by=by, at=at)
    applications.answer(application, sample_answers(edition.doc, application.answers, signer=by.name), by=by, at=at)
    application.refresh_from_db()
    for lack in lacking(application, documents(application)):
        applications.attach(application, lack.key, upload=(f"{lack.key}.pdf", PDF), by=by, at=at)
    return application


def received(town: Town, edition: Edition, *, at: datetime, **how: Any) -> Case:
    """A case whose material has arrived."""
    application = apply_for(town, edition, at=at, **how)
    applications.submit(application, by=town.act(how.get("who", "owner"), at), at=at)
    return case_queries.of_number(application.number)


def accepted(town: Town, edition: Edition, *, at: datetime, **how: Any) -> Case:
    """A case received and accepted at one instant."""
    case = received(town, edition, at=at, **how)
    return cases.accept(case, by=town.act("clerk", at), at=at)


def reviewed(town: Town, edition: Edition, *, at: datetime, **how: Any) -> Case:
    """An accepted case whose tasks are all done."""
    case = accepted(town, edition, at=at, **how)
    opine_all(town, case, at=at)
    return case_queries.of_number(case.number)


def opine_all(town: Town, case: Case, *, at: datetime, opinion: Opinion = Opinion.AGREE) -> None:
    while waiting := [task for task in tasks_of(case) if task.is_open]:
        for task in waiting:
            review.opine(case, task=task.pk, opinion=opinion, text="符合条件。", by=town.act("reviewer", at), at=at)


def decided(town: Town, edition: Edition, *, at: datetime, outcome: Outcome = Outcome.GRANT, **how: Any) -> Case:
    case = reviewed(town, edition, at=at, **how)
    return cases.decide(case, outcome=outcome, reason="符合法定条件。", by=town.act("chief", at), at=at)


def finish(town: Town, case: Case, *, at: datetime) -> Case:
    """A received case, taken to its end."""
    case = cases.accept(case, by=town.act("clerk", at), at=at)
    opine_all(town, case, at=at)
    case = cases.decide(case, outcome=Outcome.GRANT, reason="符合法定条件。", by=town.act("chief", at), at=at)
    results.issue(case, by=town.act("deliverer", at), at=at)
    return results.deliver(case, way=Way.ELECTRONIC, by=town.act("deliverer", at), at=at)


def closed(town: Town, edition: Edition, *, at: datetime, way: Way = Way.ELECTRONIC, **how: Any) -> Case:
    """The result handed over."""
    case = decided(town, edition, at=at, **how)
    results.issue(case, by=town.act("deliverer", at), at=at)
    given = {"receiver": "李秀兰", "tracking": "SF1234567890"} if way != Way.ELECTRONIC else {}
    return results.deliver(case, way=way, by=town.act("deliverer", at), at=at, **given)


def again(case: Case) -> Case:
    """As it stands now."""
    return case_queries.of_number(case.number)


def running(case: Case) -> dict[str, date]:
    """The due day of each clock that hasn't stopped, by kind; of several of a kind the last."""
    return {clock.kind: clock.due_on for clock in clocks_of(case.number) if clock.stopped_at is None}


def story(case: Case) -> list[Line]:
    """The case's entries in the ledger."""
    return story_of(case.number)


def story_of(number: str) -> list[Line]:
    """The entries of an application, and of the case it became."""
    return ledger_story(case_chain(number))


def paper_kinds(case: Case) -> list[str]:
    """The letters of the case's papers, oldest first."""
    return [paper["kind"] for paper in papers_of(case.number)]


def paper(case: Case, kind: str) -> dict[str, Any]:
    """What the newest paper of a kind says."""
    found = last_of(case.number, [Kind(kind)])
    assert found is not None, f"no paper {kind}"
    facts: dict[str, Any] = found.facts["facts"]
    return facts


def days_after(instant: datetime, days: int) -> datetime:
    return instant + timedelta(days=days)


def on(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=CHINA)


def all_duties(town: Town, username: str) -> User:
    """Somebody who holds every post of the walk at once."""
    duties = (Duty.CLERK, Duty.REVIEWER, Duty.CHIEF, Duty.DELIVERER)
    post = put_post(
        code=f"post-{username}", name="全能岗", duties=duties, reach=Reach.ALL, window=window_of(town.window),
        by=SYSTEM, at=FOUNDED,
    )  # fmt: skip
    user = identity.make_account(username=username, name="全能人员", password=PASSWORD, by=SYSTEM, at=FOUNDED)
    identity.assign_post(user, post, since=FOUNDED, by=SYSTEM, at=FOUNDED)
    town.users[username] = user
    return user


def _define_kinds(raw: dict[str, Any]) -> None:
    """The licence kinds that an item's file names; defining all of them would cost every test half a second."""
    text = json.dumps(raw)
    known = vault_queries.kinds()
    for kind in json.loads((CATALOGUE / "licences.json").read_text("utf-8")):
        if kind["code"] not in known and re.search(rf"\b{kind['code']}\b", text):
            vault.define_kind(KindDocument.model_validate(kind), by=SYSTEM, at=FOUNDED)


def _staff(name: str, duties: tuple[str, ...], window: Any, hall: Any, agency: Agency) -> User:
    """The chief leads the agency, the mayor the government; the others belong to the hall."""
    sits = window if Duty.CLERK in duties else None
    post = put_post(
        code=f"post-{name}",
        name=f"{name}岗",
        duties=duties,
        reach=Reach.ALL,
        agency=agency if name == "chief" else None,
        window=sits,
        hall=hall,
        by=SYSTEM,
        at=FOUNDED,
    )
    user = identity.make_account(username=name, name=f"工作人员{name}", password=PASSWORD, by=SYSTEM, at=FOUNDED)
    identity.assign_post(user, post, since=FOUNDED, by=SYSTEM, at=FOUNDED)
    return user


def _person(username: str, name: str, number: str, users: dict[str, User], profile: dict[str, str]) -> Subject:
    subject = identity.register_subject(
        document=Document.CITIZEN_ID, number=number, name=name, assurance=Assurance.STRONG, by=SYSTEM, at=FOUNDED
    )
    users[username] = identity.make_account(
        username=username, name=name, password=PASSWORD, subject=subject, by=SYSTEM, at=FOUNDED
    )
    return identity.update_profile(subject, changes=profile, by=SYSTEM, at=FOUNDED) if profile else subject
