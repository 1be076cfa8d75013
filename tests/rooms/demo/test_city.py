"""The demonstration city: founded and filled by the commands that everybody uses, with every researched item in it."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.applications.choices import Channel
from yimen.applications.models import Batch, Document
from yimen.applications.queries import documents, lacking
from yimen.applications.queries.batches import state_of
from yimen.cases import commands as cases
from yimen.cases.access import needs_leader
from yimen.cases.choices import Outcome
from yimen.cases.models import Case
from yimen.cases.queries import of_number
from yimen.catalog.models import Consultation, Item, Publication
from yimen.catalog.queries import consulting, current
from yimen.catalog.queries.lists import LISTS
from yimen.demo.choices import PEOPLE, STAFF
from yimen.demo.commands import fill, found, look_after_data, open_to_the_public, use_licences
from yimen.demo.queries import sample_answers
from yimen.identity.access import AnyName
from yimen.identity.choices import SubjectKind
from yimen.identity.models import Correction, LookReport, Merge
from yimen.identity.queries import account, actor_for
from yimen.ledger.queries import faults
from yimen.results import commands as results
from yimen.results.choices import Way
from yimen.results.queries import of as results_of
from yimen.review import commands as review
from yimen.review.choices import Opinion
from yimen.review.queries import of as tasks_of
from yimen.supervision.models import Card
from yimen.vault.models import Freeze, Licence

pytestmark = pytest.mark.django_db

NOW = at("2026-11-20 10:00")
PASSWORD = "ling-dong-2026"


@pytest.fixture
def city(db: None):
    return found(password=PASSWORD, at=NOW)


def hand(username):
    return actor_for(account(username), NOW)


def test_it_is_walked_into_being_with_cases_in_every_state(city) -> None:
    count = fill(city, at=NOW)

    states = Counter(Case.objects.values_list("state", flat=True))
    assert sum(states.values()) == count - 2  # one of them is still a draft, one a consent
    assert {"received", "supplement", "accepted", "paused", "decided", "closed", "withdrawn"} <= set(states)
    assert {"warning", "yellow", "red"} == set(Card.objects.values_list("level", flat=True))
    assert list(faults()) == []


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-22", "2026-10-01"])
def test_one_sample_is_near_its_end_one_is_yellow_and_one_is_red_also_on_a_day_off(city, day) -> None:
    fill(city, at=at(f"{day} 10:00"))

    levels = {
        slug: [card.rule for card in Card.objects.filter(number__in=_numbers(slug)).order_by("rule")]
        for slug in ("road-freight-licence", "food-workshop-registration", "tobacco-retail-licence")
    }
    assert levels == {
        "road-freight-licence": ["T03"],
        "food-workshop-registration": ["T03", "T04"],
        "tobacco-retail-licence": ["T03", "T04", "T05", "T06"],
    }


def _numbers(slug):
    return Case.objects.filter(item__slug=slug).values("number")


def test_everybody_in_its_table_can_sign_in_and_has_their_duties(city) -> None:
    signed_in = {name: AnyName().authenticate(None, name, PASSWORD) for name in _usernames()}

    assert {name for name, user in signed_in.items() if user is None} == set()
    assert {each.username: hand(each.username).duties for each in STAFF} == {
        each.username: frozenset(each.duties) for each in STAFF
    }


def _usernames():
    return [*(person.username for person in PEOPLE), *(each.username for each in STAFF)]


@pytest.mark.parametrize("part", range(2))
def test_every_researched_item_walks_from_the_application_to_the_result(city, part) -> None:
    slugs = list(Item.objects.order_by("slug").values_list("slug", flat=True))[part::2]

    ended = {slug: walked(city, slug) for slug in slugs}

    assert {slug: state for slug, state in ended.items() if state != "closed"} == {}
    assert list(faults()) == []


def walked(city, slug):
    edition = current(slug)
    person = "自然人" in edition.doc.subjects
    subject, who = (city.citizen, "citizen") if person else (city.firm, "owner")
    by = hand(who)
    application = applications.begin(edition=edition, subject=subject, channel=Channel.WEB, by=by, at=NOW)
    applications.answer(application, sample_answers(edition.doc, application.answers), by=by, at=NOW)
    application.refresh_from_db()
    for lack in lacking(application, documents(application)):
        applications.attach(application, lack.key, upload=(f"{lack.key}.pdf", walk.PDF), by=by, at=NOW)
    applications.submit(application, by=by, at=NOW)
    case = cases.accept(of_number(application.number), by=hand("clerk"), at=NOW)
    while waiting := [task for task in tasks_of(case) if task.is_open]:
        for task in waiting:
            review.opine(case, task=task.pk, opinion=Opinion.AGREE, text="符合。", by=hand("reviewer"), at=NOW)
    leader = "chief" if needs_leader(case) else "reviewer"
    cases.decide(case, outcome=Outcome.GRANT, reason="符合法定条件。", by=hand(leader), at=NOW)
    results.issue(case, by=hand("deliverer"), at=NOW)
    case = results.deliver(case, way=Way.ELECTRONIC, by=hand("deliverer"), at=NOW)
    issued = results_of(case)
    assert [result.name for result in issued] == [result.name for result in edition.doc.results], slug
    assert all(result.issued_at and (result.licence or result.paper) for result in issued), slug
    assert case.subject.kind == (SubjectKind.NATURAL if person else SubjectKind.LEGAL), slug
    return case.state


@pytest.mark.usefixtures("city")
def test_its_public_sees_lists_of_the_quarter_and_proofs_in_three_stages() -> None:
    open_to_the_public(at=NOW)

    assert Publication.objects.filter(quarter="2026Q4").count() == len(LISTS)
    today = NOW.date()
    assert sorted(consulting.state_of(each, today) for each in Consultation.objects.all()) == [
        "concluded", "open", "waiting",
    ]  # fmt: skip
    assert list(faults()) == []


def test_it_shows_what_people_do_about_their_own_data(city) -> None:
    fill(city, at=NOW)
    use_licences(city, at=NOW)

    look_after_data(city, at=NOW)

    cards = Licence.objects.filter(kind__code="id_card", holder=city.citizen).order_by("version")
    assert [each.state for each in cards] == ["superseded", "signed"], "a renewed card takes the old one's place"
    uploads = Licence.objects.exclude(trust="A").order_by("trust")
    assert [(each.trust, each.kind.code, each.agency_id is None) for each in uploads] == [
        ("B", "marriage_certificate", True),
        ("C", "diploma", False),
    ]
    assert [each.licence.kind.code for each in Freeze.objects.filter(lifted_at=None)] == ["social_security_card"]
    assert sorted((each.label, each.finding) for each in Correction.objects.all()) == [
        ("文化程度", "corrected"),
        ("现居住地址", ""),
    ]
    assert [each.subject_id for each in LookReport.objects.filter(finding="")] == [city.firm.pk]
    assert [(each.one.name, each.confirmed_at) for each in Merge.objects.all()] == [("黄秋菊", None)]
    assert [(state_of(each).total, state_of(each).faulty) for each in Batch.objects.all()] == [(3, 1)]
    promised = Document.objects.filter(presented="promise", removed_at=None)
    assert {each.application.edition.item.slug for each in promised} == {"food-workshop-registration"}
    assert all(each.until > NOW.date() for each in promised)
    assert list(faults()) == []
