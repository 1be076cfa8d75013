"""The desk's pages of an edition on its way, by role."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import browser_forms, catalog, city, identity
from yimen.catalog import commands, queries
from yimen.catalog.choices import EditionState
from yimen.catalog.models import Edition, Item, Measure
from yimen.identity.models import User
from yimen.kit.time import day_of, now

pytestmark = pytest.mark.django_db

SLUG = "food-business-licence"


@pytest.fixture
def people() -> dict[str, User]:
    catalog.item(SLUG)
    return {duty: identity.staff(duty, name=duty) for duty in ("editor", "staffing", "legal", "supervisor", "clerk")}


def as_one(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="yimen.identity.access.AnyName")
    return client


def drafted(people: dict[str, User], **changes: Any) -> Edition:
    editor = identity.actor(people["editor"], now())
    draft = commands.begin_draft(queries.current(SLUG).item, by=editor, at=now())
    return commands.save_draft(draft, {**draft.document, **changes}, base=1, by=editor, at=now()).edition


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"catalog:{name}", args=args or [SLUG]))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sent(client: Client) -> Any:
    return client.post(
        reverse("catalog:submit", args=[SLUG]), {"planned_from": day_of(now()).isoformat(), "note": "提速"}
    )


def test_an_edition_walks_through_the_pages_of_three_offices(people: dict[str, User]) -> None:
    editor, staffing, legal = (as_one(people[duty]) for duty in ("editor", "staffing", "legal"))
    drafted(people, quota="每年 100 家")

    shown = page(editor, "draft")
    assert "每年 100 家" in shown
    assert "现在没有在办的办件" in shown
    assert sent(editor).status_code == 302
    assert "等机构编制部门审核" in page(staffing, "draft")
    for office in (staffing, legal):
        assert "食品经营许可" in office.get(reverse("catalog:waiting")).content.decode()
        form = browser_forms.post(page(office, "approve").partition('<form method="post" novalidate')[2])
        assert office.post(reverse("catalog:approve", args=[SLUG]), form).status_code == 302

    assert queries.current(SLUG).doc.quota == "每年 100 家"
    assert "发布生效" in page(editor, "item")
    assert "每年 100 家" in page(editor, "difference")


def test_incomplete_drafts_say_what_is_wrong_in_words_and_can_not_be_sent(people: dict[str, User]) -> None:
    editor = as_one(people["editor"])
    drafted(people, steps=[])

    shown = page(editor, "draft")

    assert "办理环节" in shown
    assert "还有 1 处问题" in shown
    refused = sent(editor)
    assert refused.status_code == 422
    assert Edition.objects.get(base__isnull=False).state == EditionState.DRAFT


def test_sending_back_needs_a_reason_and_keeps_what_was_typed(people: dict[str, User]) -> None:
    drafted(people, quota="每年 100 家")
    sent(as_one(people["editor"]))
    staffing = as_one(people["staffing"])

    empty = staffing.post(reverse("catalog:send_back", args=[SLUG]), {"reason": ""})
    done = staffing.post(reverse("catalog:send_back", args=[SLUG]), {"reason": "数量限制没有依据"})

    assert (empty.status_code, done.status_code) == (422, 302)
    assert "数量限制没有依据" in page(as_one(people["editor"]), "draft")


def test_a_suspension_walks_through_the_pages_too(people: dict[str, User]) -> None:
    editor, staffing, legal = (as_one(people[duty]) for duty in ("editor", "staffing", "legal"))
    given = {"planned_from": day_of(now()).isoformat(), "reason": "系统升级"}

    assert editor.post(reverse("catalog:propose", args=[SLUG, "suspend"]), given).status_code == 302
    number = Measure.objects.get().pk
    assert "系统升级" in page(staffing, "measure", number)
    for office in (staffing, legal):
        assert office.post(reverse("catalog:approve_measure", args=[number])).status_code == 302

    guide = Client().get(f"/items/{SLUG}/")
    assert guide.status_code == 404
    assert "暂停办理。原因：系统升级" in guide.content.decode()
    assert "恢复" in page(editor, "item")


@pytest.mark.parametrize("kind", ["suspend", "cancel", "split", "merge"])
def test_every_measure_has_its_form(people: dict[str, User], kind: str) -> None:
    assert "从哪天起施行" in page(as_one(people["editor"]), "propose", SLUG, kind)


def test_who_may_open_and_post_what(people: dict[str, User]) -> None:
    drafted(people, quota="每年 100 家")
    doors = {
        "draft": {"editor", "staffing", "legal"},
        "submit": {"editor"},
        "discard": {"editor"},
        "approve": {"staffing", "legal"},
        "send_back": {"editor", "staffing", "legal"},
        "difference": {"editor", "staffing", "legal"},
    }
    for door, allowed in doors.items():
        for duty, user in people.items():
            status = as_one(user).get(reverse(f"catalog:{door}", args=[SLUG])).status_code
            assert (status == 200) == (duty in allowed), (door, duty, status)


def test_an_item_without_an_edition_leads_to_its_draft(people: dict[str, User]) -> None:
    editor = identity.actor(people["editor"], now())
    agency = Item.objects.get(slug=SLUG).agency
    commands.begin_item({"slug": "brand-new", "name": "新事项"}, agency=agency, by=editor, at=now())
    client = as_one(people["editor"])

    answer = client.get(reverse("catalog:item", args=["brand-new"]))

    assert answer["Location"] == reverse("catalog:draft", args=["brand-new"])
    assert "这是第一版" in page(client, "draft", "brand-new")
    assert "还没有发布" in client.get(reverse("catalog:desk")).content.decode()


def test_a_county_takes_an_item_on_from_its_page(people: dict[str, User]) -> None:
    catalog.release(catalog.small(department="MZ"), agency=city.agency("MZ", division="441400"))
    below = city.agency("MZ")
    client = as_one(people["editor"])

    assert "承接为本地事项" in page(client, "item", "small-item")
    begun = client.post(reverse("catalog:take_on", args=["small-item"]), {"agency": below.pk})

    assert begun.status_code == 302
    assert Item.objects.get(agency=below).upper == Item.objects.get(slug="small-item")
    assert "承接为本地事项" not in page(client, "item", "small-item")
