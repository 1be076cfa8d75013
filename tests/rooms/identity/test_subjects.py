"""People and firms: numbers, sealing, profiles, looks."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from tests.builders import identity
from tests.builders.city import AT, SYSTEM
from yimen.identity import commands, queries
from yimen.identity.choices import Assurance, Document, SubjectKind
from yimen.identity.models import Subject
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Invalid
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db

NUMBER = "44190019000101001" + "9"
CLERK = Actor(user=7, name="李敏", post_name="综合受理岗", office_name="政务服务中心", duties=frozenset({"clerk"}))


def register(document=Document.CITIZEN_ID, number=NUMBER, name="钟小梅"):
    return commands.find_or_register_subject(document=document, number=number, name=name, by=SYSTEM, at=AT)


def test_a_number_is_one_person_however_it_is_typed():
    first = register(number=" 11010519491231002x ")

    assert register(number="11010519491231002X") == first
    assert first.number == "11010519491231002X"
    assert queries.find_subject("citizen_id", "1101 0519 4912 31002x") == first
    assert Subject.objects.count() == 1


def test_the_same_digits_of_another_document_are_another_subject():
    passport = register(Document.PASSPORT, "12345678", "SMITH JOHN")
    permit = register(Document.TAIWAN_PERMIT, "12345678", "陈大文")

    assert passport != permit
    assert passport.number_hash != permit.number_hash


@pytest.mark.parametrize(
    ("document", "number", "code"),
    [
        ("citizen_id", "441900190001010018", "wrong_check"),
        ("citizen_id", "441900299901010013", "future_date"),
        ("uscc", "91350100M000100Y44", "wrong_check"),
        ("passport", "!", "wrong_shape"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_its_reason(document, number, code):
    with pytest.raises(commands.BadNumber) as refusal:
        register(document, number)

    assert [(error["field"], error["code"]) for error in refusal.value.errors] == [("number", code)]
    assert refusal.value.status == 422
    assert Subject.objects.count() == 0


def test_a_number_known_under_another_name_is_refused_without_saying_which():
    register(name="钟小梅")

    with pytest.raises(commands.NameDiffers) as refusal:
        register(name="王芳")

    assert "钟小梅" not in refusal.value.detail
    assert register(name="钟 小梅").name == "钟小梅"


@pytest.mark.parametrize("name", ["", "  ", "名" * 121, "甲\x00乙", "甲\u202e乙"])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(Invalid):
        register(name=name)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("91441402", SubjectKind.LEGAL),
        ("92441402", SubjectKind.OTHER),
        ("12441402", SubjectKind.LEGAL),
        ("59441402", SubjectKind.OTHER),
    ],
)
def test_a_unified_code_says_what_kind_of_organisation_it_is(head, kind):
    assert identity.firm(number=identity.uscc(head=head)).kind == kind


def test_numbers_are_masked_on_screens_but_a_firm_s_code_is_public():
    person, firm = register(), identity.firm()

    assert person.masked_number == "4419***********019"
    assert person.masked_name == "钟*梅"
    assert firm.masked_number == firm.number


def test_nothing_personal_is_readable_in_the_database():
    user = identity.citizen(number=NUMBER, phone="13912345678")
    commands.update_profile(
        user.subject, changes={"residence_address": "江南路 1 号", "phone": "13912345678"}, by=SYSTEM, at=AT
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text || row_to_json(u)::text FROM identity_subject s, identity_user u")
        (raw,) = cursor.fetchone()
        cursor.execute("SELECT string_agg(body, '') FROM ledger_entry")
        (written,) = cursor.fetchone()

    for secret in (NUMBER, NUMBER[6:14], "13912345678", "江南路"):
        assert secret not in raw
        assert secret.encode().hex() not in raw
        assert secret not in written
    assert Subject.objects.get().profile["residence_address"] == "江南路 1 号"


def test_equal_numbers_are_sealed_differently_and_found_all_the_same():
    first, second = register(), identity.person()

    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM identity_subject ORDER BY id")
        sealed = [bytes(row[0]) for row in cursor.fetchall()]

    assert len({first.number_hash, second.number_hash, *sealed}) == 4
    assert len(first.number_hash) == 64


def test_prefill_gives_what_is_known_and_derives_what_the_number_says():
    person = identity.person(number=NUMBER, phone="13912345678", ethnicity="汉族")

    values = {
        key: queries.profile_value(person, f"person.{key}")
        for key in ("name", "id_number", "gender", "birth_date", "phone")
    }

    assert values == {
        "name": "钟小梅",
        "id_number": NUMBER,
        "gender": "男",
        "birth_date": "1900-01-01",
        "phone": "13912345678",
    }
    assert queries.profile_value(person, "person.education") is None
    assert queries.profile_value(person, "org.name") is None


def test_a_firm_has_the_keys_of_a_firm():
    firm = identity.firm(address={"county": "441402", "detail": "江南路 1 号"}, contact_name="张三")

    assert queries.profile_value(firm, "org.uscc") == firm.number
    assert queries.profile_value(firm, "org.address") == {"county": "441402", "detail": "江南路 1 号"}
    assert queries.profile_value(firm, "person.name") is None


@pytest.mark.parametrize(
    "changes",
    [
        {"salary": "1"},
        {"phone": "123"},
        {"birth_date": "1900-02-30"},
        {"ethnicity": "x" * 201},
        {"phone": {"a": "b"}},
        {"hukou_address": {"x": "y"}},
    ],
)
def test_a_profile_takes_only_what_it_knows(changes):
    person = identity.person()

    with pytest.raises(Invalid) as refusal:
        commands.update_profile(person, changes=changes, by=SYSTEM, at=AT)

    assert [error["field"] for error in refusal.value.errors] == list(changes)


def test_a_profile_is_changed_by_its_person_a_representative_or_a_clerk_and_nobody_else():
    firm, boss, other = identity.firm(), identity.person("张三"), identity.person("王芳")
    identity.mandate(firm, boss, kind="legal_representative")

    commands.update_profile(firm, changes={"contact_name": "张三"}, by=Actor(user=1, subject=boss.pk), at=AT)
    commands.update_profile(firm, changes={"contact_phone": "0753-1"}, by=CLERK, at=AT)
    with pytest.raises(Forbidden):
        commands.update_profile(firm, changes={"contact_name": "坏"}, by=Actor(user=2, subject=other.pk), at=AT)
    with pytest.raises(Forbidden):
        commands.update_profile(firm, changes={"contact_name": "坏"}, by=Actor(), at=AT)

    assert Subject.objects.get(pk=firm.pk).profile == {"contact_name": "张三", "contact_phone": "0753-1"}


def test_assurance_is_raised_by_somebody_who_compared_the_card_and_never_falls():
    person = identity.person()
    assert person.assurance == Assurance.NONE

    commands.confirm_identity(person, level=Assurance.CHECKED, way="窗口核对身份证原件", by=CLERK, at=AT)
    commands.confirm_identity(person, level=Assurance.BASIC, way="复核", by=CLERK, at=AT)

    assert queries.subject(person.pk).assurance == Assurance.CHECKED
    with pytest.raises(Forbidden):
        commands.confirm_identity(person, level=3, way="x", by=Actor(user=1, subject=person.pk), at=AT)


def test_a_look_by_staff_is_written_down_and_shown_to_the_person():
    person = identity.person(number=NUMBER)

    found = queries.subject_for_staff("citizen_id", NUMBER, by=CLERK, at=AT, purpose="窗口受理", case="4414X")

    assert found == person
    (line,) = queries.looks_at(person.pk)
    assert (line.by["office"], line.ground, line.facts["case"]) == ("政务服务中心", "窗口受理", "4414X")


def test_looking_at_oneself_or_finding_nobody_writes_nothing():
    person = identity.person(number=NUMBER)
    own = Actor(user=1, subject=person.pk, duties=frozenset({"clerk"}))

    queries.subject_for_staff("citizen_id", NUMBER, by=own, at=AT, purpose="看自己")

    assert queries.subject_for_staff("citizen_id", identity.citizen_number(), by=CLERK, at=AT, purpose="查") is None
    assert queries.looks_at(person.pk) == []


def test_the_ledger_keeps_which_keys_changed():
    person = identity.person()

    commands.update_profile(person, changes={"phone": "13912345678", "education": ""}, by=SYSTEM, at=AT)

    assert story(f"subject:{person.pk}")[-1].facts == {"changed": ["phone"]}


def test_constructed_numbers_are_right_and_old():
    number = identity.citizen_number()

    assert date(1900, 1, 1) <= date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}") < date(1911, 1, 1)
