"""A signature counts by its time and its key's life. docs/rules/signatures.md"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.law.test_rules_in_words import rows
from yimen.law.signatures import KeyLife, Standing, standing

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
hours = st.integers(min_value=0, max_value=10_000).map(lambda hour: SINCE + timedelta(hours=hour))


def moment(text: str) -> datetime | None:
    return None if text == "–" else datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_worked_table_is_true() -> None:
    for signed, until, distrusted, stands in rows("signatures", "signed"):
        at = moment(signed)
        assert at is not None
        assert standing(KeyLife(SINCE, moment(until), moment(distrusted)), at) == stands, (signed, until, distrusted)


@given(signed=hours, until=hours)
def test_a_key_that_was_only_replaced_never_takes_back_what_it_signed_in_its_time(
    signed: datetime, until: datetime
) -> None:
    assert (standing(KeyLife(SINCE, until), signed) is Standing.GOOD) == (signed <= until)


@given(signed=hours, until=hours, distrusted=hours, earlier=hours)
def test_an_earlier_distrust_never_makes_anything_good(
    signed: datetime, until: datetime, distrusted: datetime, earlier: datetime
) -> None:
    first, later = sorted((earlier, distrusted))

    if standing(KeyLife(SINCE, until, first), signed) is Standing.GOOD:
        assert standing(KeyLife(SINCE, until, later), signed) is Standing.GOOD
