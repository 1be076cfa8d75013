"""One-thing packages: the longest way, one form, one list of materials. Rules in words: docs/rules/packages.md"""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.test_rules_in_words import rows
from yimen.law.calendar import CHINA
from yimen.law.completeness import Necessity, missing
from yimen.law.package_fields import (
    Declared,
    FieldFact,
    answers_for,
    answers_from,
    field_needs,
    merge_fields,
)
from yimen.law.package_materials import MaterialFact, Shared, material_needs, merge_materials
from yimen.law.package_members import Member, optional, taking_part, unanswered
from yimen.law.package_path import Leg, PackageError, critical_path, in_working_days, latest_days
from yimen.law.terms import Limit, Unit

MEMBERS = "abcdef"
UNITS = st.sampled_from(Unit)


@st.composite
def packages(draw):
    """Members with limits, orders and dependencies on earlier ones; never a ring."""
    keys = MEMBERS[: draw(st.integers(1, len(MEMBERS)))]
    legs, order = [], 0
    for place, key in enumerate(keys):
        order += draw(st.integers(0, 1))
        after = draw(st.one_of(st.none(), st.sets(st.sampled_from(keys[:place])) if place else st.just(set())))
        limit = Limit(draw(st.integers(0, 40)), draw(UNITS))
        legs.append(Leg(key, limit, order, draw(st.booleans()), None if after is None else tuple(sorted(after))))
    return legs


@given(packages())
def test_a_package_takes_as_long_as_its_longest_member_at_least_and_all_of_them_at_most(legs):
    path = critical_path(legs)

    assert max(in_working_days(leg.limit) for leg in legs) <= path.working_days <= path.one_by_one


@given(packages(), st.sets(st.sampled_from(MEMBERS)))
def test_a_member_left_out_never_makes_it_longer(legs, out):
    staying = {leg.key for leg in legs} - out

    assert critical_path(legs, staying).working_days <= critical_path(legs).working_days


@given(packages())
def test_the_longest_chain_is_made_of_members_that_wait_for_one_another_and_adds_up(legs):
    path = critical_path(legs)
    spans = {span.leg.key: span for span in path.spans}

    for before, after in zip(path.critical, path.critical[1:], strict=False):
        assert before in spans[after].after
    assert sum(in_working_days(spans[key].leg.limit) for key in path.critical) == max(s.ends for s in path.spans)


@given(packages(), st.dates(date(2025, 1, 1), date(2026, 6, 1)))
def test_nobody_is_due_before_those_they_wait_for(legs, started):
    path = critical_path(legs)
    days = latest_days(path, started=started, calendar=CHINA)

    for span in path.spans:
        assert days[span.leg.key] >= started
        assert all(days[key] <= days[span.leg.key] for key in span.after)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_one_after_another_they_add_up_and_side_by_side_the_longest_counts(amounts):
    keys = [f"m{place}" for place in range(len(amounts))]
    chain = [Leg(key, Limit(days)) for key, days in zip(keys, amounts, strict=True)]
    beside = [Leg(key, Limit(days), parallel=True) for key, days in zip(keys, amounts, strict=True)]

    assert critical_path(chain).working_days == sum(amounts)
    assert critical_path(beside).working_days == max(amounts)


def test_members_that_wait_for_one_another_in_a_ring_are_refused_by_name():
    ring = [Leg("a", Limit(1), after=("b",)), Leg("b", Limit(1), after=("c",)), Leg("c", Limit(1), after=("a",))]

    with pytest.raises(PackageError) as refused:
        critical_path(ring)

    assert set(refused.value.cycle) == {"a", "b", "c"}


def test_a_member_that_waits_for_one_of_a_later_order_makes_a_ring():
    with pytest.raises(PackageError):
        critical_path([Leg("a", Limit(1), 1, after=("b",)), Leg("b", Limit(1), 2)])


@pytest.mark.parametrize(("members", "days", "chain"), rows("packages", "members"))
def test_the_worked_table_of_longest_ways(members, days, chain):
    legs, here = _legs(members)

    path = critical_path(legs, here)

    assert (path.working_days, list(path.critical)) == (int(days), chain.split())


def _legs(text):
    legs, here, order = [], [], 0
    for part in re.findall(r"/|\(?&?\w+:\d+(?: (?:natural_day|month|hour))?(?:<[\w+]+)?\)?", text):
        if part == "/":
            order += 1
            continue
        found = re.match(r"(\()?(&)?(\w+):(\d+)(?: (\w+))?(?:<([\w+]+))?", part)
        away, beside, key, amount, unit, after = found.groups()
        waits = tuple(after.split("+")) if after else None
        legs.append(Leg(key, Limit(int(amount), Unit(unit or "working_day")), order, bool(beside), waits))
        here += [] if away else [key]
    return legs, here


