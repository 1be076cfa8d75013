"""A child is born: one package, each thing asked once; later items take what the first one gave."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.applications import queries as drafts
from yimen.applications.choices import Channel
from yimen.applications.commands import together
from yimen.applications.queries import together as queries
from yimen.cases.queries import of_number
from yimen.catalog.choices import PackageDocument
from yimen.catalog.commands.packaging import release_package
from yimen.catalog.queries.packaging import find_package
from yimen.demo.queries import sample_answers
from yimen.ledger.queries import faults
from yimen.sheets.queries import library

SITUATION = {"born_in_hospital": "是", "local_hukou": "是", "need_card": "是"}
DAY = at("2026-03-02")

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(town):
    rows = json.loads((walk.CATALOGUE / "packages.json").read_text("utf-8"))
    document = PackageDocument.model_validate(next(row for row in rows if row["code"] == "newborn"))
    for slug in document.slugs:
        town.release(slug)
    release_package(document, by=walk.SYSTEM, at=DAY)
    return together.begin_package(
        package=find_package("newborn"), situation=SITUATION, subject=town.citizen, channel=Channel.WEB,
        by=town.act("citizen", DAY), at=DAY,
    )  # fmt: skip


def fill(town, draft):
    by = town.act("citizen", DAY)
    for _round in range(5):
        sheet, lacks = queries.assembly_of(draft).sheet(draft.answers), queries.package_lacking(draft)
        if not lacks:
            return
        told = sample_answers(sheet, draft.answers)
        fields = {each.key: told[each.key] for each in lacks if each.kind == "field"}
        assert together.answer_package(draft, fields, by=by, at=DAY) == [] if fields else True
        for each in lacks:
            if each.kind == "material":
                together.attach_to_package(draft, each.key, upload=("a.pdf", walk.PDF), by=by, at=DAY)
        draft.refresh_from_db()
    raise AssertionError([each.message for each in queries.package_lacking(draft)])


def test_each_element_of_the_field_library_is_asked_once_and_what_is_known_not_at_all(town, draft):
    assembly = queries.assembly_of(draft)
    sheet = assembly.sheet(draft.answers)
    apart = [field for member in assembly.members for field in member.document.form_fields]

    asked = Counter(element for field in sheet.form_fields if (element := library().sure_element_of(field)))
    named = Counter(element for field in apart if (element := library().sure_element_of(field)))

    given = {
        library().sure_element_of(field)
        for member in assembly.members
        for field in member.document.form_fields
        if field.name in assembly.given_fields(member.slug)
    }
    assert set(asked.values()) == {1}
    assert set(named) - set(asked) <= given
    assert sum(named.values()) > sum(asked.values()) + 10
    own = next(
        name for name in (field.name for field in sheet.form_fields) if draft.answers.get(name) == town.citizen.name
    )
    assert draft.sources[own]


def test_one_form_fills_every_members_own_and_all_of_them_are_sent(town, draft):
    fill(town, draft)
    by, assembly = town.act("citizen", DAY), queries.assembly_of(draft)
    sent = []

    for turn in range(len(assembly.members)):
        when = walk.days_after(DAY, 30 * turn)
        together.divide_package(draft, by=town.act("citizen", when), at=when)
        fresh = [part for part in queries.parts_of(draft) if part.application and part.item.slug not in sent]
        for part in fresh:
            finish(town, part, when, assembly.given_fields(part.item.slug))
            sent.append(part.item.slug)

    assert sent[0] == "birth-medical-certificate"
    assert set(sent) == set(draft.package.doc.slugs)
    merged = assembly.answers_of("social-security-card", draft.answers)
    own = next(part.application for part in queries.parts_of(draft) if part.item.slug == "social-security-card")
    assert {name: own.answers[name] for name in merged if name in own.answers} == {
        name: value for name, value in merged.items() if name in own.answers
    }
    assert by.subject == own.subject_id
    assert list(faults()) == []


def finish(town, part, when, given):
    """Nothing is asked again but what a result had to bring; sent and taken to its end."""
    by, application = town.act("citizen", when), part.application
    lacks = drafts.lacking(application, at=when)
    blanks = {each.key for each in lacks if each.kind == "field"}
    assert blanks <= given
    told = sample_answers(application.edition.doc, application.answers)
    applications.answer(application, {name: told[name] for name in blanks}, by=by, at=when)
    application.refresh_from_db()
    for lack in drafts.lacking(application, at=when):
        applications.attach(application, lack.key, upload=("a.pdf", walk.PDF), by=by, at=when)
    applications.submit(application, by=by, at=when)
    case = of_number(application.number)
    if case.state == "received":
        walk.finish(town, case, at=when)
