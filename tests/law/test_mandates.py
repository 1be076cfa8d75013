"""What a mandate lets its agent do, on a day, in an item."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.mandates import (
    Authority,
    Kind,
    Obstacle,
    came_of_age,
    eighteenth_birthday,
    last_day,
    needs_consent,
    obstacle,
    time_obstacle,
)

CHINA = timezone(timedelta(hours=8))
ITEM, POWERS = "food-business-licence", ("file", "supplement", "sign", "receive", "see_licences")


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)


def mandate(**changes: object) -> Authority:
    given = {"kind": Kind.HANDLER, "powers": frozenset({"file"}), "first": date(2026, 3, 2), "last": date(2026, 3, 31)}
    return Authority(**{**given, **changes})  # type: ignore[arg-type]


def asked(
    given_: Authority, power: str = "file", item: str = ITEM, themes: tuple[str, ...] = (), on: date = date(2026, 3, 9)
):
    return obstacle(given_, power=power, item=item, themes=themes, at=at(on))


@pytest.mark.parametrize(
    ("given_", "power", "item", "themes", "on", "expected"),
    [
        (mandate(), "file", ITEM, (), date(2026, 3, 1), Obstacle.NOT_YET),
        (mandate(), "file", ITEM, (), date(2026, 3, 2), None),
        (mandate(), "file", ITEM, (), date(2026, 3, 31), None),
        (mandate(), "file", ITEM, (), date(2026, 4, 1), Obstacle.OVER),
        (mandate(), "sign", ITEM, (), date(2026, 3, 9), Obstacle.POWER),
        (mandate(items=frozenset({ITEM})), "file", "other", (), date(2026, 3, 9), Obstacle.ITEM),
        (mandate(themes=frozenset({"准营准办"})), "file", "other", ("准营准办",), date(2026, 3, 9), None),
        (mandate(themes=frozenset({"准营准办"})), "file", "other", ("设立变更",), date(2026, 3, 9), Obstacle.ITEM),
        (mandate(items=frozenset({ITEM}), powers=frozenset({"see_licences"})), "see_licences", "other", (),
         date(2026, 3, 9), None),
        (mandate(revoked_at=at(date(2026, 3, 9), 12)), "file", ITEM, (), date(2026, 3, 9), Obstacle.REVOKED),
        (mandate(revoked_at=at(date(2026, 3, 9), 13)), "file", ITEM, (), date(2026, 3, 9), None),
        (mandate(asks_consent=True), "file", ITEM, (), date(2026, 3, 9), Obstacle.NOT_ACCEPTED),
        (mandate(asks_consent=True, accepted_at=at(date(2026, 3, 9), 9)), "file", ITEM, (), date(2026, 3, 9), None),
    ],
)  # fmt: skip
def test_the_table_of_the_rule(given_, power, item, themes, on, expected):
    assert asked(given_, power, item, themes, on) == expected


@pytest.mark.parametrize(
    ("born", "birthday"),
    [
        (date(2008, 5, 20), date(2026, 5, 20)),
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(2002, 2, 28), date(2020, 2, 28)),
    ],
)
def test_the_day_on_which_somebody_is_an_adult(born, birthday):
    assert eighteenth_birthday(born) == birthday


def test_a_childs_guardian_acts_until_the_eve_of_the_birthday():
    born = date(2010, 5, 20)
    entered = last_day(Kind.GUARDIAN, first=date(2026, 1, 1), last=None, ward_born=born)

    assert entered == date(2028, 5, 19)
    assert last_day(Kind.GUARDIAN, first=date(2026, 1, 1), last=date(2026, 12, 31), ward_born=born) == date(
        2026, 12, 31
    )


def test_an_adults_guardian_is_not_ended_by_a_birthday():
    assert last_day(Kind.GUARDIAN, first=date(2026, 1, 1), last=None, ward_born=date(1950, 5, 20)) is None
    adult = mandate(kind=Kind.GUARDIAN, last=None, ward_born=date(1950, 5, 20))
    assert time_obstacle(adult, at(date(2030, 1, 1))) is None


def test_only_a_guardians_mandate_ends_with_a_birthday():
    assert last_day(Kind.PERSONAL, first=date(2026, 1, 1), last=None, ward_born=date(2010, 5, 20)) is None


@pytest.mark.parametrize(
    ("kind", "powers", "expected"),
    [
        (Kind.PERSONAL, ("file", "sign"), True),
        (Kind.PERSONAL, ("file",), False),
        (Kind.HANDLER, ("sign",), False),
        (Kind.GUARDIAN, ("sign",), False),
        (Kind.HELPER, ("sign",), False),
    ],
)
def test_who_signs_for_a_friend_says_yes_first(kind, powers, expected):
    assert needs_consent(kind, powers) is expected


days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
authorities = st.builds(
    Authority,
    kind=st.sampled_from(Kind),
    powers=st.frozensets(st.sampled_from(POWERS)),
    first=days,
    last=st.none() | days,
    items=st.frozensets(st.sampled_from("abc")),
    themes=st.frozensets(st.sampled_from("xyz")),
    revoked_at=st.none() | days.map(at),
    asks_consent=st.booleans(),
    accepted_at=st.none() | days.map(at),
    ward_born=st.none() | st.dates(date(1930, 1, 1), date(2030, 1, 1)),
)


@given(authorities, days, st.sampled_from(POWERS), st.sampled_from("abcd"), st.frozensets(st.sampled_from("wxyz")))
def test_nothing_is_allowed_outside_of_what_was_given(given_, day, power, item, themes):
    if obstacle(given_, power=power, item=item, themes=themes, at=at(day)) is not None:
        return

    assert power in given_.powers
    assert given_.first <= day
    assert given_.last is None or day <= given_.last
    assert given_.revoked_at is None or at(day) < given_.revoked_at
    everything = not given_.items and not given_.themes
    assert power == "see_licences" or everything or item in given_.items or given_.themes & themes


@given(authorities, days, st.sampled_from(POWERS), st.sampled_from("abcd"), st.frozensets(st.sampled_from("wxyz")))
def test_more_themes_of_an_item_never_take_anything_away(given_, day, power, item, themes):
    facts = {"power": power, "item": item, "at": at(day)}

    if obstacle(given_, themes=(), **facts) is None:
        assert obstacle(given_, themes=themes, **facts) is None


@given(st.dates(date(1930, 1, 1), date(2030, 1, 1)), days)
def test_the_last_day_entered_and_the_day_of_coming_of_age_agree(born, first):
    last = last_day(Kind.GUARDIAN, first=first, last=None, ward_born=born)
    if last is None:
        assert not came_of_age(born, first, first + timedelta(days=40_000))
        return

    assert not came_of_age(born, first, last)
    assert came_of_age(born, first, last + timedelta(days=1))


@given(authorities, days)
def test_once_it_is_over_it_never_comes_back(given_, day):
    if time_obstacle(given_, at(day)) in (Obstacle.OVER, Obstacle.OF_AGE, Obstacle.REVOKED):
        assert time_obstacle(given_, at(day + timedelta(days=400))) is not None
