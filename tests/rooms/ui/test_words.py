from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.utils import translation

from yimen.kit.time import CHINA
from yimen.ui import words

NOW = datetime(2025, 10, 10, 14, 32, tzinfo=CHINA)


def test_a_date_is_said_with_its_weekday_and_with_the_year_only_when_it_is_another_year():
    assert words.people_date(date(2025, 10, 10), NOW) == "10月10日（周五）"
    assert words.people_date(date(2026, 1, 5), NOW) == "2026年1月5日（周一）"
    assert words.people_date(date(2025, 10, 10)) == "2025年10月10日（周五）"
    assert words.people_date(None, NOW) == ""


def test_an_instant_is_said_in_china_s_time_wherever_it_was_taken():
    in_london = datetime(2025, 10, 9, 17, 0, tzinfo=UTC)

    assert words.people_datetime(in_london, NOW) == "10月10日（周五）01:00"


def test_a_list_says_today_and_yesterday():
    assert words.people_when(NOW, NOW) == "今天 14:32"
    assert words.people_when(NOW - timedelta(days=1), NOW) == "昨天 14:32"
    assert words.people_when(NOW - timedelta(days=2), NOW) == "10月8日"
    assert words.people_when(NOW - timedelta(days=300), NOW) == "2024年12月14日"


def test_what_is_left_is_said_in_words():
    said = [words.days_left(left) for left in (3, 1, 0, -2, None)]

    assert said == ["还剩 3 个工作日", "还剩 1 个工作日", "今天到期", "已超期 2 个工作日", ""]
    assert words.days_left(2, "natural_day") == "还剩 2 天"
    assert words.days_left(0, "hour") == "不到 1 小时"
    assert words.days_left(-1, "month") == "已超期 1 个月"


def test_a_limit_of_nought_is_done_at_once_and_an_unknown_one_says_so():
    assert [words.limit(number) for number in (10, 0, None)] == ["10 个工作日", "当场办结", "未公布"]


def test_money_and_sizes_are_rounded_as_people_write_them():
    assert [words.money(amount) for amount in ("1280", 0, None, "面议")] == ["¥1,280.00", "不收费", "", "面议"]
    assert [words.size(count) for count in (10, 83_400, 2_483_200, None)] == ["1 KB", "81 KB", "2.4 MB", ""]


def test_the_same_in_english():
    with translation.override("en"):
        said = [words.people_date(date(2025, 10, 10), NOW), words.days_left(1), words.days_left(-2), words.limit(0)]

    assert said == ["Fri 10 Oct", "1 working day left", "2 working days overdue", "At once"]
