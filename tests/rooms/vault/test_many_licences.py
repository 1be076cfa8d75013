"""A chain of restaurants has hundreds of licences: the page shows some, finds one, and leads on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import catalog, city
from tests.rooms.vault.test_licences import AT, SYSTEM
from tests.rooms.vault.test_presenting import holder, phone
from yimen.kit.time import day_of, now
from yimen.vault import commands

pytestmark = pytest.mark.django_db

LONG = "长" * 200


@pytest.fixture
def wallet() -> Client:
    """Sixty licences; every tenth ends soon, the last one's number is a very long one."""
    user = holder()
    kind, agency = catalog.kinds()["food_business_licence"], city.agency("SJ")
    for turn in range(60):
        soon = day_of(now()) + timedelta(days=10 + turn)
        commands.take_in(
            kind, holder=user.subject, fields={"items": LONG}, agency=agency,
            number=f"第{turn:03d}号" if turn < 59 else f"长号-{'9' * 110}", valid_from=date(2021, 1, 1),
            valid_to=soon if turn % 6 == 0 else None, by=SYSTEM, at=AT - timedelta(days=1000 - turn),
        )  # fmt: skip
    return phone(user)


def read(client: Client, query: str = "") -> str:
    return client.get(reverse("vault:mine") + query).content.decode()


def test_they_come_by_pages_and_none_is_left_out(wallet: Client) -> None:
    pages = [read(wallet, query) for query in ("", "?from=24", "?from=48")]

    shown = [{turn for turn in range(59) if f"第{turn:03d}号" in page} for page in pages]
    assert [len(each) for each in shown] == [23, 24, 12], "the very long number is on the first page"
    assert set().union(*shown) == set(range(59))
    assert "共 60 张，这里是第 1 至 24 张" in pages[0]
    assert ("?from=24" in pages[0], "上一页" in pages[0], "下一页" in pages[2]) == (True, False, False)


def test_one_is_found_by_a_part_of_its_number_and_what_is_not_there_is_said(wallet: Client) -> None:
    assert "第037号" in read(wallet, "?q=037")
    assert "第036号" not in read(wallet, "?q=037")
    assert "没有找到“无此证”" in read(wallet, "?q=无此证")
    assert "第 49 至 60 张" in read(wallet, "?from=480")
    for odd in ("?from=999999999", "?from=-3", "?from=９", "?q=" + "%25" * 90, "?from=480&q=x"):
        assert wallet.get(reverse("vault:mine") + odd).status_code == 200


def test_the_first_that_end_soon_are_named_and_the_others_are_a_step_away(wallet: Client) -> None:
    first, all_of_them = read(wallet), read(wallet, "?soon=1")

    assert first.count("天到期") == 5
    assert "还有 5 张快到期" in first
    assert all_of_them.count("天到期") == 10
    assert "找一张证照" not in all_of_them


def test_a_few_have_no_pages_and_no_search() -> None:
    page = read(phone(holder()))

    assert "找一张证照" not in page
    assert "还没有电子证照" in page
