"""Which limit is longer: bounds that hold on every day of the real calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yimen.law.calendar import CHINA
from yimen.law.catalogue.durations import Order, compared, span
from yimen.law.due import due_on
from yimen.law.limits import Limit, Unit

DAYS = st.dates(date(2005, 1, 1), date(2025, 6, 1))
UNITS = {"工作日": Unit.WORKING_DAY, "自然日": Unit.NATURAL_DAY, "月": Unit.MONTH, "小时": Unit.HOUR}
AMOUNTS = st.integers(0, 120)
NAMES = st.sampled_from(sorted(UNITS))


@given(DAYS, st.integers(1, 120))
def test_working_days_take_as_long_as_the_span_says(opened, amount) -> None:
    due = due_on(opened=opened, limit=Limit(amount), calendar=CHINA)
    least, most = span(amount, "工作日")

    assert least <= (due - opened).days <= most


@given(DAYS, st.integers(1, 30))
def test_months_too(opened, amount) -> None:
    month = opened.month - 1 + amount
    year, rest = opened.year + month // 12, month % 12 + 1
    last = min(opened.day, (date(year + rest // 12, rest % 12 + 1, 1) - timedelta(1)).day)
    least, most = span(amount, "月")

    assert least <= (date(year, rest, last) - opened).days <= most


@given(AMOUNTS, NAMES)
def test_a_limit_fits_within_itself_and_instant_within_anything(amount, unit) -> None:
    assert compared(amount, unit, amount, unit).order is Order.FITS
    assert compared(0, unit, amount, "自然日").order is Order.FITS


@given(AMOUNTS, NAMES, AMOUNTS, NAMES)
def test_two_limits_never_exceed_one_another(first, one, second, other) -> None:
    there, back = compared(first, one, second, other).order, compared(second, other, first, one).order

    assert not (there is Order.EXCEEDS and back is Order.EXCEEDS)
    assert compared(first, one, second, other).argument


@given(AMOUNTS, NAMES, AMOUNTS, NAMES, st.integers(1, 30))
def test_more_time_never_makes_it_worse(first, one, second, other, more) -> None:
    order = [Order.FITS, Order.UNSURE, Order.EXCEEDS]
    before, after = compared(first, one, second, other).order, compared(first, one, second + more, other).order

    assert order.index(after) <= order.index(before)
