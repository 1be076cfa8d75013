"""A due date says how it was found, so that a citizen can count along."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yimen.law.calendar import CHINA
from yimen.law.limits import Limit, Pause, Unit, due_on, reckon

LIMITS = st.builds(Limit, st.integers(0, 60), st.sampled_from(Unit))
DAYS = st.dates(date(2004, 1, 1), date(2028, 12, 31))
GAPS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=3)


def test_a_hearing_and_a_feast_are_named_as_not_counted():
    hearing = Pause(date(2026, 3, 9), date(2026, 3, 13), "听证")

    reckoning = reckon(
        opened=date(2026, 3, 2), limit=Limit(20, source="许可法第四十二条"), pauses=[hearing], calendar=CHINA
    )

    assert reckoning.due == date(2026, 4, 7)
    assert reckoning.sentences() == [
        "从2026年3月2日起算，当日不计入；期限20个工作日（许可法第四十二条）。",
        "计入：3月3日至6日、3月16日至20日、3月23日至27日、3月30日至4月3日、4月7日，共20个工作日。",
        "不计入：3月9日至13日听证（许可法第四十五条）；4月4日至6日法定节假日：清明节；周末8天。",
        "到期日：2026年4月7日（星期二）办公时间结束前。",
    ]
    assert not reckoning.provisional


def test_a_worked_weekend_is_pointed_out():
    reckoning = reckon(opened=date(2025, 9, 26), limit=Limit(5), calendar=CHINA)

    assert reckoning.worked_weekends == [date(2025, 9, 28)]
    assert "计入：9月28日至30日、10月9日至10日，共5个工作日（其中9月28日为调休上班）。" in reckoning.text()


def test_an_end_on_a_rest_day_is_moved_and_the_move_explained():
    reckoning = reckon(opened=date(2024, 1, 31), limit=Limit(3, Unit.NATURAL_DAY), calendar=CHINA)

    assert reckoning.rolled == (date(2024, 2, 3), "周末")
    assert "期限最后一日2月3日为周末，顺延至下一个工作日（民法典第二百零三条）。" in reckoning.sentences()


def test_an_unpublished_year_makes_the_date_provisional_and_says_so():
    reckoning = reckon(opened=date(2026, 12, 21), limit=Limit(20), calendar=CHINA)

    assert reckoning.provisional
    assert reckoning.unpublished == [2027]
    assert reckoning.sentences()[-1] == "2027年的放假安排尚未公布，暂按周一至周五为工作日计算，公布后重新计算。"


def test_a_running_pause_makes_the_date_provisional_and_says_so():
    running = Pause(date(2026, 3, 9), None, "专家评审", planned_days=5)

    reckoning = reckon(opened=date(2026, 3, 2), limit=Limit(20), pauses=[running], calendar=CHINA)

    assert reckoning.provisional
    assert reckoning.running == running
    assert reckoning.sentences()[-1].startswith("暂停中：自3月9日起因专家评审暂停计时")


def test_an_extension_is_told_in_the_first_sentence():
    reckoning = reckon(opened=date(2025, 1, 24), limit=Limit(20), extension=10, calendar=CHINA)

    assert reckoning.sentences()[0] == "从2025年1月24日起算，当日不计入；期限20个工作日，经批准延长10个工作日。"


def test_hours_are_told_to_the_minute():
    friday = datetime(2026, 3, 6, 16, 0)  # noqa: DTZ001

    reckoning = reckon(opened=friday, limit=Limit(4, Unit.HOUR), calendar=CHINA)

    assert reckoning.text() == (
        "从2026年3月6日起算；期限4个办公小时。办公时间为08:30至12:00、14:30至17:30，其余时间不计入。计入：3月6日、3月9日，共2天。"
        "不计入：周末2天。到期日：2026年3月9日（星期一）11:00前。"
    )


def test_a_thing_done_at_once_needs_no_counting():
    reckoning = reckon(opened=date(2026, 3, 9), limit=Limit(0), calendar=CHINA)

    assert reckoning.text() == "从2026年3月9日起算；当日办结。到期日：2026年3月9日（星期一）办公时间结束前。"


def test_a_ground_that_only_the_edition_declares_is_not_blamed_on_the_law():
    notice = Pause(date(2026, 3, 9), date(2026, 3, 13), "公示")

    reckoning = reckon(opened=date(2026, 3, 2), limit=Limit(20), pauses=[notice], calendar=CHINA)

    assert "3月9日至13日公示（事项实施清单载明的特别程序）" in reckoning.text()


@given(DAYS, st.integers(0, 60), st.sampled_from([Unit.WORKING_DAY, Unit.NATURAL_DAY]), st.integers(0, 15), GAPS)
def test_as_many_days_are_counted_as_the_limit_and_its_extension_have(opened, amount, unit, extension, gaps):
    pauses = _pauses(opened, gaps)

    reckoning = reckon(opened=opened, limit=Limit(amount, unit), pauses=pauses, extension=extension, calendar=CHINA)

    assert len(reckoning.counted) == amount + extension


@given(DAYS, LIMITS, st.integers(0, 15), GAPS)
def test_every_day_up_to_the_due_day_is_either_counted_or_has_a_reason(opened, limit, extension, gaps):
    pauses = _pauses(opened, gaps)

    reckoning = reckon(opened=opened, limit=limit, pauses=pauses, extension=extension, calendar=CHINA)

    left_out = [day for first, last, _ in reckoning.not_counted for day in _days(first, last)]
    between = _days(opened + timedelta(days=1), reckoning.due - timedelta(days=1))
    assert set(reckoning.counted).isdisjoint(left_out)
    assert set(between) <= set(reckoning.counted) | set(left_out)
    assert all(reason for _, _, reason in reckoning.not_counted)


@given(DAYS, LIMITS, st.integers(0, 15), GAPS)
def test_the_reckoning_and_the_bare_answer_agree(opened, limit, extension, gaps):
    pauses = _pauses(opened, gaps)

    reckoning = reckon(opened=opened, limit=limit, pauses=pauses, extension=extension, calendar=CHINA)

    assert reckoning.due == due_on(opened=opened, limit=limit, pauses=pauses, extension=extension, calendar=CHINA)
    assert reckoning.text()


def _pauses(opened, gaps):
    starts = [(opened + timedelta(days=after), length) for after, length in gaps]
    return [Pause(first, first + timedelta(days=length), "检验") for first, length in starts]


def _days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
