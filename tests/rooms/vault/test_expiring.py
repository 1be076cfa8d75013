"""What ends soon is told once at each of the set times, and the holder's page says where it is renewed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import catalog, city, identity
from tests.rooms.vault.test_licences import AT, SYSTEM
from tests.rooms.vault.test_presenting import holder, phone
from yimen.identity.models import Subject
from yimen.kit.time import day_of, now
from yimen.notices.models import Message
from yimen.vault import commands, queries
from yimen.vault.models import Licence, PresentingCode

pytestmark = pytest.mark.django_db


def until(day: date, who: Subject, kind: str = "food_business_licence") -> Licence:
    """A licence of long ago that ends on a day."""
    return commands.take_in(
        catalog.kinds()[kind], holder=who, fields={"items": "热食"}, agency=city.agency("SJ"), number=f"N{day}",
        valid_from=date(2021, 1, 1), valid_to=day, by=SYSTEM, at=AT - timedelta(days=1000),
    )  # fmt: skip


def told(who: Subject) -> list[str]:
    return list(Message.objects.filter(subject=who).order_by("id").values_list("once", flat=True))


@pytest.mark.parametrize(
    ("left", "times"), [(91, []), (90, [90]), (31, [90]), (30, [30]), (8, [30]), (7, [7]), (0, [7]), (-1, [])]
)
def test_of_each_licence_the_nearest_time_is_told(left: int, times: list[int]) -> None:
    who = identity.person()
    licence = until(AT.date() + timedelta(days=left), who)

    commands.tell_expiries(at=AT)

    assert told(who) == [f"licence-expiry:{licence.pk}:{days}" for days in times]


def test_from_day_to_day_it_is_told_three_times_and_never_twice() -> None:
    who = identity.person()
    until(AT.date() + timedelta(days=100), who)

    for day in range(110):
        commands.tell_expiries(at=AT + timedelta(days=day))
        commands.tell_expiries(at=AT + timedelta(days=day))

    assert [each.rpartition(":")[2] for each in told(who)] == ["90", "30", "7"]


def test_what_was_just_issued_for_a_short_time_is_no_news() -> None:
    who = identity.person()
    commands.take_in(
        catalog.kinds()["food_business_licence"], holder=who, fields={}, agency=city.agency("SJ"), number="short",
        valid_from=AT.date(), valid_to=AT.date() + timedelta(days=20), by=SYSTEM, at=AT,
    )  # fmt: skip

    commands.tell_expiries(at=AT)

    assert told(who) == []


def test_the_times_are_the_city_s(settings: object) -> None:
    settings.YIMEN_EXPIRY_NOTICE_DAYS = [45]  # type: ignore[attr-defined]
    who = identity.person()
    until(AT.date() + timedelta(days=40), who)

    commands.tell_expiries(at=AT)

    assert [each.rpartition(":")[2] for each in told(who)] == ["45"]


def test_the_page_says_what_ends_soon_and_leads_to_the_item_that_issues_it() -> None:
    user = holder()
    assert user.subject is not None
    until(day_of(now()) + timedelta(days=20), user.subject)
    catalog.item("food-business-licence", agency=city.agency("SJ"))

    page = phone(user).get(reverse("vault:mine")).content.decode()

    assert "快到期了" in page
    assert "还有 20 天到期" in page
    assert reverse("portal:guide", args=["food-business-licence"]) in page


def test_where_several_items_give_the_kind_the_holder_chooses() -> None:
    user = holder()
    assert user.subject is not None
    licence = until(day_of(now()) + timedelta(days=20), user.subject)
    result = [{"name": "食品经营许可证", "kind": "证照", "licence_type": "food_business_licence"}]
    for slug in ("give-one", "give-two"):
        catalog.release(catalog.small(slug=slug, name=f"办理{slug}", results=result), agency=city.agency("SJ"))

    listed = phone(user).get(reverse("vault:mine")).content.decode()
    page = phone(user).get(reverse("vault:licence", args=[licence.pk])).content.decode()

    assert f"{reverse('vault:licence', args=[licence.pk])}#renew" in listed
    assert all(reverse("portal:guide", args=[slug]) in page for slug in ("give-one", "give-two"))


def test_a_notice_of_expiry_leads_to_the_licence(client: Client) -> None:
    user = holder()
    assert user.subject is not None
    licence = until(AT.date() + timedelta(days=20), user.subject)
    commands.tell_expiries(at=AT)

    page = phone(user).get(reverse("portal:messages")).content.decode()

    assert reverse("vault:licence", args=[licence.pk]) in page
    assert queries.notice_url("44140220260302000001") == ""


def test_old_codes_are_forgotten() -> None:
    user = holder()
    assert user.subject is not None
    licence = queries.own_licence(until(AT.date() + timedelta(days=20), user.subject).pk)
    assert licence is not None
    commands.present(licence, by=identity.actor(user), at=AT)

    commands.forget_codes(at=AT + timedelta(hours=23))
    assert PresentingCode.objects.count() == 1
    commands.forget_codes(at=AT + timedelta(hours=25))
    assert PresentingCode.objects.count() == 0
