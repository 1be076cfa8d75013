"""What a new edition means for matters that are still open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from yimen.law.calendar import CHINA
from yimen.law.cards import BY_CODE, Level, instants
from yimen.law.clocks import ClockKind
from yimen.law.completeness import Necessity
from yimen.law.limits import Limit, Pause, Unit, due_on
from yimen.law.transition import (
    Consequence,
    Effect,
    Part,
    amount_effect,
    condition_effect,
    consequence,
    field_effect,
    gravest,
    material_effect,
    settled,
    shortened,
)

NEED = st.sampled_from([None, *Necessity])
FIELD = st.sampled_from([None, False, True])
DAYS = st.dates(date(2025, 1, 2), date(2026, 6, 30))
LIMITS = st.builds(Limit, st.integers(1, 60), st.sampled_from([Unit.WORKING_DAY, Unit.NATURAL_DAY]))


@st.composite
def running(draw):
    """A promise that runs on some day, perhaps extended, perhaps with a pause that is over or still runs."""
    opened = draw(DAYS)
    today = opened + timedelta(days=draw(st.integers(0, 30)))
    pauses = ()
    if draw(st.booleans()) and today > opened:
        first = opened + timedelta(days=draw(st.integers(1, (today - opened).days)))
        last = draw(st.one_of(st.none(), st.dates(first, today)))
        pauses = (Pause(first, last, "听证", 5),)
    limit = draw(LIMITS)
    extension = draw(st.sampled_from([0, 0, 10]))
    return {"opened": opened, "limit": limit, "pauses": pauses, "extension": extension}, today


@pytest.mark.parametrize(
    ("effect", "settled", "choosable", "expected"),
    [
        (Effect.BURDENS, False, True, Consequence.KEEPS),
        (Effect.BURDENS, True, True, Consequence.UNTOUCHED),
        (Effect.EASES, True, True, Consequence.UNTOUCHED),
        (Effect.EASES, False, True, Consequence.DECIDE),
        (Effect.EASES, False, False, Consequence.KEEPS),
        (Effect.NEITHER, False, True, Consequence.UNTOUCHED),
    ],
)
def test_what_a_change_means_depends_on_whether_its_question_is_settled(effect, settled, choosable, expected):
    assert consequence(effect, settled=settled, choosable=choosable) is expected


@given(st.sampled_from(Effect), st.booleans())
def test_no_burden_ever_reaches_back(effect, settled):
    found = consequence(effect, settled=settled, choosable=True)

    assert (found is Consequence.DECIDE) == (effect is Effect.EASES and not settled)


OPPOSITE = {Effect.EASES: Effect.BURDENS, Effect.BURDENS: Effect.EASES, Effect.NEITHER: Effect.NEITHER}


@given(NEED, NEED)
def test_what_burdens_one_way_eases_the_other(before, after):
    assert material_effect(after, before) is OPPOSITE[material_effect(before, after)]


@given(FIELD, FIELD)
def test_the_same_holds_of_fields(before, after):
    assert field_effect(after, before) is OPPOSITE[field_effect(before, after)]
    assert (field_effect(before, after) is Effect.NEITHER) == (before is after)


def test_a_condition_worded_otherwise_eases_nobody():
    assert condition_effect("已取得营业执照", None) is Effect.EASES
    assert condition_effect(None, "已取得营业执照") is Effect.BURDENS
    assert condition_effect("已取得营业执照", "已取得营业执照或者事业单位法人证书") is Effect.ALTERS
    assert consequence(Effect.ALTERS, settled=False, choosable=True) is Consequence.KEEPS


@pytest.mark.parametrize(
    ("part", "facts", "expected"),
    [
        (Part.MATERIAL, {"accepted": False, "there": True}, True),
        (Part.MATERIAL, {"accepted": False, "there": True, "asked": True}, False),
        (Part.MATERIAL, {"accepted": False}, False),
        (Part.MATERIAL, {"accepted": True}, True),
        (Part.MATERIAL, {"accepted": True, "owed": True}, False),
        (Part.FIELD, {"accepted": False}, True),
        (Part.FIELD, {"accepted": False, "asked": True}, False),
        (Part.FIELD, {"accepted": True, "asked": True}, True),
        (Part.CONDITION, {"accepted": True}, False),
        (Part.PROMISE, {"accepted": True}, False),
    ],
)
def test_when_a_question_is_settled(part, facts, expected):
    assert settled(part, **facts) is expected


@given(st.lists(st.sampled_from(Consequence)))
def test_several_changes_count_as_the_gravest(found):
    assert gravest(found) in {*found, Consequence.UNTOUCHED}
    assert (gravest(found) is Consequence.DECIDE) == (Consequence.DECIDE in found)


def test_fewer_days_ease_and_an_unknown_number_says_nothing():
    assert amount_effect(20, 10) is Effect.EASES
    assert amount_effect(None, 10) is Effect.NEITHER


def worked(today):
    return {"opened": date(2026, 3, 2), "limit": Limit(20), "pauses": (), "extension": 0}, today


def overrun(today):
    """A hearing that was planned for five days and has lasted longer."""
    pauses = (Pause(first=date(2025, 1, 3), last=None, ground="听证", planned_days=5),)
    return {"opened": date(2025, 1, 2), "limit": Limit(2), "pauses": pauses, "extension": 0}, today


@given(running(), LIMITS)
@example(worked(date(2026, 3, 13)), Limit(10))
@example(overrun(date(2025, 1, 13)), Limit(2, Unit.NATURAL_DAY))
def test_a_shorter_promise_is_earlier_and_still_lies_ahead(matter, shorter):
    facts, today = matter
    due = shortened(**facts, shorter=shorter, today=today, calendar=CHINA)

    if due is not None:
        assert today < due < due_on(**facts, calendar=CHINA)
        assert due == due_on(**{**facts, "limit": shorter}, calendar=CHINA)


@given(running(), LIMITS)
def test_no_card_is_due_by_the_change_alone(matter, shorter):
    facts, today = matter
    due = shortened(**facts, shorter=shorter, today=today, calendar=CHINA)

    if due is not None and not any(pause.is_open for pause in facts["pauses"]):
        found = instants(kind=ClockKind.PROMISE, **{**facts, "limit": shorter}, calendar=CHINA)
        assert all(card.day > today for card in found if BY_CODE[card.code].level is not Level.WARNING)


@given(running(), st.integers(0, 60))
def test_a_longer_promise_reaches_nobody(matter, more):
    facts, today = matter
    longer = Limit(facts["limit"].amount + more, facts["limit"].unit)

    assert shortened(**facts, shorter=longer, today=today, calendar=CHINA) is None


@given(running(), LIMITS)
def test_done_twice_it_changes_nothing_more(matter, shorter):
    facts, today = matter
    once = shortened(**facts, shorter=shorter, today=today, calendar=CHINA)

    if once is not None:
        assert shortened(**{**facts, "limit": shorter}, shorter=shorter, today=today, calendar=CHINA) is None


@given(running(), LIMITS, st.integers(1, 30))
def test_who_keeps_a_promise_today_keeps_it_tomorrow(matter, shorter, days):
    facts, today = matter
    assume(not any(pause.is_open for pause in facts["pauses"]))
    assume(shortened(**facts, shorter=shorter, today=today, calendar=CHINA) is None)

    later = today + timedelta(days=days)
    assert shortened(**facts, shorter=shorter, today=later, calendar=CHINA) is None