def test_questions_decide_who_takes_part_and_only_what_is_not_required_may_be_left_out():
    members = [Member("a", "form == '企业'", True), Member("b", "sign == '是'"), Member("c")]
    answers = {"form": "企业", "sign": "是"}

    assert unanswered(["form", "sign"], {"form": "企业", "sign": ""}) == ["sign"]
    assert taking_part(members, answers) == ("a", "b", "c")
    assert taking_part(members, answers, left_out={"a", "c"}) == ("a", "b")
    assert optional(members, answers) == ("b", "c")


def _field(text, member):
    name, label, kind, choices, source, *element = [part.strip() for part in text.split(",")]
    options = tuple(choices.split("/")) if choices else ()
    return FieldFact(member, name, label, kind, True, options, source, element=element[0] if element else "")


@pytest.mark.parametrize(("one", "other", "same"), rows("packages", "one"))
def test_the_worked_table_of_fields(one, other, same):
    form = merge_fields([_field(one, "a"), _field(other, "b")])

    assert len([field for field in form.fields if not field.rest_of]) == (1 if same == "yes" else 2)


@pytest.mark.parametrize(("names", "one", "other", "same"), rows("packages", "shared names"))
def test_the_worked_table_of_materials(names, one, other, same):
    def fact(text, member):
        name, licence = re.match(r"(\S+) \((\w*)\)", text).groups()
        return MaterialFact(member, "m01", name, licence=licence)

    shared = Shared((names,) if names else (), ("id_card", "business_licence", "household_register"))

    assert len(merge_materials([fact(one, "a"), fact(other, "b")], shared)) == (1 if same == "yes" else 2)


def test_what_the_author_declares_goes_before_what_labels_suggest():
    one, other = FieldFact("a", "start", "开工日期", "date"), FieldFact("b", "begin", "计划开始日期", "date")
    same = Declared(same=(frozenset({"a.start", "b.begin"}),))
    twin = [FieldFact("a", "name", "单位名称", "text"), FieldFact("b", "name", "单位名称", "text")]

    assert len(merge_fields([one, other]).fields) == 2
    assert len(merge_fields([one, other], same).fields) == 1
    assert len(merge_fields(twin, Declared(apart=(frozenset({"a.name", "b.name"}),))).fields) == 2


def test_fields_of_different_kinds_are_not_one_even_if_declared():
    kinds = [FieldFact("a", "scale", "规模", "text"), FieldFact("b", "scale", "规模", "number")]

    form = merge_fields(kinds, Declared(same=(frozenset({"a.scale", "b.scale"}),)))

    assert [field.name for field in form.fields] == ["scale_a", "scale_b"]
    assert form.conflicts[0].why == "填写方式不同"


def test_a_field_optional_for_one_is_required_only_in_the_situation_in_which_the_other_requires_it():
    facts = [
        FieldFact("birth", "has_father", "是否有父亲信息", "boolean", True),
        FieldFact("birth", "father", "父亲姓名", "text", True, show_if="has_father == true"),
        FieldFact("hukou", "father", "父亲姓名", "text"),
    ]
    form = merge_fields(facts)
    labels = {field.name: field.name for field in form.fields}

    def wanted(answers):
        needs = field_needs(form, labels, answers)
        return [each.key for each in missing(fields=needs, materials=[], answers=answers, documents=())]

    assert wanted({"has_father": False}) == []
    assert wanted({"has_father": True}) == ["father"]


def test_whoever_cannot_take_the_chosen_answer_asks_again_just_then():
    facts = [
        FieldFact("food", "mode", "领取方式", "choice", True, ("窗口", "邮寄", "电子")),
        FieldFact("smoke", "mode", "领取方式", "choice", True, ("窗口", "邮寄")),
        FieldFact("smoke", "post", "邮寄地址", "text", True, show_if="mode == '邮寄'"),
    ]
    form = merge_fields(facts)
    base, again, post = form.fields
    told = {base.name: "电子", again.name: "邮寄", post.name: "解放路"}

    assert again.rest_of == base.name
    assert again.show_if == "mode in ['电子']"
    assert answers_for(form, facts[:1], told) == {"mode": "电子"}
    assert answers_for(form, facts[1:], told) == {"mode": "邮寄", "post": "解放路"}


def test_what_the_result_of_an_earlier_member_says_is_asked_by_nobody_who_waits_for_it():
    facts = [
        FieldFact("card", "name", "申请人姓名", "text", True, source="person.name"),
        FieldFact("subsidy", "name", "申请人姓名", "text", True, source="person.name"),
        FieldFact("subsidy", "number", "残疾人证号", "text", True, source="licence.disability_certificate.number"),
    ]
    form = merge_fields(facts, given={("subsidy", "licence.disability_certificate.number"): "card"})

    needs = field_needs(form, {field.name: field.name for field in form.fields}, {})

    assert [need.name for need in needs] == ["name"]


NAMES = st.sampled_from(["name", "uscc", "area", "mode"])
LABELS = st.sampled_from(["单位名称", "面积（平方米）", "性别", "领取方式"])
KINDS = st.sampled_from(["text", "number", "choice"])


