"""An application for a one-thing package: filled in once, papers once, and from it the members' own drafts."""

from __future__ import annotations

import json

import pytest

from tests.builders import identity as people
from tests.builders import walk
from tests.builders.walk import at
from yimen.applications import access
from yimen.applications import commands as single
from yimen.applications import queries as drafts
from yimen.applications.choices import Channel, Presented
from yimen.applications.commands import together
from yimen.applications.queries import together as queries
from yimen.catalog.choices import PackageDocument
from yimen.catalog.commands.packaging import release_package
from yimen.catalog.queries.packaging import find_package
from yimen.demo.queries import sample_answers
from yimen.identity.choices import Power
from yimen.identity.queries import subject as subject_of
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, SignInNeeded
from yimen.ledger.queries import faults
from yimen.vault.commands import take_in
from yimen.vault.queries import kind_named

pytestmark = pytest.mark.django_db

NOBODY = Actor(user=None, name="", channel="web")
DAY = at("2026-03-02")
ONE, MORE = (
    {"low_income": "否", "severe": "否", "has_cert": "否"},
    {"low_income": "是", "severe": "否", "has_cert": "否"},
)


def released(town, code):
    rows = json.loads((walk.CATALOGUE / "packages.json").read_text("utf-8"))
    document = PackageDocument.model_validate(next(row for row in rows if row["code"] == code))
    for slug in document.slugs:
        town.release(slug)
    release_package(document, by=walk.SYSTEM, at=DAY)
    return find_package(code)


@pytest.fixture
def package(town):
    return released(town, "disability-services")


@pytest.fixture
def person(town):
    return subject_of(town.users["stranger"].subject_id)


@pytest.fixture
def draft(town, package, person):
    return begun(town, package, person)


def begun(town, package, person, situation=MORE, **how):
    by = town.act("stranger", DAY)
    return together.begin_package(
        package=package, situation=situation, subject=person, channel=Channel.WEB, by=by, at=DAY, **how
    )


def fill(town, draft):
    """Answer and hand in all that is missing."""
    by = town.act("stranger", DAY)
    for _round in range(5):
        lacks = queries.package_lacking(draft)
        sheet = {field.name: field for field in queries.assembly_of(draft).sheet(draft.answers).form_fields}
        told = sample_answers(queries.assembly_of(draft).sheet(draft.answers))
        fields = {each.key: told.get(each.key, "甲") for each in lacks if each.kind == "field" and each.key in sheet}
        errors = together.answer_package(draft, fields, by=by, at=DAY) if fields else []
        assert errors == []
        for each in lacks:
            if each.kind == "material":
                together.attach_to_package(draft, each.key, upload=("a.pdf", walk.PDF), by=by, at=DAY)
        draft.refresh_from_db()
        if not queries.package_lacking(draft):
            return draft
    raise AssertionError([each.message for each in queries.package_lacking(draft)])


def test_what_the_city_knows_is_filled_in_once_for_all_members(draft):
    labels = {field.name: field.label for field in queries.assembly_of(draft).sheet().form_fields}
    known = {labels[name]: value for name, value in draft.answers.items()}

    assert known["申请人姓名"] == draft.subject.name
    assert [part.item.slug for part in queries.parts_of(draft)] == [
        "disability-certificate", "disability-subsidies", "social-security-card",
    ]  # fmt: skip


def test_right_answers_stay_when_others_are_wrong(town, draft):
    sheet = queries.assembly_of(draft).sheet()
    phone = next(field.name for field in sheet.form_fields if field.type == "phone")
    text = next(field.name for field in sheet.form_fields if field.type == "text" and not field.show_if)

    errors = together.answer_package(draft, {phone: "x", text: "对的"}, by=town.act("stranger", DAY), at=DAY)

    draft.refresh_from_db()
    assert [error["field"] for error in errors] == [phone]
    assert draft.answers[text] == "对的"


def test_a_whole_package_is_not_sent_yet_and_the_refusal_says_what_can_be_done(town, draft):
    by = town.act("stranger", DAY)
    with pytest.raises(single.Incomplete):
        together.submit_package(draft, by=by, at=DAY)
    fill(town, draft)

    with pytest.raises(together.NotTogetherYet) as refused:
        together.submit_package(draft, by=by, at=DAY)

    assert refused.value.code == "package_item_by_item"
    assert "逐项提交" in refused.value.detail


def test_each_member_gets_its_own_draft_with_all_but_what_an_earlier_one_gives_and_can_be_sent(town, draft):
    by = town.act("stranger", DAY)
    fill(town, draft)

    begun_parts = together.divide_package(draft, by=by, at=DAY)

    assert [part.item.slug for part in begun_parts] == ["disability-certificate", "social-security-card"]
    for part in begun_parts:
        assert drafts.lacking(part.application) == []
        assert single.submit(part.application, by=by, at=DAY).submitted_at == DAY
    assert list(faults()) == []


def test_a_member_that_needs_an_earlier_result_begins_when_it_is_there_and_finds_it(town, draft, person):
    by = town.act("stranger", DAY)
    fill(town, draft)
    together.divide_package(draft, by=by, at=DAY)
    kind = kind_named("disability_certificate")
    facts = {"category": "视力", "grade": "一级"}
    take_in(kind, holder=person, fields=facts, agency=town.agency, number="A1", by=walk.SYSTEM, at=DAY)

    (second,) = together.divide_package(draft, by=by, at=DAY)

    assert second.item.slug == "disability-subsidies"
    assert "请提供“残疾人证”。" not in {each.message for each in drafts.lacking(second.application)}


