"""A new edition eases something for everybody: what becomes of cases that are open, one kind after another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from tests.builders import walk
from tests.builders.jobs import run as run_jobs
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.applications.models import Application
from yimen.applications.queries import lacking
from yimen.cases import commands as cases
from yimen.cases import queries as case_queries
from yimen.cases.models import Case
from yimen.catalog import commands as catalog
from yimen.catalog import queries
from yimen.catalog.models import Edition
from yimen.clocks.queries import of as clocks_of
from yimen.kit.errors import Refusal
from yimen.law.clocks import ClockKind
from yimen.law.states import State
from yimen.notices.models import Message
from yimen.review.queries import of as tasks_of

ITEM = "food-business-licence"
NINE = at("2026-03-02 09:00")
STEPS = [
    {"name": "受理", "role": "综合窗口"},
    {"name": "书面审查", "role": "审查岗", "days": 6},
    {"name": "现场核查", "role": "核查岗", "days": 8},
    {"name": "决定", "role": "负责人", "days": 2},
]
FASTER = [{**step, "days": step["days"] / 2} if "days" in step else step for step in STEPS]
LONG = {"promised_days": 20, "statutory_days": 20, "steps": STEPS}
SHORT = {"promised_days": 10, "steps": FASTER}


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Jobs read the machine's clock; here it says what the test says."""

    def is_(day: str) -> None:
        monkeypatch.setattr("yimen.cases.reactions.now", lambda: at(day))

    is_("2026-03-06")
    return is_


@pytest.fixture
def edition(town: walk.Town, today: Callable[[str], None]) -> Edition:
    return town.release(ITEM, **LONG)


def released(town: walk.Town, day: str, reach: dict[str, str], **changes: Any) -> Edition:
    """Both offices approve a changed edition, which counts at once; then the jobs are done."""
    found = town.approve(town.draft(ITEM, at(day), **changes), at(day), reach=reach)
    run_jobs()
    return found


def promise(case: Case) -> date:
    return walk.running(case)[ClockKind.PROMISE]


def test_a_shorter_promise_holds_for_a_case_that_runs(town: walk.Town, edition: Edition) -> None:
    case = walk.accepted(town, edition, at=NINE)
    assert promise(case) == date(2026, 3, 30)

    released(town, "2026-03-06", {"promised_days": "all"}, **SHORT)

    eased = walk.again(case)
    assert (promise(case), eased.due_on, eased.edition.version) == (date(2026, 3, 16), date(2026, 3, 16), 1)
    assert walk.running(case)[ClockKind.STATUTORY] == date(2026, 3, 30)
    (clock,) = [each for each in clocks_of(case.number) if each.kind == ClockKind.PROMISE]
    assert (clock.opened_on, clock.amount, clock.unit) == (date(2026, 3, 2), 10, "working_day")
    assert list(case_queries.replay()) == []


def test_the_applicant_is_told_and_everybody_can_read_it_in_the_story(town: walk.Town, edition: Edition) -> None:
    case = walk.accepted(town, edition, at=NINE)

    released(town, "2026-03-06", {"promised_days": "all"}, **SHORT)

    told = Message.objects.get(once=f"eased:{case.number}:2")
    assert "承诺期限缩短为 10 个工作日，最迟3月16日前作出决定" in told.body
    owner = town.act("owner", NINE)
    story = {moment.verb: moment.text for moment in case_queries.timeline(walk.again(case), owner, NINE)}
    assert "承诺期限缩短为 10 个工作日" in story["eased"]
    assert "3月16日" in story["promise-shortened"]
    (shown,) = case_queries.shape(case_queries.find(case.number, by=owner, at=NINE), owner, NINE).eased
    assert (shown.place, shown.edition, shown.words) == ("promised_days", 2, "承诺期限缩短为 10 个工作日")


def test_review_steps_follow_as_far_as_their_own_days_allow(town: walk.Town, edition: Edition) -> None:
    case = walk.accepted(town, edition, at=NINE)

    released(town, "2026-03-03", {"promised_days": "all"}, **SHORT)

    first, second = tasks_of(case)
    assert [(task.name, task.days) for task in (first, second)] == [("书面审查", 3), ("现场核查", 4)]
    assert first.due_on == walk.running(case)[ClockKind.STEP] == date(2026, 3, 10)


def test_what_would_be_late_by_the_change_keeps_its_promise(
    town: walk.Town, edition: Edition, today: Callable[[str], None]
) -> None:
    case = walk.accepted(town, edition, at=NINE)
    today("2026-03-18")

    released(town, "2026-03-18", {}, **SHORT)

    assert promise(case) == walk.again(case).due_on == date(2026, 3, 30)
    assert Application.objects.get(number=case.number).eased == {}
    assert not Message.objects.filter(once__startswith="eased:").exists()


