"""One reason weighs most; a code is good for one checker and for a minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.law.test_rules_in_words import rows
from yimen.law.presenting import (
    GRACE,
    LIFE,
    STORED,
    CodeState,
    Seal,
    Standing,
    Terms,
    code_state,
    seconds_left,
    standing,
)

MADE = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
TERMS = st.builds(
    Terms,
    stored=st.sampled_from([*STORED, "drawn", "something new"]),
    frozen=st.booleans(),
    valid_from=st.none() | DAYS,
    valid_to=st.none() | DAYS,
    unseen=st.booleans(),
)


def _day(text: str) -> date | None:
    return None if text == "—" else date.fromisoformat(text)


def test_the_standings_of_the_worked_table() -> None:
    for seal, stored, frozen, seen, since, until, on, told in rows("presenting", "signature"):
        terms = Terms(stored, frozen == "yes", _day(since), _day(until), unseen=seen == "no")

        assert standing(terms, Seal(seal), day=date.fromisoformat(on)) == Standing(told), (seal, stored, on)


def test_the_codes_of_the_worked_table() -> None:
    for after, taken, by, told in rows("presenting", "after"):
        at = MADE + timedelta(seconds=int(after))

        found = code_state(made=MADE, taken=MADE if taken == "yes" else None, by_the_same=by == "the same", at=at)

        assert found == CodeState(told), after


@given(TERMS, st.sampled_from(Seal), DAYS)
def test_only_what_is_signed_fits_and_is_seen_not_frozen_and_in_time_is_valid(
    terms: Terms, seal: Seal, day: date
) -> None:
    in_time = (terms.valid_from is None or terms.valid_from <= day) and (
        terms.valid_to is None or day <= terms.valid_to
    )

    found = standing(terms, seal, day=day)

    holds = terms.stored == "signed" and not terms.unseen and not terms.frozen and in_time
    assert (found is Standing.VALID) == (seal is Seal.FITS and holds)


@given(TERMS, DAYS)
def test_what_does_not_fit_its_signature_is_never_told_as_anything_else(terms: Terms, day: date) -> None:
    assert standing(terms, Seal.BROKEN, day=day) is Standing.TAMPERED


@given(st.integers(-10_000, 10_000), st.booleans(), st.booleans())
def test_nobody_else_ever_gets_an_answer_to_a_code_that_was_taken(seconds: int, taken: bool, same: bool) -> None:
    at = MADE + timedelta(seconds=seconds)

    found = code_state(made=MADE, taken=MADE if taken else None, by_the_same=same, at=at)

    alive = -GRACE <= at - MADE <= LIFE + GRACE
    assert (found is CodeState.RUN_OUT) == (not alive)
    assert found is not CodeState.AGAIN or same
    assert found is not CodeState.OPEN or not taken


@given(st.integers(0, 600))
def test_the_countdown_never_goes_below_nothing(seconds: int) -> None:
    left = seconds_left(made=MADE, at=MADE + timedelta(seconds=seconds))

    assert left == max(0, 60 - seconds)