def test_a_second_click_divides_nothing_twice(town, draft):
    by = town.act("stranger", DAY)
    first = [part.application.number for part in together.divide_package(draft, by=by, at=DAY)]

    assert together.divide_package(draft, by=by, at=DAY) == []
    assert [part.application.number for part in queries.parts_of(draft) if part.application] == first


def test_a_later_answer_reaches_the_members_that_are_still_drafts_and_overwrites_nothing_else(town, draft):
    by = town.act("stranger", DAY)
    together.divide_package(draft, by=by, at=DAY)
    assembly = queries.assembly_of(draft)
    names = {field.label: field.name for field in assembly.sheet().form_fields}
    own = next(part.application for part in queries.parts_of(draft) if part.item.slug == "social-security-card")
    single.answer(own, {"applicant_name": "改过的"}, by=by, at=DAY)

    together.answer_package(draft, {names["申请人手机号码"]: "13800138000"}, by=by, at=DAY)

    own.refresh_from_db()
    assert own.answers["applicant_phone"] == "13800138000"
    assert own.answers["applicant_name"] == "改过的"


def test_a_changed_situation_keeps_what_still_fits(town, package, person):
    by = town.act("stranger", DAY)
    draft = begun(town, package, person, ONE)
    fill(town, draft)
    papers = len(queries.package_papers(draft))
    told = {name: value for name, value in draft.answers.items() if value is not None}

    together.change_situation(draft, MORE, by=by, at=DAY)

    draft.refresh_from_db()
    assert "disability-subsidies" in [part.item.slug for part in queries.parts_of(draft)]
    assert len(queries.package_papers(draft)) >= papers
    assert {str(value) for value in told.values()} <= {str(value) for value in draft.answers.values()}


def test_what_may_be_left_out_is_left_out(town, package, person):
    draft = begun(town, package, person, MORE, left_out=["social-security-card"])

    assert "social-security-card" not in [part.item.slug for part in queries.parts_of(draft)]
    assert draft.left_out == ["social-security-card"]


def test_after_dividing_the_situation_stays(town, draft):
    by = town.act("stranger", DAY)
    together.divide_package(draft, by=by, at=DAY)

    with pytest.raises(together.AlreadyDivided):
        together.change_situation(draft, ONE, by=by, at=DAY)


def test_a_promise_is_taken_only_where_every_member_can_wait(town, draft):
    by = town.act("stranger", DAY)
    required = next(each for each in queries.assembly_of(draft).material_needs(draft.answers))

    with pytest.raises(single.NotDeferrable):
        together.attach_to_package(draft, required.key, presented=Presented.PROMISE, by=by, at=DAY)
    with pytest.raises(single.NoSuchMaterial):
        together.attach_to_package(draft, "nothing", upload=("a.pdf", walk.PDF), by=by, at=DAY)


def test_a_paper_taken_back_stays_in_the_archive(town, draft):
    by = town.act("stranger", DAY)
    key = queries.assembly_of(draft).material_needs(draft.answers)[0].key
    paper = together.attach_to_package(draft, key, upload=("a.pdf", walk.PDF), by=by, at=DAY)

    together.remove_from_package(paper, by=by, at=DAY)

    assert paper.pk not in [each.pk for each in queries.package_papers(draft)]
    assert type(paper).objects.get(pk=paper.pk).file_id is not None


def test_others_neither_see_nor_touch_it(town, draft):
    for name in ("owner", "clerk"):
        by = town.act(name, DAY)
        with pytest.raises(drafts.NoSuchApplication):
            queries.find_package_application(draft.number, by=by, at=DAY)
        with pytest.raises(Forbidden):
            together.answer_package(draft, {}, by=by, at=DAY)
    with pytest.raises(SignInNeeded):
        together.answer_package(draft, {}, by=NOBODY, at=DAY)


def test_an_agent_needs_a_mandate_that_covers_every_member(town, package, person):
    owner = subject_of(town.users["owner"].subject_id)
    by = town.act("owner", DAY)
    how = {"package": package, "situation": MORE, "subject": person, "channel": Channel.WEB, "by": by, "at": DAY}
    people.mandate(person, owner, Power.FILE, items=["disability-certificate"], at=DAY)
    with pytest.raises(access.NotYours):
        together.begin_package(**how)

    people.mandate(person, owner, Power.FILE, at=DAY)

    assert together.begin_package(**how).agent_id == owner.pk


def test_a_member_for_firms_waits_until_there_is_one(town, person):
    package = released(town, "open-restaurant")
    by = town.act("stranger", DAY)
    answers = {
        "biz_form": "个体工商户", "use_signboard": "否", "drain_public": "否", "lodging_beauty": "否",
        "sell_tobacco": "否",
    }  # fmt: skip
    draft = begun(town, package, person, answers)

    begun_parts = together.divide_package(draft, by=by, at=DAY)

    assert [part.item.slug for part in begun_parts] == ["individual-business-registration"]
    with pytest.raises(single.WrongSubject):
        together.begin_part(draft, "food-business-licence", subject=person, by=by, at=DAY)
    with pytest.raises(together.NoSuchMember):
        together.begin_part(draft, "drainage-licence", subject=person, by=by, at=DAY)


def test_a_draft_given_up_is_gone_and_closed(town, draft):
    by = town.act("stranger", DAY)
    together.discard_package(draft, by=by, at=DAY)

    with pytest.raises(drafts.NoSuchApplication):
        queries.find_package_application(draft.number, by=by, at=DAY)
    with pytest.raises(together.PackageClosed):
        together.answer_package(draft, {}, by=by, at=DAY)
    assert queries.package_application_drafts(by, DAY) == []
