"""At the window somebody says whether earlier answers and papers may serve other items; a clerk writes it down."""

from __future__ import annotations

import pytest

from tests.builders.desk import statuses, text
from yimen.applications.choices import Channel, Said
from yimen.applications.models import ReuseConsent
from yimen.applications.queries import may_reuse
from yimen.demo.choices import FIRM_CODE, FIRM_NAME
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story


@pytest.fixture
def clerk(visit, town):
    return visit("clerk")


@pytest.fixture
def stands(clerk, town):
    """The page of the town's citizen at the window."""
    one = town.citizen
    return clerk.post("/desk/counter/", {"document": one.document, "number": one.number, "name": one.name}).url


def said(clerk, stands, say, **given):
    return clerk.post(f"{stands}consent/", {"say": say, "voice": "", "heard": "on"} | given)


def test_it_is_read_out_written_down_with_whose_word_it_was_and_printed(clerk, stands, town, at):
    assert f"{stands}consent/" in text(clerk.get(stands))
    asked = text(clerk.get(f"{stands}consent/"))
    assert "请读给办事人听" in asked
    assert "不同意也能办事" in asked

    answer = said(clerk, stands, "agree", voice=town.citizen.name)

    assert answer.status_code == 302, text(answer)
    row = ReuseConsent.objects.get()
    assert (row.subject, row.said, row.channel, row.voice) == (
        town.citizen, Said.AGREED, Channel.WINDOW, town.citizen.name,
    )  # fmt: skip
    assert (row.said_by, row.window_id) == (town.users["clerk"], town.window)
    assert may_reuse(town.citizen, at)
    sheet = text(clerk.get(answer.url))
    for words in ("打印给办事人", town.citizen.masked_number, town.users["clerk"].name, "办事人签名"):
        assert words in sheet
    last = story(subject_chain(town.citizen.pk))
    assert "reuse_agreed" in [each.verb for each in last]


def test_it_is_seen_and_taken_back_in_their_own_space(clerk, stands, town, visit, at):
    said(clerk, stands, "agree", voice=town.citizen.name)
    citizen = visit("citizen")
    page = text(citizen.get("/my/reuse/"))
    assert "在窗口当面表示" in page
    assert town.users["clerk"].name in page

    citizen.post("/my/reuse/", {"subject": town.citizen.pk, "say": "revoke"})

    assert not may_reuse(town.citizen, at)
    assert "撤回同意" in text(clerk.get(f"{stands}consent/"))


def test_it_is_taken_back_at_the_window_too(clerk, stands, town, at):
    said(clerk, stands, "agree", voice=town.citizen.name)

    assert said(clerk, stands, "revoke", voice=town.citizen.name).status_code == 302

    assert not may_reuse(town.citizen, at)


def test_who_said_it_and_that_it_was_read_out_is_asked_for(clerk, stands, town):
    unsaid = said(clerk, stands, "agree")
    unread = clerk.post(f"{stands}consent/", {"say": "agree", "voice": town.citizen.name})

    assert (unsaid.status_code, unread.status_code) == (422, 422)
    assert "读给办事人听" in text(unread)
    assert not ReuseConsent.objects.exists()


def test_a_firm_speaks_through_somebody_and_nobody_is_asked_twice(clerk, town):
    edition = town.release("food-business-licence")
    stands = clerk.post("/desk/counter/", {"document": "uscc", "number": FIRM_CODE, "name": FIRM_NAME}).url
    page = clerk.post(stands, {"item": edition.item.slug})
    assert "还没有问过" in text(clerk.get(page.url))

    said(clerk, stands, "decline", voice="梁国栋")

    row = ReuseConsent.objects.get()
    assert (row.said, row.voice, row.subject.name) == (Said.DECLINED, "梁国栋", FIRM_NAME)
    assert "还没有问过" not in text(clerk.get(page.url))


def test_only_the_clerk_before_whom_they_stand_writes_it_down(visit, clerk, stands):
    found = statuses(visit, f"{stands}consent/", "clerk", "clerk2", "reviewer", "citizen", "")

    assert found == {"clerk": 200, "clerk2": 404, "reviewer": 403, "citizen": 403, "nobody": 302}


def test_what_is_under_way_is_filled_in(clerk, town, at, monkeypatch):
    from tests.rooms.portal.test_reuse import file, item

    first, _second = item(town), item(town, "other-item", name="另一件事")
    file(town, first, employer="梅江中学")
    one = town.citizen
    stands = clerk.post("/desk/counter/", {"document": one.document, "number": one.number, "name": one.name}).url
    page = clerk.post(stands, {"item": "other-item"})

    answer = clerk.post(f"{stands}consent/", {"say": "agree", "voice": one.name, "heard": "on"}, follow=True)

    assert "填好了 1 项" in text(answer)
    assert "梅江中学" in text(clerk.get(page.url))
