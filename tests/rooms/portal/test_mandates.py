"""A mandate from the first page to the application made under it, and to its end; nothing but forms and links."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.builders import browser_forms, walk
from yimen.applications.models import Application
from yimen.identity.models import Mandate
from yimen.notices.commands import send
from yimen.notices.models import Message

FOOD, CARD, TOBACCO = "food-business-licence", "social-security-card", "tobacco-retail-licence"


@pytest.fixture
def friend(town):
    """Somebody with an account who knows nobody's business."""
    return town.users["stranger"].subject


def grant_url(one):
    return f"/my/mandates/new/{one.pk}/"


def typed(client, url, friend, **changes):
    """The form as somebody fills it in who trusts their friend with one item."""
    html = client.get(url).content.decode()
    post = browser_forms.post(html[html.index('name="step"') - 40 :])
    changes = {"name": friend.name, "number": friend.number} | changes
    for name, value in changes.items():
        post.setlist(name, value if isinstance(value, list) else [value])
    return dict(post.lists())


def checked(client, url, post):
    """The page that asks once more, as a post that confirms."""
    page = client.post(url, post)
    assert page.status_code == 200, re.findall(r'class="error".*?<span>(.*?)</span>', page.content.decode())
    html = page.content.decode()
    return html, dict(browser_forms.post(html[html.index("lastwords") :], step="grant").lists())


def give(client, url, friend, **changes):
    html, post = checked(client, url, typed(client, url, friend, **changes))
    assert Mandate.objects.filter(agent=friend).count() == 0, "nothing holds before it is confirmed"
    assert client.post(url, post).headers["Location"] == "/my/mandates/"
    return html


def test_a_friend_applies_for_a_citizen_who_asked_them_to(visit, town, friend):
    for slug in (CARD, TOBACCO):
        town.release(slug)
    citizen, agent = visit("citizen"), visit("stranger")
    assert town.citizen.name not in agent.get(f"/items/{CARD}/apply/").content.decode()

    page = give(citizen, grant_url(town.citizen), friend, items=[CARD])
    assert "承担后果" in page
    assert "社会保障卡首次申领" in page
    assert friend.name in citizen.get("/my/mandates/").content.decode()
    assert town.citizen.name in agent.get("/my/mandates/").content.decode()
    assert "授权您代为办事" in agent.get("/my/messages/").content.decode()

    assert town.citizen.name in agent.get(f"/items/{CARD}/apply/").content.decode()
    assert town.citizen.name not in agent.get(f"/items/{TOBACCO}/apply/").content.decode()
    begun = agent.post(f"/items/{CARD}/apply/", {"subject": town.citizen.pk})
    draft = Application.objects.get()
    assert begun.headers["Location"] == f"/apply/{draft.number}/"
    assert (draft.subject, draft.agent) == (town.citizen, friend)
    assert agent.get(begun.headers["Location"]).status_code == 200


def test_what_is_submitted_under_a_mandate_is_the_principal_s_case_and_both_follow_it(visit, town, friend, at):
    edition = town.release(CARD)
    give(visit("citizen"), grant_url(town.citizen), friend, items=[CARD])
    draft = walk.apply_for(town, edition, at=at, who="stranger", subject=town.citizen)
    agent = visit("stranger")

    submitted = agent.post(f"/apply/{draft.number}/check/")

    assert submitted.headers["Location"] == f"/apply/{draft.number}/done/"
    assert draft.agent == friend
    for who in ("stranger", "citizen"):
        page = visit(who).get(f"/cases/{draft.number}/")
        assert (page.status_code, town.citizen.name in page.content.decode()) == (200, True)
    assert draft.number in visit("citizen").get("/my/cases/").content.decode()
    assert visit("owner").get(f"/cases/{draft.number}/").status_code == 404


