"""My space and home: what waits, lists, messages; and that none of it costs more the more there is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import walk
from yimen.applications import commands as applications
from yimen.applications.choices import Presented
from yimen.kit.actor import Actor
from yimen.notices import commands as notices
from yimen.notices.models import Message

SLUG, CERTIFICATE = "food-business-licence", "m06"
PAGES = ["/", "/my/", "/my/cases/", "/my/mandates/", f"/items/{SLUG}/"]


def statements(client, address):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_costs_the_same_with_one_case_and_with_many(visit, town, at, address):
    edition, client = town.release(SLUG), visit("owner")
    walk.received(town, edition, at=at)
    client.get(address)
    before = statements(client, address)

    for _turn in range(3):
        walk.received(town, edition, at=at)

    assert statements(client, address) == before


def test_what_waits_is_told_at_home_and_in_my_space(visit, town, at):
    edition = town.release(SLUG)
    walk.apply_for(town, edition, at=at)
    client = visit("owner")

    for address in ("/", "/my/"):
        page = client.get(address).content.decode()
        assert "等您处理" in page
        assert "继续填写：食品经营许可" in page
    assert "等您处理" not in visit().get("/").content.decode()


def test_what_was_promised_to_come_later_waits_with_its_day_until_it_has_come(visit, town, at):
    application, owner = walk.apply_for(town, town.release(SLUG), at=at), town.act("owner", at)
    applications.remove(application.documents.get(material=CERTIFICATE), by=owner, at=at)
    promise = applications.attach(application, CERTIFICATE, presented=Presented.PROMISE, by=owner, at=at)
    applications.submit(application, by=owner, at=at)
    client, case = visit("owner"), f"/cases/{application.number}/"

    waiting, told = client.get("/my/").content.decode(), client.get(case).content.decode()
    page = client.get(f"{case}owed/").content.decode()
    applications.attach(application, CERTIFICATE, upload=("健康证.pdf", walk.PDF), by=owner, at=at)
    after = client.get("/my/").content.decode()

    assert "补交材料：食品经营许可" in waiting
    assert f'href="{case}owed/"' in waiting
    assert f"您承诺在 {promise.until.month}月{promise.until.day}日" in waiting
    assert f"您承诺在 {promise.until.month}月{promise.until.day}日" in told
    assert f"您承诺在 {promise.until.month}月{promise.until.day}日" in page
    assert f"/documents/{promise.pk}/remove/" not in page
    assert "补交材料" not in after


def test_the_list_of_cases_goes_on_where_the_page_ends(visit, town, at, monkeypatch):
    from yimen.portal.views import space

    monkeypatch.setattr(space, "PAGE", 2)
    edition, client = town.release(SLUG), visit("owner")
    numbers = [walk.received(town, edition, at=at).number for _turn in range(3)]

    first = client.get("/my/cases/").content.decode()
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get(following).content.decode()

    assert [number in first for number in numbers] == [False, True, True]
    assert [number in second for number in numbers] == [True, False, False]


def test_a_cursor_that_we_did_not_make_is_refused_in_words(visit):
    answer = visit("owner").get("/my/cases/?cursor=%00rubbish")

    assert answer.status_code == 422
    assert "翻页位置无效" in answer.content.decode()


def test_messages_are_unread_once(visit, town, at):
    notices.send(
        subject=town.citizen.pk, about="", title="<script>", body="<b>内容", once="x", by=Actor.system(), at=at
    )
    client = visit("citizen")

    first = client.get("/my/messages/").content.decode()
    second = client.get("/my/messages/").content.decode()

    assert "未读" in first
    assert "未读" not in second
    assert "&lt;script&gt;" in first
    assert Message.objects.get().read_at == at


def test_a_message_to_somebody_one_acts_for_says_whose_it_is(visit, town, at):
    for subject in (town.owner, town.firm):
        notices.send(subject=subject.pk, about="", title="消息", body="…", once=f"x{subject.pk}", by=walk.SYSTEM, at=at)

    page = visit("owner").get("/my/messages/").content.decode()

    assert page.count(f"发给{town.firm.name}") == 1
    assert f"发给{town.owner.name}" not in page


def test_nobody_reads_the_messages_of_others(visit, town, at):
    notices.send(subject=town.citizen.pk, about="", title="私事", body="…", once="x", by=Actor.system(), at=at)

    assert "私事" not in visit("stranger").get("/my/messages/").content.decode()
    assert "私事" not in visit("clerk").get("/my/messages/").content.decode()


def test_somebody_at_work_sees_in_their_own_space_only_their_own(visit, town, at):
    walk.received(town, town.release(SLUG), at=at)

    assert "食品经营许可" not in visit("clerk").get("/my/cases/").content.decode()


def test_those_for_whom_one_may_act_are_listed_for_both(visit, town):
    assert town.firm.name in visit("owner").get("/my/mandates/").content.decode()


BUDGET = {"/": 15, "/my/": 14, "/my/cases/": 7, f"/items/{SLUG}/": 12, "/items/?q=食品": 9}


@pytest.mark.parametrize("address", BUDGET)
def test_a_page_keeps_within_its_budget_of_statements(visit, town, at, address):
    walk.received(town, town.release(SLUG), at=at)
    client = visit("owner")
    client.get(address)

    assert statements(client, address) <= BUDGET[address]


def test_the_page_of_a_case_keeps_within_its_budget_too(visit, town, at):
    case = walk.closed(town, town.release(SLUG), at=at)
    client = visit("owner")
    client.get("/my/")

    assert statements(client, f"/cases/{case.number}/") <= 18
