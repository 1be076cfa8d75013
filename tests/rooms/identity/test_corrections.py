"""What is wrong about somebody is asked to be put right, or noticed at a form; its office answers, with reasons."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest

from tests.builders import city, identity
from tests.builders.city import AT
from yimen.identity import commands, ports
from yimen.identity.choices import CorrectionWay, Finding
from yimen.identity.models import Correction
from yimen.identity.ports import Value
from yimen.kit.actor import Actor
from yimen.kit.crypto import unseal
from yimen.kit.errors import Forbidden, Invalid, Stale
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db


def own(subject):
    return Actor(user=identity.account(subject=subject).pk, name=subject.name, subject=subject.pk)


def clerk(duty="clerk"):
    return identity.actor(identity.staff(duty))


def name_of(subject):
    return Value("identity", "人口登记", "name", "姓名", subject.name)


def test_a_mistyped_name_is_asked_to_be_put_right_and_is_by_whoever_keeps_the_register():
    person = identity.person("钟小没")
    asked = commands.ask_correction(
        person, value=name_of(person), said="钟小梅", reason="户口簿", by=own(person), at=AT
    )

    commands.answer_correction(asked, finding=Finding.CORRECTED, answer="与身份证核对一致", by=clerk(), at=AT)

    person.refresh_from_db()
    assert person.name == "钟小梅"
    assert Correction.objects.get().finding == Finding.CORRECTED


def test_the_old_value_stays_in_the_ledger_where_only_the_city_s_keys_open_it():
    person = identity.person("钟小没")
    asked = commands.ask_correction(person, value=name_of(person), said="钟小梅", by=own(person), at=AT)

    commands.answer_correction(asked, finding=Finding.CORRECTED, answer="与身份证核对一致", by=clerk(), at=AT)

    entry = story(subject_chain(person.pk))[-1]
    assert unseal(base64.b64decode(entry.facts["was"])) == "钟小没"
    assert "钟小没" not in str(entry)


def test_the_day_of_answer_is_counted_from_the_day_after_asking(settings):
    settings.YIMEN_CORRECTION_DAYS = 30
    person = identity.person()

    asked = commands.ask_correction(person, value=name_of(person), said="钟梅", by=own(person), at=AT)

    assert asked.due_on - timedelta(days=30) >= AT.date()


def test_the_same_thing_is_asked_once_while_it_waits():
    person = identity.person()
    me = own(person)
    commands.ask_correction(person, value=name_of(person), said="钟梅", by=me, at=AT)

    with pytest.raises(commands.AskedAlready):
        commands.ask_correction(person, value=name_of(person), said="钟美", by=me, at=AT)


def report(person, by=None, **changes):
    given = {
        "subject": person.pk, "source": "licence:7", "source_words": "营业执照 2025-03-02", "key": "address",
        "label": "住所", "was": "梅江一路1号", "said": "梅江二路8号", "case": "441400-1", "at": AT,
    }  # fmt: skip
    return commands.report_wrong_value(**{**given, **changes}, by=by or own(person))


def test_a_value_changed_at_a_form_is_told_to_its_source_once_and_the_newest_word_counts():
    person = identity.person()
    me = own(person)

    report(person, by=me)
    report(person, by=me, said="梅江三路9号")

    row = Correction.objects.get()
    assert (row.way, row.was, row.said) == (CorrectionWay.NOTICED, "梅江一路1号", "梅江三路9号")


def test_a_form_does_not_write_over_what_the_person_asked_for():
    person = identity.person()
    me = own(person)
    commands.ask_correction(person, value=name_of(person), said="钟梅", by=me, at=AT)

    report(person, source="identity", key="name", said="钟没", by=me)

    assert Correction.objects.get().said == "钟梅"


def test_who_asks_about_what_a_form_has_told_makes_it_their_request():
    person = identity.person()
    me = own(person)
    report(person, source="identity", key="name", said="钟没", by=me)

    commands.ask_correction(person, value=name_of(person), said="钟梅", by=me, at=AT)

    row = Correction.objects.get()
    assert (row.way, row.said) == (CorrectionWay.ASKED, "钟梅")


def test_another_office_s_register_is_answered_by_that_office_only():
    agency = city.agency("SJ", city.COUNTY)
    person = identity.person()
    row = report(person, agency=agency.pk)
    there = Actor(user=identity.account().pk, duties=frozenset({"reviewer"}), agencies=frozenset({agency.pk}))

    for stranger in (
        Actor(user=there.user, duties=frozenset({"reviewer"}), agencies=frozenset({agency.pk + 1})),
        Actor(user=there.user, duties=frozenset({"supervisor"}), agencies=frozenset({agency.pk})),
        own(identity.person("王芳")),
    ):
        with pytest.raises(Forbidden):
            commands.answer_correction(row, finding=Finding.RIGHT, answer="与登记一致", by=stranger, at=AT)

    commands.answer_correction(row, finding=Finding.RIGHT, answer="与登记一致", by=there, at=AT)
    with pytest.raises(Stale):
        commands.answer_correction(row, finding=Finding.RIGHT, answer="与登记一致", by=there, at=AT)


def test_nobody_answers_what_they_asked():
    person = identity.person()
    asked = commands.ask_correction(person, value=name_of(person), said="钟梅", by=own(person), at=AT)
    both = Actor(user=identity.account().pk, subject=person.pk, duties=frozenset({"clerk"}))

    with pytest.raises(commands.OwnCorrection):
        commands.answer_correction(asked, finding=Finding.CORRECTED, answer="与登记一致", by=both, at=AT)


def test_corrected_is_only_said_of_a_licence_that_shows_something_else_now(monkeypatch):
    agency = city.agency("SJ", city.COUNTY)
    person = identity.person()
    held = [Value("licence:7", "营业执照", "address", "住所", "梅江一路1号", agency.pk)]
    monkeypatch.setattr(ports, "VALUES", [lambda subjects: held])
    row = report(person, agency=agency.pk)
    there = Actor(user=identity.account().pk, duties=frozenset({"reviewer"}), agencies=frozenset({agency.pk}))
    say = {"finding": Finding.CORRECTED, "answer": "已换发新证", "by": there, "at": AT}

    with pytest.raises(commands.NotChangedYet):
        commands.answer_correction(row, **say)
    held[:] = [Value("licence:8", "营业执照", "address", "住所", "梅江二路8号", agency.pk)]

    assert commands.answer_correction(row, **say).finding == Finding.CORRECTED


@pytest.mark.parametrize(
    ("finding", "answer", "field"), [("", "与登记一致", "finding"), (Finding.RIGHT, " ", "answer")]
)
def test_an_answer_has_a_finding_and_reasons(finding, answer, field):
    person = identity.person()
    asked = commands.ask_correction(person, value=name_of(person), said="钟梅", by=own(person), at=AT)

    with pytest.raises(Invalid) as refusal:
        commands.answer_correction(asked, finding=finding, answer=answer, by=clerk(), at=AT)

    assert [error["field"] for error in refusal.value.errors] == [field]


def test_a_stranger_asks_for_nothing_about_somebody_else():
    person = identity.person()

    with pytest.raises(Forbidden):
        commands.ask_correction(person, value=name_of(person), said="坏人", by=own(identity.person("王芳")), at=AT)


def test_what_is_right_must_be_said():
    person = identity.person()

    with pytest.raises(Invalid):
        commands.ask_correction(person, value=name_of(person), said="  ", by=own(person), at=AT)