def test_the_end_is_asked_with_its_consequence_and_holds_at_once(visit, town, friend):
    town.release(CARD)
    citizen, agent = visit("citizen"), visit("stranger")
    give(citizen, grant_url(town.citizen), friend, items=[CARD])
    agent.post(f"/items/{CARD}/apply/", {"subject": town.citizen.pk})
    draft, mandate = Application.objects.get(), Mandate.objects.get(agent=friend)
    url = f"/my/mandates/{mandate.pk}/revoke/"

    assert "已经提交的办件继续办理" in citizen.get(url).content.decode()
    first, second = citizen.post(url), citizen.post(url)

    assert (first.status_code, second.status_code) == (302, 302)
    assert agent.get(f"/apply/{draft.number}/").status_code == 404
    assert draft.number not in agent.get("/my/").content.decode()
    assert citizen.get(f"/apply/{draft.number}/").status_code == 200, "the draft is the citizen's own"
    assert "已终止的授权（1）" in citizen.get("/my/mandates/").content.decode()
    assert [each.title for each in Message.objects.filter(subject=friend).order_by("pk")] == [
        "陈小明授权您代为办事", "陈小明撤销了对您的授权",
    ]  # fmt: skip


def test_a_legal_representative_names_somebody_who_handles_the_firm_s_business(visit, town, friend, at):
    edition = town.release(FOOD)
    case = walk.received(town, edition, at=at)
    owner, handler = visit("owner"), visit("stranger")

    give(owner, grant_url(town.firm), friend, scope="all")

    mandate = Mandate.objects.get(agent=friend)
    assert (mandate.principal, mandate.kind, mandate.items) == (town.firm, "handler", [])
    assert (mandate.valid_from, mandate.valid_to) == (date(2026, 3, 2), date(2027, 3, 1))
    assert handler.get(f"/cases/{case.number}/").status_code == 200
    assert town.firm.name in handler.get(f"/items/{FOOD}/apply/").content.decode()
    assert handler.get(grant_url(town.firm)).status_code == 404, "who handles doesn't pass it on"


