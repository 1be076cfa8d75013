"""What is known fills the form: from where, how far it is trusted, whose it is, and what becomes of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import override_settings
from django.utils import translation

from tests.builders import catalog as items
from tests.builders import identity as people
from tests.builders.walk import at
from yimen.applications import commands
from yimen.applications.choices import Channel
from yimen.applications.models import Application
from yimen.applications.queries.origins import challenged, origins, source_words
from yimen.identity.choices import MandateKind, Power
from yimen.kit.telling import translated
from yimen.law.prefill import Kept, Origin

pytestmark = pytest.mark.django_db

DAY, LATER = at("2026-03-02"), at("2026-04-01")
BOTH = ["自然人", "企业法人"]
FIELDS = (
    items.field("name", label="申请人姓名", prefill="person.name"),
    items.field("employer", label="工作单位", element="person.employer"),
    items.field("income", "number", label="家庭年收入", element="person.annual_income"),
    items.field("firm", label="单位名称", prefill="org.name"),
    items.field("contact", "phone", label="联系电话", prefill="org.contact_phone"),
    items.field("agent_phone", "phone", label="经办人电话", element="agent.phone"),
    items.field("matter", label="这一次要办什么"),
)


def item(town, slug="small-item", *, fields=FIELDS, name="小事项"):
    raw = items.small(slug=slug, name=name, subjects=BOTH, form_fields=list(fields), materials=[])
    return items.release(raw | {"department": town.agency.department}, agency=town.agency)


def begin(town, edition, *, who="citizen", subject=None, when=DAY, channel=Channel.WEB):
    by = town.act(who, when)
    return commands.begin(edition=edition, subject=subject or town.citizen, channel=channel, by=by, at=when)


def file(town, edition, answers, *, who="citizen", subject=None, when=DAY):
    """A submitted application with these answers."""
    draft = begin(town, edition, who=who, subject=subject, when=when)
    by = town.act(who, when)
    assert commands.answer(draft, answers, by=by, at=when) == []
    return commands.submit(draft, by=by, at=when)


def agree(town, subject=None, who="citizen", when=DAY):
    commands.give_consent(subject or town.citizen, channel=Channel.WEB, by=town.act(who, when), at=when)


def told(draft):
    return {name: (each.origin, each.was, each.as_of) for name, each in origins(draft).items()}


def test_what_the_city_has_proved_is_marked_as_such(town):
    draft = begin(town, item(town))

    assert draft.answers["name"] == town.citizen.name
    assert told(draft)["name"] == (Origin.IDENTITY, town.citizen.name, None)
    assert draft.sources["name"] == "实名信息"


def test_the_same_item_knows_what_was_written_last_time_without_any_consent(town):
    edition = item(town)
    file(town, edition, {"employer": "梅江中学", "income": 90_000, "matter": "第一次"})

    again = begin(town, edition, when=LATER)

    assert told(again)["employer"] == (Origin.SAME_ITEM, "梅江中学", date(2026, 3, 2))
    assert told(again)["income"] == (Origin.SAME_ITEM, 90_000, date(2026, 3, 2))
    assert again.sources["employer"] == "上次办理本事项 2026-03-02"
    assert "matter" not in again.answers, "what one wants this time is nobody's to guess"


def test_another_item_knows_nothing_before_consent_and_what_is_not_sensitive_after(town):
    first, second = item(town), item(town, "other-item", name="另一件事")
    file(town, first, {"employer": "梅江中学", "income": 90_000})
    assert "employer" not in begin(town, second, when=LATER).answers

    agree(town, when=LATER)
    draft = begin(town, second, when=LATER)

    assert told(draft)["employer"] == (Origin.OTHER_ITEM, "梅江中学", date(2026, 3, 2))
    assert draft.sources["employer"] == "以前办理“小事项” 2026-03-02"
    assert "income" not in draft.answers


def test_consent_taken_back_counts_at_once(town):
    first, second = item(town), item(town, "other-item")
    file(town, first, {"employer": "梅江中学"})
    agree(town)
    commands.revoke_consent(town.citizen, by=town.act("citizen", LATER), at=LATER)

    assert "employer" not in begin(town, second, when=LATER).answers
    assert "employer" in begin(town, first, when=LATER).answers, "the same item needs no consent"


def test_the_newest_answer_counts_and_an_empty_one_does_not(town):
    edition = item(town)
    file(town, edition, {"employer": "梅江中学"}, when=DAY)
    file(town, edition, {"employer": "梅县医院"}, when=DAY + timedelta(days=1))
    file(town, edition, {"employer": ""}, when=DAY + timedelta(days=2))

    assert begin(town, edition, when=LATER).answers["employer"] == "梅县医院"


def test_the_same_item_beats_another_one_that_is_newer(town):
    first, second = item(town), item(town, "other-item")
    agree(town)
    file(town, first, {"employer": "梅江中学"}, when=DAY)
    file(town, second, {"employer": "梅县医院"}, when=DAY + timedelta(days=1))

    assert begin(town, first, when=LATER).answers["employer"] == "梅江中学"


def test_an_answer_too_old_is_asked_again(town):
    edition = item(town)
    file(town, edition, {"employer": "梅江中学"})

    with override_settings(REUSE_DAYS={"same_item": 29, "other_item": 29}):
        assert "employer" not in begin(town, edition, when=LATER).answers
    with override_settings(REUSE_DAYS={"same_item": 30, "other_item": 29}):
        assert "employer" in begin(town, edition, when=LATER).answers


def test_a_draft_and_a_discarded_one_are_nobody_s_earlier_answer(town):
    edition = item(town)
    for given_up in (False, True):
        draft = begin(town, edition)
        commands.answer(draft, {"employer": "没有提交"}, by=town.act("citizen", DAY), at=DAY)
        if given_up:
            commands.discard(draft, by=town.act("citizen", DAY), at=DAY)

    assert "employer" not in begin(town, edition, when=LATER).answers


def test_one_person_s_answers_never_fill_another_s_form(town):
    edition = item(town)
    file(town, edition, {"employer": "梅江中学"})

    assert "employer" not in begin(town, edition, who="stranger", subject=town.users["stranger"].subject).answers


def handler(town, *, items=()):
    subject = town.users["stranger"].subject
    people.mandate(town.firm, subject, Power.FILE, kind=MandateKind.HANDLER, items=items, at=DAY)


def test_what_speaks_of_the_handler_stays_with_the_handler(town):
    edition = item(town)
    handler(town)
    file(town, edition, {"agent_phone": "13800138000"}, who="stranger", subject=town.firm)

    by_owner = begin(town, edition, who="owner", subject=town.firm, when=LATER)
    by_handler = begin(town, edition, who="stranger", subject=town.firm, when=LATER)

    assert "agent_phone" not in by_owner.answers
    assert by_handler.answers["agent_phone"] == "13800138000"


def test_a_handler_for_one_item_sees_nothing_of_the_firm_s_other_business(town):
    first, second = (
        item(town, fields=(*FIELDS, items.field("area", "number", label="经营面积", element="premises.area"))),
        item(
            town,
            "other-item",
            fields=(*FIELDS, items.field("area", "number", label="经营面积", element="premises.area")),
        ),
    )
    handler(town, items=("other-item",))
    agree(town, town.firm, "owner")
    file(town, first, {"area": 120}, who="owner", subject=town.firm)

    assert "area" not in begin(town, second, who="stranger", subject=town.firm, when=LATER).answers
    assert begin(town, second, who="owner", subject=town.firm, when=LATER).answers["area"] == 120


def test_at_the_window_the_person_s_earlier_answers_are_there_and_the_look_is_written_down(town):
    from yimen.identity.queries import looks_at

    edition = item(town)
    file(town, edition, {"employer": "梅江中学"})

    draft = begin(town, edition, who="clerk", channel=Channel.WINDOW, when=LATER)

    assert draft.answers["employer"] == "梅江中学"
    assert [line.facts["case"] for line in looks_at(town.citizen.pk)] == [draft.number]


def test_a_trusted_value_may_be_changed_and_is_flagged(town):
    draft = begin(town, item(town))
    citizen = town.act("citizen", DAY)

    commands.answer(draft, {"name": "钟晓梅"}, by=citizen, at=DAY)

    draft.refresh_from_db()
    flagged = challenged(draft)
    assert [(each.was, each.now, each.kept) for each in flagged.values()] == [
        (town.citizen.name, "钟晓梅", Kept.CHALLENGED)
    ]
    assert "name" not in draft.sources


def test_put_back_it_bears_its_source_again(town):
    draft = begin(town, item(town))
    citizen = town.act("citizen", DAY)

    for name in ("钟晓梅", town.citizen.name):
        commands.answer(draft, {"name": name}, by=citizen, at=DAY)

    draft.refresh_from_db()
    assert (challenged(draft), draft.sources["name"]) == ({}, "实名信息")


def test_what_was_prefilled_lies_sealed(town):
    from django.db import connection

    draft = begin(town, item(town))

    with connection.cursor() as cursor:
        cursor.execute("SELECT origins FROM applications_application WHERE id = %s", [draft.pk])
        (stored,) = cursor.fetchone()
    assert town.citizen.name.encode() not in bytes(stored)
    assert Application.objects.get(pk=draft.pk).origins["name"]["value"] == town.citizen.name


def test_whoever_examines_reads_what_the_register_says_beside_what_was_written(town):
    from yimen.cases.queries import of_number
    from yimen.cases.queries.desk import form
    from yimen.counter.queries.shown import shown

    draft = begin(town, item(town))
    citizen = town.act("citizen", DAY)
    commands.answer(draft, {"name": "钟晓梅"}, by=citizen, at=DAY)
    draft.refresh_from_db()
    told = f"申请人改过：实名信息上是“{town.citizen.name}”"

    at_counter = shown(draft, draft.edition.doc, "portal:divisions")
    commands.submit(draft, by=citizen, at=DAY)
    at_desk = form(of_number(draft.number), [])

    assert [field["remark"] for part in at_counter for field in part["fields"] if field["name"] == "name"] == [told]
    assert [row["note"] for part in at_desk for row in part["rows"] if row["value"] == "钟晓梅"] == [told]


def test_where_a_value_comes_from_is_said_to_the_person_and_of_them_to_staff_in_either_language(town):
    phone = items.field("phone", "phone", label="手机", prefill="person.phone")
    file(town, item(town, "other-item", name="另一件事"), {"employer": "梅江中学"})
    agree(town)

    draft = begin(town, item(town, fields=(*FIELDS, phone)), when=LATER)

    own, theirs = (source_words(draft, own=own) for own in (True, False))
    assert own["phone"].startswith("您的常用信息")
    assert theirs["phone"].startswith("申请人的常用信息")
    with translation.override("en"):
        assert translated(own["phone"]).startswith("your usual information")
        assert translated(theirs["phone"]).startswith("the applicant's usual information")
        assert translated(own["employer"]) == "your earlier application for “另一件事” 2026-03-02"