@st.composite
def forms(draw):
    """Fields of some members; of one member each name and each label once."""
    facts = []
    for member in "abc"[: draw(st.integers(1, 3))]:
        for name in draw(st.sets(NAMES, min_size=1)):
            kind = draw(KINDS)
            choices = tuple(sorted(draw(st.sets(st.sampled_from("甲乙丙丁"), min_size=1)))) if kind == "choice" else ()
            source = draw(st.sampled_from(["", "org.name", "person.gender"]))
            element = draw(st.sampled_from(["", "", "person.name", "org.name"]))
            label, required = draw(LABELS), draw(st.booleans())
            facts.append(FieldFact(member, name, label, kind, required, choices, source, element=element))
    return facts


@given(forms())
def test_every_field_of_every_member_finds_its_place_and_no_name_twice(facts):
    form = merge_fields(facts)
    names = [field.name for field in form.fields]

    assert len(names) == len(set(names))
    assert set(form.places) == {(fact.member, fact.name) for fact in facts}
    assert {place for places in form.places.values() for place in places} == set(names)
    for field in form.fields:
        assert len({need.fact.member for need in field.needs}) == len(field.needs)
        assert len({need.fact.kind for need in field.needs}) == 1


@given(forms())
def test_no_question_asks_two_elements_and_no_element_is_asked_in_two_questions_that_could_be_one(facts):
    form = merge_fields(facts)
    known = {(fact.member, fact.element) for fact in facts if fact.element}
    once = [each for each in known if sum((fact.member, fact.element) == each for fact in facts) == 1]

    for field in form.fields:
        assert len({need.fact.element for need in field.needs if need.fact.element}) <= 1
    for one, other in combinations([fact for fact in facts if (fact.member, fact.element) in once], 2):
        if one.element == other.element and one.kind == other.kind and not one.choices:
            assert form.places[one.member, one.name][0] == form.places[other.member, other.name][0]


@given(forms())
def test_a_form_for_one_member_alone_is_that_members_form(facts):
    own = [fact for fact in facts if fact.member == "a"]
    form = merge_fields(own)

    assert [field.name for field in form.fields] == [fact.name for fact in own]
    assert form.conflicts == ()


@given(forms(), st.data())
def test_answers_come_back_to_each_member_as_it_could_have_taken_them(facts, data):
    form = merge_fields(facts)
    answers = {
        field.name: data.draw(st.sampled_from(field.choices)) if field.choices else "答" for field in form.fields
    }

    for member in {fact.member for fact in facts}:
        own = [fact for fact in facts if fact.member == member]
        told = answers_for(form, own, answers)
        assert set(told) == {fact.name for fact in own}
        assert all(not fact.choices or told[fact.name] in fact.choices for fact in own)
        back = answers_from(form, member, told)
        assert answers_for(form, own, back) == told


def test_the_strictest_necessity_counts_while_its_condition_holds():
    facts = [
        MaterialFact("a", "m01", "健康证明", necessity=Necessity.DEFERRABLE),
        MaterialFact("b", "m01", "健康证明", necessity=Necessity.REQUIRED, show_if="kind == '热食'"),
        MaterialFact("c", "m01", "健康证明", necessity=Necessity.OPTIONAL),
    ]
    merged = merge_materials(facts, Shared())

    def now(answers, here=None):
        return [need.necessity for need in material_needs(merged, answers, here)]

    assert now({"kind": "热食"}) == [Necessity.REQUIRED]
    assert now({"kind": "冷食"}) == [Necessity.DEFERRABLE]
    assert now({"kind": "热食"}, {"c"}) == [Necessity.OPTIONAL]
    assert now({"kind": "冷食"}, {"b"}) == []


def test_what_an_earlier_member_gives_is_asked_for_by_nobody_who_waits_for_it():
    facts = [MaterialFact(key, "m01", "营业执照", licence="business_licence") for key in ("food", "drain")]

    for_all = merge_materials(
        facts, Shared(), given={(key, "business_licence"): "register" for key in ("food", "drain")}
    )
    for_one = merge_materials(facts, Shared(), given={("food", "business_licence"): "register"})

    assert (for_all[0].given, material_needs(for_all, {})) == ("register", [])
    assert [need.key for need in material_needs(for_one, {})] == [for_one[0].key]


def test_two_kinds_of_licence_and_two_forms_of_application_stay_two():
    licences = [MaterialFact("a", "m01", "证件", licence="x"), MaterialFact("b", "m01", "证件", licence="y")]
    forms_ = [MaterialFact(key, "m01", "申请表", kind="申请表格") for key in "ab"]
    one = Declared(same=(frozenset({"a.m01", "b.m01"}),))

    assert len(merge_materials(licences, Shared())) == 2
    assert len(merge_materials(forms_, Shared())) == 2
    assert len(merge_materials(forms_, Shared(declared=one))) == 1