def test_a_mandate_for_one_item_shows_nothing_of_the_others(visit, town, friend, at):
    food = walk.received(town, town.release(FOOD), at=at)
    tobacco = walk.received(town, town.release(TOBACCO), at=at)
    give(visit("owner"), grant_url(town.firm), friend, items=[FOOD])
    agent = visit("stranger")

    listed = agent.get("/my/cases/").content.decode()

    assert (food.number in listed, tobacco.number in listed) == (True, False)
    assert agent.get(f"/cases/{food.number}/").status_code == 200
    assert agent.get(f"/cases/{tobacco.number}/").status_code == 404
    assert agent.get(f"/apply/{tobacco.number}/done/").status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "441402190101010010"}, "number"),
        ({"number": ""}, "number"),
        ({"name": ""}, "name"),
        ({"document": "uscc"}, "document"),
        ({"powers": []}, "powers"),
        ({"items": []}, "items"),
        ({"items": ["no-such-thing"]}, "items"),
        ({"valid_from": "2026-03-01"}, "valid_from"),
        ({"valid_from": "<b>"}, "valid_from"),
        ({"valid_to": "2026-03-01"}, "valid_to"),
        ({"valid_to": "9999-12-31"}, "valid_to"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(visit, town, friend, change, field):
    town.release(CARD)
    client, url = visit("citizen"), grant_url(town.citizen)

    answer = client.post(url, typed(client, url, friend, **({"items": [CARD]} | change)))

    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in html
    assert html.count("#id_") == 1
    assert friend.name in html or field == "name"
    assert Mandate.objects.filter(agent=friend).count() == 0


def test_an_unknown_number_and_another_name_are_refused_alike(visit, town, friend):
    town.release(CARD)
    client, url = visit("citizen"), grant_url(town.citizen)
    unknown = "44140219020202003"
    others = [{"name": "别人"}, {"number": unknown + walk.mod_11_2(unknown)}]

    pages = [client.post(url, typed(client, url, friend, items=[CARD], **other)) for other in others]

    said = [re.findall(r'class="error".*?<span>(.*?)</span>', page.content.decode()) for page in pages]
    assert said[0] == said[1]
    assert "没有找到姓名和证件号码都相符的人" in said[0][0]


def test_nobody_finds_out_by_trying(visit, town, friend, monkeypatch):
    from yimen.portal.views import mandates

    monkeypatch.setattr(mandates, "TRIES_PER_HOUR", 2)
    town.release(CARD)
    client, url = visit("citizen"), grant_url(town.citizen)
    post = typed(client, url, friend, items=[CARD], name="别人")

    answers = [client.post(url, post).content.decode() for _turn in range(3)]

    assert ["太频繁" in each for each in answers] == [False, False, True]


def test_a_second_click_grants_once(visit, town, friend):
    town.release(CARD)
    client, url = visit("citizen"), grant_url(town.citizen)
    _html, post = checked(client, url, typed(client, url, friend, items=[CARD]))

    answers = [client.post(url, post) for _turn in range(2)]

    assert [each.status_code for each in answers] == [302, 302]
    assert Mandate.objects.filter(agent=friend).count() == 1


def test_going_back_from_the_check_keeps_what_was_typed(visit, town, friend):
    town.release(CARD)
    client, url = visit("citizen"), grant_url(town.citizen)
    _html, post = checked(client, url, typed(client, url, friend, items=[CARD]))

    back = client.post(url, {**post, "step": "change"})

    again = browser_forms.post(back.content.decode())
    assert back.status_code == 200
    assert (again["name"], again["number"], again.getlist("items")) == (friend.name, friend.number, [CARD])


def test_nobody_authorises_themselves(visit, town):
    town.release(CARD)
    client, url = visit("citizen"), grant_url(town.citizen)

    answer = client.post(url, typed(client, url, town.citizen, items=[CARD]))

    assert "不用授权给自己" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("", 302), ("stranger", 404), ("clerk", 404), ("citizen", 404), ("owner", 200)]
)
def test_only_who_speaks_for_a_firm_authorises_for_it(visit, town, who, status):
    assert visit(who).get(grant_url(town.firm)).status_code == status
    assert visit(who).post(grant_url(town.firm), {}).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("", 302), ("owner", 404), ("clerk", 404), ("citizen", 200), ("stranger", 200)]
)
def test_only_the_two_end_a_mandate(visit, town, friend, who, status):
    town.release(CARD)
    give(visit("citizen"), grant_url(town.citizen), friend, items=[CARD])
    url = f"/my/mandates/{Mandate.objects.get(agent=friend).pk}/revoke/"

    assert visit(who).get(url).status_code == status
    assert visit(who).post(url).status_code == (302 if status == 200 else status)
    assert (Mandate.objects.get(agent=friend).revoked_at is not None) == (status == 200)


def test_a_representative_does_not_end_what_the_register_says(visit, town):
    mandate = Mandate.objects.get(principal=town.firm, agent=town.owner)
    client = visit("owner")

    page = client.get("/my/mandates/").content.decode()
    answer = client.post(f"/my/mandates/{mandate.pk}/revoke/")

    assert "由窗口登记" in page
    assert f"/my/mandates/{mandate.pk}/revoke/" not in page
    assert answer.status_code == 403
    assert Mandate.objects.get(pk=mandate.pk).revoked_at is None


def test_a_handler_reads_a_person_s_messages_without_taking_them_for_read(visit, town, friend, at):
    town.release(CARD)
    give(visit("citizen"), grant_url(town.citizen), friend, scope="all")
    send(subject=town.citizen.pk, about="", title="结果已出", body="…", once="x", by=walk.SYSTEM, at=at)

    assert "结果已出" in visit("stranger").get("/my/messages/").content.decode()

    assert Message.objects.get(once="x").read_at is None