def test_a_worker_that_comes_late_makes_nobody_late(
    town: walk.Town, edition: Edition, today: Callable[[str], None]
) -> None:
    case = walk.accepted(town, edition, at=NINE)
    today("2026-03-17")

    released(town, "2026-03-06", {"promised_days": "all"}, **SHORT)

    assert promise(case) == date(2026, 3, 30)


def test_what_is_accepted_later_gets_the_shorter_promise_at_once(town: walk.Town, edition: Edition) -> None:
    case = walk.received(town, edition, at=NINE)
    released(town, "2026-03-03", {"promised_days": "all"}, **SHORT)

    accepted = cases.accept(walk.again(case), by=town.act("clerk", at("2026-03-04")), at=at("2026-03-04"))

    assert promise(accepted) == date(2026, 3, 18)
    assert walk.paper(accepted, "C")["promised_limit"] == "10个工作日"
    assert [task.days for task in tasks_of(accepted)] == [3, 4]


def test_a_paused_and_an_extended_case_take_it_with_their_pause_and_days(
    town: walk.Town, edition: Edition, today: Callable[[str], None]
) -> None:
    chief, reviewer = town.act("chief", NINE), town.act("reviewer", NINE)
    paused, extended = (walk.accepted(town, edition, at=NINE) for _ in range(2))
    cases.pause(paused, ground="听证", planned_days=5, reason="重大利益关系", by=reviewer, at=at("2026-03-04"))
    cases.extend(extended, days=5, reason="案情复杂", by=chief, at=at("2026-03-04"))

    released(town, "2026-03-06", {"promised_days": "all"}, **SHORT)
    resumed = cases.resume(walk.again(paused), result="已听证", by=reviewer, at=at("2026-03-06"))

    assert resumed.due_on == promise(paused) == date(2026, 3, 19)
    assert walk.again(extended).due_on == promise(extended) == date(2026, 3, 23)


def test_a_longer_promise_reaches_nobody(town: walk.Town, edition: Edition) -> None:
    faster = town.release(ITEM, **(LONG | SHORT))
    case = walk.accepted(town, faster, at=NINE)

    released(town, "2026-03-03", {"promised_days": "all"}, promised_days=20, steps=STEPS)

    assert promise(case) == date(2026, 3, 16)


def test_two_editions_after_another_each_count_once(town: walk.Town, edition: Edition) -> None:
    case = walk.accepted(town, edition, at=NINE)
    released(town, "2026-03-03", {"promised_days": "all"}, promised_days=15, steps=FASTER)
    assert promise(case) == date(2026, 3, 23)

    draft = town.draft(ITEM, at("2026-03-04"), promised_days=15, quota="每年 100 家")
    same = queries.impact(edition.item_id, queries.check(draft.document)[0], on=date(2026, 3, 4))
    catalog.discard_draft(draft, by=town.act("editor", NINE), at=NINE)
    released(town, "2026-03-04", {"promised_days": "all"}, promised_days=10)

    assert (same.total, same.untouched) == (1, 1)
    assert promise(case) == date(2026, 3, 16)
    assert Application.objects.get(number=case.number).eased["promised_days"]["version"] == 3


def test_how_many_could_take_a_shorter_promise_is_known_before(town: walk.Town, edition: Edition) -> None:
    walk.accepted(town, edition, at=NINE)
    walk.accepted(town, edition, at=at("2026-03-10"))
    walk.received(town, edition, at=at("2026-03-10"))
    draft = town.draft(ITEM, at("2026-03-16"), **SHORT)

    found = queries.impact(edition.item_id, queries.check(draft.document)[0], on=date(2026, 3, 16))

    assert (found.total, found.keeps, found.decide) == (3, 1, 2)


def test_a_dropped_field_is_no_longer_asked_by_an_open_notice(town: walk.Town, edition: Edition) -> None:
    clerk, owner = town.act("clerk", NINE), town.act("owner", NINE)
    case = walk.received(town, edition, at=NINE)
    cases.ask_supplement(case, fields=[{"name": "manager_name", "reason": "请核对"}], by=clerk, at=NINE)
    applications.answer(case.application, {"manager_name": ""}, by=owner, at=NINE)
    with pytest.raises(cases.intake.StillMissing):
        cases.supplement(walk.again(case), by=owner, at=NINE)
    fields = [field for field in edition.document["form_fields"] if field["name"] != "manager_name"]
    draft = town.draft(ITEM, NINE, form_fields=fields)
    with pytest.raises(catalog.Undecided):
        town.approve(draft, NINE)

    town.approve(draft, NINE, reach={"form_fields[manager_name]": "all"})
    run_jobs()

    assert "可以不填" in Message.objects.get(once=f"eased:{case.number}:2").body
    assert "请登录确认补正" in Message.objects.get(once=f"eased:{case.number}:2").body
    assert cases.supplement(walk.again(case), by=owner, at=NINE).state == State.RECEIVED
    with pytest.raises(Refusal):
        cases.ask_supplement(walk.again(case), fields=[{"name": "manager_name", "reason": "请核对"}], by=clerk, at=NINE)


