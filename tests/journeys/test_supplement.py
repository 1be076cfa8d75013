"""Something is missing: the applicant is told once, of everything; brings it, or doesn't."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import jobs, walk
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.applications.commands import NotOpen
from yimen.applications.queries import of_number as application_of
from yimen.cases import commands as cases
from yimen.cases.commands.intake import StillMissing
from yimen.cases.commands.moving import Unlawful
from yimen.cases.queries import find, of_number, opening
from yimen.kit.errors import Refusal
from yimen.ledger.queries import faults
from yimen.supervision.commands import sweep

pytestmark = pytest.mark.django_db

MATERIALS = [{"key": "m03", "reason": "布局图没有标注面积。"}, {"key": "m04", "reason": "目录清单没有盖章。"}]


@pytest.fixture
def edition(town):
    return town.release("food-business-licence")


@pytest.fixture
def field(edition):
    """A text field of the form: its name."""
    return next(field.name for field in edition.doc.form_fields if field.type == "text" and not field.show_if)


def asked(town, case, field):
    return cases.ask_supplement(
        case, materials=MATERIALS, fields=[{"name": field, "reason": "与营业执照不一致。"}],
        by=town.act("clerk", at("2026-03-04")), at=at("2026-03-04"),
    )  # fmt: skip


def bring(town, case, *keys, when="2026-03-10"):
    for key in keys:
        applications.attach(
            application_of(case.number),
            key,
            upload=(f"{key}.pdf", walk.PDF),
            by=town.act("owner", at(when)),
            at=at(when),
        )


def test_everything_is_asked_for_once_and_the_acceptance_clock_begins_anew_when_it_has_come(town, edition, field):
    case = asked(town, walk.received(town, edition, at=at("2026-03-02")), field)

    assert (case.state, case.due_on, walk.running(case)) == ("supplement", None, {"supplement": date(2026, 3, 25)})
    notice = walk.paper(case, "D")
    assert [(each["name"], each["reason"], each["what"]) for each in notice["wanting"]] == [
        ("经营场所布局与设备设施、操作流程文件", "布局图没有标注面积。", "材料"),
        ("食品安全规章制度目录清单", "目录清单没有盖章。", "材料"),
        (edition.doc.field(field).label, "与营业执照不一致。", "表单内容"),
    ]
    assert (notice["due"], notice["limit"]) == ("2026-03-25", "15个工作日")

    owner = town.act("owner", at("2026-03-10"))
    applications.answer(application_of(case.number), {field: "梅江区江南路 88 号"}, by=owner, at=at("2026-03-10"))
    bring(town, case, "m03", "m04")
    case = cases.supplement(case, by=owner, at=at("2026-03-10"))

    assert (case.state, case.due_on, walk.running(case)) == (
        "received", date(2026, 3, 17), {"acceptance": date(2026, 3, 17)},
    )  # fmt: skip
    jobs.run()
    assert jobs.told(town.firm) == [
        ("材料已收到", f"您申请的“{case.item_name}”材料已收到，{town.agency.name}将在3月9日前告知是否受理。"),
        ("请补正材料", f"您申请的“{case.item_name}”需要补正材料，请在3月25日前登录提交，具体内容见补正告知书。"),
        ("补正材料已收到", f"您补正的“{case.item_name}”材料已收到，{town.agency.name}将在3月17日前告知是否受理。"),
    ]
    case = cases.accept(case, by=town.act("clerk2", at("2026-03-11")), at=at("2026-03-11"))
    assert walk.running(case)["promise"] == date(2026, 3, 25)
    assert walk.paper_kinds(case) == ["A", "D", "C"]
    assert list(faults()) == []


def test_only_what_was_asked_for_is_open_and_all_of_it_must_come(town, edition, field):
    case = asked(town, walk.received(town, edition, at=at("2026-03-02")), field)
    owner = town.act("owner", at("2026-03-10"))

    with pytest.raises(NotOpen):
        bring(town, case, "m01")
    with pytest.raises(NotOpen):
        applications.answer(application_of(case.number), {"other": "x"}, by=owner, at=at("2026-03-10"))
    with pytest.raises(StillMissing) as wanting:
        cases.supplement(case, by=owner, at=at("2026-03-10"))
    assert str(wanting.value).startswith("补正告知中的“经营场所布局与设备设施、操作流程文件、食品安全规章制度目录清单”")

    bring(town, case, "m03")
    with pytest.raises(StillMissing) as wanting:
        cases.supplement(case, by=owner, at=at("2026-03-10"))
    assert str(wanting.value).startswith("补正告知中的“食品安全规章制度目录清单”")


def test_an_asked_field_may_be_changed_but_not_emptied(town, edition, field):
    case = asked(town, walk.received(town, edition, at=at("2026-03-02")), field)
    owner = town.act("owner", at("2026-03-10"))
    bring(town, case, "m03", "m04")

    applications.answer(application_of(case.number), {field: ""}, by=owner, at=at("2026-03-10"))

    with pytest.raises(StillMissing) as wanting:
        cases.supplement(case, by=owner, at=at("2026-03-10"))
    assert edition.doc.field(field).label in str(wanting.value)


def test_a_changed_answer_opens_what_it_brings_up(town):
    fields = [
        {"name": "kind", "label": "业态", "type": "choice", "choices": ["零售", "餐饮"]},
        {"name": "seats", "label": "餐位数", "type": "number", "required": True, "show_if": "kind == '餐饮'"},
    ]
    draft = walk.apply_for(
        town, town.release("food-business-licence", form_fields=fields, materials=[]), at=at("2026-03-02")
    )
    first = town.act("owner", at("2026-03-02"))
    applications.answer(draft, {"seats": ""}, by=first, at=at("2026-03-02"))
    applications.submit(draft, by=first, at=at("2026-03-02"))
    case, wanted = of_number(draft.number), [{"name": "kind", "reason": "与现场不符。"}]
    cases.ask_supplement(case, fields=wanted, by=town.act("clerk", at("2026-03-04")), at=at("2026-03-04"))
    owner, when = town.act("owner", at("2026-03-10")), at("2026-03-10")

    applications.answer(application_of(case.number), {"kind": "餐饮"}, by=owner, at=when)
    with pytest.raises(StillMissing) as wanting:
        cases.supplement(case, by=owner, at=when)
    applications.answer(application_of(case.number), {"seats": 40}, by=owner, at=when)

    assert "餐位数" in str(wanting.value)
    assert cases.supplement(case, by=owner, at=when).state == "received"


def test_what_was_handed_in_before_stays_readable_when_it_is_replaced(town, edition, field):
    case = asked(town, walk.received(town, edition, at=at("2026-03-02")), field)
    owner = town.act("owner", at("2026-03-10"))
    application = application_of(case.number)
    old = application.documents.get(material="m03")

    bring(town, case, "m03")
    applications.remove(old, by=owner, at=at("2026-03-10"))

    rows = [
        (each.handed_in_at, each.removed_at) for each in application.documents.filter(material="m03").order_by("id")
    ]
    assert rows == [(at("2026-03-02"), at("2026-03-10")), (at("2026-03-10"), None)]


@pytest.mark.parametrize(
    ("materials", "fields", "code"),
    [
        ([], [], "nothing_asked"),
        ([{"key": "m99", "reason": "也要。"}], [], "not_on_list"),
        ([], [{"name": "shoe_size", "reason": "也要。"}], "not_on_list"),
        ([{"key": "m03", "reason": ""}], [], "reason_missing"),
    ],
)
def test_a_notice_names_what_is_on_the_list_each_with_its_reason(town, edition, materials, fields, code):
    case = walk.received(town, edition, at=at("2026-03-02"))

    with pytest.raises(Unlawful) as refusal:
        cases.ask_supplement(
            case, materials=materials, fields=fields, by=town.act("clerk", at("2026-03-03")), at=at("2026-03-03")
        )

    assert refusal.value.code == code
    assert (walk.again(case).state, walk.paper_kinds(case)) == ("received", ["A"])


def test_a_second_notice_asks_for_nothing_that_the_first_did_not_name(town, edition, field):
    case = asked(town, walk.received(town, edition, at=at("2026-03-02")), field)
    owner, clerk = town.act("owner", at("2026-03-10")), town.act("clerk", at("2026-03-11"))
    bring(town, case, "m03", "m04")
    cases.supplement(case, by=owner, at=at("2026-03-10"))

    with pytest.raises(Unlawful) as beyond:
        cases.ask_supplement(case, materials=[{"key": "m01", "reason": "没有签名。"}], by=clerk, at=at("2026-03-11"))
    case = cases.ask_supplement(case, materials=MATERIALS[:1], by=clerk, at=at("2026-03-11"))

    assert beyond.value.code == "supplement_beyond_first_notice"
    assert (case.state, walk.paper_kinds(case)) == ("supplement", ["A", "D", "D"])


def test_what_never_comes_is_returned_on_the_day_after_and_may_be_applied_for_again(town, edition, field):
    case = asked(town, walk.received(town, edition, at=at("2026-03-02")), field)

    in_time = sweep(at=at("2026-03-25 23:00"))
    assert (in_time.returned, walk.again(case).state) == (0, "supplement")

    late = sweep(at=at("2026-03-26 00:00"))
    case = walk.again(case)
    assert (late.returned, case.state, case.closed_at, walk.running(case)) == (
        1,
        "returned",
        at("2026-03-26 00:00"),
        {},
    )
    assert (walk.paper_kinds(case), walk.paper(case, "T")["cause"]) == (["A", "D", "T"], "returned")
    assert opening(case.number).materials == frozenset()
    jobs.run()
    assert jobs.told(town.firm)[-1] == (
        "申请已退回", f"您申请的“{case.item_name}”没有在规定期限内补正材料，已作退件处理，您可以重新申请。",
    )  # fmt: skip
    assert sweep(at=at("2026-03-27")).looked == 0
    assert walk.received(town, edition, at=at("2026-03-27")).number != case.number
    assert list(faults()) == []


def test_nobody_returns_a_case_or_deems_it_accepted_before_the_day(town, edition, field):
    received = walk.received(town, edition, at=at("2026-03-02"))
    waiting = asked(town, walk.received(town, edition, at=at("2026-03-02")), field)

    with pytest.raises(Refusal) as early:
        cases.deem_accepted(received, by=walk.SYSTEM, at=at("2026-03-09 23:59"))
    with pytest.raises(Refusal) as soon:
        cases.return_(waiting, by=walk.SYSTEM, at=at("2026-03-25 23:59"))
    with pytest.raises(Refusal) as wrong:
        cases.return_(received, by=walk.SYSTEM, at=at("2026-04-01"))

    assert (early.value.code, soon.value.code, wrong.value.code) == ("not_lapsed", "not_lapsed", "wrong_state")


def test_a_clerk_at_the_window_takes_the_supplement_in_for_whoever_brings_it(town, edition, field):
    case = asked(town, walk.received(town, edition, at=at("2026-03-02")), field)
    clerk, when = town.act("clerk2", at("2026-03-10")), at("2026-03-10")

    for key in ("m03", "m04"):
        applications.attach(application_of(case.number), key, upload=("扫描.pdf", walk.PDF), by=clerk, at=when)
    case = cases.supplement(case, by=clerk, at=when)

    assert case.state == "received"
    assert find(case.number, by=town.act("owner", when), at=when).due_on == date(2026, 3, 17)
