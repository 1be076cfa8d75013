"""The same restaurant's second application: nothing is asked that was said before."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.applications import commands
from yimen.applications.choices import Channel, Trust
from yimen.applications.commands.reusing import copy_from
from yimen.applications.queries import documents, lacking, of_number
from yimen.applications.queries.origins import origins
from yimen.sheets.queries import library
from yimen.sheets.queries.prefilling import NEVER
from yimen.sheets.queries.reading import empty

pytestmark = pytest.mark.django_db

FIRST, SECOND = at("2026-03-02"), at("2026-06-01")
FOOD, TOBACCO = "food-business-licence", "tobacco-retail-licence"


def begin(town, edition, when):
    owner = town.act("owner", when)
    return commands.begin(edition=edition, subject=town.firm, channel=Channel.WEB, by=owner, at=when)


def known_fields(edition, answers):
    """The fields that mean something the library knows, and were answered."""
    book = library()
    return {
        field.name
        for field in edition.doc.form_fields
        if field.kind.value not in NEVER
        and (field.prefill or field.element)
        and book.sure_element_of(field)
        and not (book.sure_element_of(field) or "").startswith("agent.")
        and not empty(answers.get(field.name))
    }


def test_the_second_application_of_the_same_item_asks_for_nothing_known(town):
    edition = town.release(FOOD)
    case = walk.received(town, edition, at=FIRST)
    said = of_number(case.number).answers

    again = begin(town, edition, SECOND)

    known = known_fields(edition, said)
    assert len(known) > 5
    assert {name for name in known if empty(again.answers.get(name))} == set()
    assert all(each.note for each in origins(again).values()), "each says where it comes from"


def test_copied_whole_nothing_is_left_to_fill_in_but_what_is_promised_anew(town):
    edition = town.release(FOOD)
    case = walk.received(town, edition, at=FIRST)
    again = begin(town, edition, SECOND)

    copied = copy_from(again, of_number(case.number), by=town.act("owner", SECOND), at=SECOND)

    again.refresh_from_db()
    kinds = {field.name: field.kind.value for field in edition.doc.form_fields}
    said = {name: value for name, value in of_number(case.number).answers.items() if kinds[name] not in NEVER}
    assert copied.lost == []
    assert {name for name, value in said.items() if not empty(value) and empty(again.answers.get(name))} == set()
    assert {each.kind for each in lacking(again, at=SECOND)} <= {"field"}, "no paper is asked for once more"
    before = {each.material: each for each in documents(of_number(case.number)) if each.file_id}
    brought = [each for each in documents(again) if each.material in copied.papers]
    assert {each.material for each in brought} == set(copied.papers) != set()
    assert all(each.file_id == before[each.material].file_id for each in brought)
    assert {each.trust for each in brought} <= {Trust.C, Trust.D}, "what nobody has seen counts for no more than it did"


def test_a_copied_paper_that_has_expired_or_is_here_already_does_not_come_along(town):
    edition = town.release(FOOD)
    case = walk.received(town, edition, at=FIRST)
    first, *others = [each for each in documents(of_number(case.number)) if each.file_id]
    for each, until in ((first, date(2026, 5, 1)), (others[0], None)):
        commands.check_original(each, by=town.act("clerk", FIRST), at=FIRST, valid_to=until)
    again = begin(town, edition, SECOND)

    copied = copy_from(again, of_number(case.number), by=town.act("owner", SECOND), at=SECOND)

    assert first.material not in copied.papers, "its original has expired"
    assert others[0].material not in copied.papers, "it counts by itself"
    assert set(copied.papers) == {each.material for each in others[1:]} - {first.material, others[0].material}


def test_another_item_asks_for_nothing_known_once_the_firm_agreed(town):
    food, tobacco = town.release(FOOD), town.release(TOBACCO)
    case = walk.received(town, food, at=FIRST)
    commands.give_consent(town.firm, channel=Channel.WEB, by=town.act("owner", SECOND), at=SECOND)

    other = begin(town, tobacco, SECOND)

    book, said = library(), of_number(case.number).answers
    asked_before = {
        book.sure_element_of(field) for field in food.doc.form_fields if field.name in known_fields(food, said)
    }
    shared = {
        field.name
        for field in tobacco.doc.form_fields
        if (field.prefill or field.element)
        and (element := book.get(book.sure_element_of(field)))
        and element.code in asked_before
        and element.sensitivity != "sensitive"
        and field.kind.value not in NEVER
    }
    assert shared
    assert {name for name in shared if empty(other.answers.get(name))} == set()