def test_a_material_asked_again_is_spared_and_the_notice_can_be_confirmed(town: walk.Town, edition: Edition) -> None:
    clerk, owner = town.act("clerk", NINE), town.act("owner", NINE)
    case = walk.received(town, edition, at=NINE)
    rows = edition.document["materials"]
    dropped = next(row for row in rows if row["necessity"] == "必要" and not row["licence_type"] and not row["show_if"])
    cases.ask_supplement(case, materials=[{"key": dropped["key"], "reason": "不清晰"}], by=clerk, at=NINE)

    released(
        town, "2026-03-03", {f"materials[{dropped['key']}]": "all"},
        materials=[row for row in rows if row is not dropped],
    )  # fmt: skip

    assert cases.supplement(walk.again(case), by=owner, at=NINE).state == State.RECEIVED


def test_a_dropped_condition_is_shown_to_whoever_decides(town: walk.Town, edition: Edition) -> None:
    case = walk.accepted(town, edition, at=NINE)
    gone, *kept = edition.document["conditions"]

    released(town, "2026-03-03", {f"conditions[{gone}]": "all"}, conditions=kept)

    assert case_queries.easing_words(walk.again(case).application) == [f"不再要求“{gone}”"]
    assert case_queries.brief(walk.again(case), NINE)["eased"] == [f"不再要求“{gone}”"]


def test_chosen_for_new_ones_only_everything_stays(town: walk.Town, edition: Edition) -> None:
    case = walk.accepted(town, edition, at=NINE)
    gone, *kept = edition.document["conditions"]

    released(
        town, "2026-03-06", {"promised_days": "new", f"conditions[{gone}]": "new"}, conditions=kept, **SHORT
    )  # fmt: skip

    assert promise(case) == date(2026, 3, 30)
    assert Application.objects.get(number=case.number).eased == {}


def test_what_was_granted_is_not_granted_twice(town: walk.Town, edition: Edition) -> None:
    case = walk.accepted(town, edition, at=NINE)
    later = released(town, "2026-03-06", {"promised_days": "all"}, **SHORT)

    with pytest.raises(cases.NothingToEase):
        cases.ease(walk.again(case), edition=later, by=walk.SYSTEM, at=at("2026-03-06"))
    with pytest.raises(Refusal):
        cases.ease(walk.again(case), edition=later, by=town.act("chief", NINE), at=at("2026-03-06"))


def test_a_decided_case_is_left_alone(town: walk.Town, edition: Edition) -> None:
    case = walk.decided(town, edition, at=NINE)

    released(town, "2026-03-06", {"promised_days": "all"}, **SHORT)

    assert walk.again(case).state == State.DECIDED
    assert Application.objects.get(number=case.number).eased == {}


def test_no_burden_reaches_an_open_case_whatever_is_chosen(town: walk.Town, edition: Edition) -> None:
    case = walk.received(town, edition, at=NINE)
    before = lacking(case.application)
    harder = [{**field, "required": True} for field in edition.document["form_fields"]]
    more = ["有专职消防管理人员", *edition.document["conditions"]]

    places = ["conditions[有专职消防管理人员]", *(f"form_fields[{field['name']}]" for field in harder)]
    released(town, "2026-03-03", dict.fromkeys(places, "all"), form_fields=harder, conditions=more)

    eased = walk.again(case)
    assert Application.objects.get(number=case.number).eased == {}
    assert lacking(eased.application) == before


def test_what_was_spared_before_is_kept_by_the_migration(town: walk.Town, edition: Edition) -> None:
    steps = import_module("yimen.applications.migrations.0008_eased")
    case = walk.received(town, edition, at=NINE)
    Application.objects.filter(number=case.number).update(eased={"m03": 2})

    steps.widen(apps, None)
    widened = Application.objects.get(number=case.number).eased
    steps.narrow(apps, None)

    assert widened == {"materials[m03]": {"version": 2, "now": None}}
    assert Application.objects.get(number=case.number).eased == {"m03": 2}
