"""What the administration does with accounts: every act asks, has its reason and its entry, and shows a secret once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse

from tests.builders import city, identity
from tests.builders.city import AT, SYSTEM
from tests.builders.identity import PASSWORD
from yimen.city.choices import Duty
from yimen.identity import commands, queries
from yimen.identity.commands.passwords import GIVEN_LASTS
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Invalid
from yimen.kit.time import now
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db

HARM = '<script>alert("x")</script>'
PASSWORD_SHOWN = re.compile(r'class="slip__password">([a-z2-9-]{14})<')
ACTS = ("close_account", "reopen_account", "reset_password", "end_tokens")
REASON = {"reason": "本人带工作证申请"}


def address(act, username="lisi"):
    return reverse(f"identity:{act}", args=[username])


@pytest.fixture
def admin(client):
    client.force_login(identity.staff("administrator", username="boss", name="管理员"))
    return client


@pytest.fixture
def lisi():
    return identity.account("lisi", "李四")


def verbs(user):
    return [line.verb for line in story(f"user:{user.pk}")]


@pytest.mark.parametrize("act", ["account", *ACTS])
def test_only_the_administration_comes_here(client, lisi, act):
    if act == "reopen_account":
        commands.close_account(lisi, reason="x", by=SYSTEM, at=AT)
    assert client.get(address(act)).status_code == 302
    for duty in (None, Duty.CLERK, Duty.CHIEF, Duty.SUPERVISOR, Duty.HALL_MANAGER):
        client.force_login(identity.staff(duty) if duty else identity.citizen())
        assert client.get(address(act)).status_code == 403, duty
        assert client.post(address(act), REASON).status_code == 403, duty
    client.force_login(identity.staff("administrator"))
    assert client.get(address(act)).status_code == 200


@pytest.mark.parametrize("act", ACTS)
def test_every_act_says_what_will_happen_and_wants_a_reason(admin, lisi, act):
    if act == "reopen_account":
        commands.close_account(lisi, reason="x", by=SYSTEM, at=AT)
    before = verbs(lisi)

    page = admin.get(address(act)).content.decode()
    without = admin.post(address(act), {"reason": " "})

    assert "李四" in page
    assert "consequence" in page or "notice" in page
    assert without.status_code == 422
    assert verbs(lisi) == before


def test_a_reset_password_is_shown_once_and_must_be_changed_at_once(admin, lisi):
    answer = admin.post(address("reset_password"), REASON)
    (password,) = PASSWORD_SHOWN.findall(answer.content.decode())

    assert "no-store" in answer["Cache-Control"]
    assert password not in admin.get(address("account")).content.decode()
    assert password not in str([line.facts for line in story(f"user:{lisi.pk}")])
    assert authenticate(None, username="lisi", password=PASSWORD) is None

    own = Client()
    assert own.post(reverse("account_login"), {"login": "lisi", "password": password}).status_code == 302
    change = reverse("account_change_password")
    for path in ("/", "/desk/", "/my/", "/api/v1/items"):
        assert own.get(path).url == change, path
    assert "请先设置自己的密码" in own.get(change).content.decode()
    same = own.post(change, {"oldpassword": password, "password1": password, "password2": password})
    assert "不能与原来的相同" in same.content.decode()
    fresh = "my-own-words-77"
    assert own.post(change, {"oldpassword": password, "password1": fresh, "password2": fresh}).status_code == 302
    assert own.get("/").status_code == 200
    assert verbs(lisi)[-3:] == ["password_reset", "signed_in", "password_changed"]


def test_whoever_works_here_finds_where_to_change_the_password(admin):
    assert f'href="{reverse("account_change_password")}"' in admin.get(reverse("identity:accounts")).content.decode()


def test_it_ends_sessions_and_tokens_and_is_worth_nothing_after_a_week(admin, lisi):
    own, token = Client(), commands.make_token(lisi, by=SYSTEM, at=now())
    own.force_login(lisi)

    password = commands.reset_password(lisi, by=SYSTEM, at=now() - GIVEN_LASTS - timedelta(minutes=1))

    assert own.get(reverse("account_change_password")).status_code == 302
    assert queries.bearer(token, now()) is None
    assert authenticate(None, username="lisi", password=password) is None


def test_nobody_changes_into_the_password_that_was_given(lisi):
    password = commands.reset_password(lisi, by=SYSTEM, at=AT)
    lisi.refresh_from_db()

    with pytest.raises(Invalid):
        commands.change_password(lisi, password=password, by=identity.actor(lisi), at=AT)


def test_who_may_give_a_new_password():
    lisi = identity.account("lisi", "李四")
    clerk = identity.actor(identity.staff("clerk"))
    person, both = identity.citizen(), identity.citizen(name="王芳")
    identity.hold(both, city.post("reviewer"))

    assert commands.reset_password(person, by=clerk, at=AT)
    for staff in (lisi, both):
        with pytest.raises(commands.StaffAccount):
            commands.reset_password(staff, by=clerk, at=AT)
    with pytest.raises(Forbidden):
        commands.reset_password(person, by=Actor(user=1, duties=frozenset({"chief"})), at=AT)
    with pytest.raises(commands.OwnAccount):
        commands.reset_password(lisi, by=Actor(user=lisi.pk, duties=frozenset({"administrator"})), at=AT)
    commands.close_account(person, reason="x", by=SYSTEM, at=AT)
    person.refresh_from_db()
    with pytest.raises(commands.AccountClosed):
        commands.reset_password(person, by=clerk, at=AT)


def test_a_new_account_s_password_is_given_and_shown_once(admin):
    answer = admin.post(reverse("identity:new_account"), {"username": "wangwu", "name": HARM, "phone": ""})

    page = answer.content.decode()
    (password,) = PASSWORD_SHOWN.findall(page)
    user = queries.account("wangwu")
    assert HARM not in page
    assert authenticate(None, username="wangwu", password=password) == user
    assert user.given_until is not None


def test_a_post_is_given_and_ended_on_the_account_s_page(admin, lisi):
    city.post("clerk", code="front")
    page = admin.get(address("account")).content.decode()

    given = admin.post(address("account"), {"post": "front"})
    none = admin.post(address("account"), {"post": "nothing"})
    twice = admin.post(address("account"), {"post": "front"})
    city.post("supervisor", code="watch")
    clash = admin.post(address("account"), {"post": "watch"})

    assert 'value="front"' in page
    assert (given.status_code, none.status_code, twice.status_code, clash.status_code) == (302, 422, 422, 422)
    assert "不能由同一人" in clash.content.decode() or "不得" in clash.content.decode()
    (held,) = queries.holdings_of(lisi, now())
    assert address("account") in admin.get(address("account")).content.decode()
    assert admin.post(reverse("identity:end_holding", args=[held.pk]), REASON).status_code == 302
    assert verbs(lisi) == ["account_made", "post_given", "post_taken"]


def test_tokens_end_at_once(admin, lisi):
    token = commands.make_token(lisi, by=SYSTEM, at=now())
    page = admin.get(address("account")).content.decode()

    assert admin.post(address("end_tokens"), REASON).status_code == 302

    assert "有 1 个访问令牌有效" in page
    assert token not in page
    assert queries.bearer(token, now()) is None
    assert verbs(lisi)[-1] == "tokens_ended"


def test_a_closed_account_opens_again_without_its_posts(admin, lisi):
    identity.hold(lisi, city.post("clerk"))

    closed, again = admin.post(address("close_account"), REASON), admin.post(address("close_account"), REASON)
    assert (closed.status_code, again.status_code) == (302, 409)
    assert authenticate(None, username="lisi", password=PASSWORD) is None

    opened, twice = admin.post(address("reopen_account"), REASON), admin.post(address("reopen_account"), REASON)
    assert (opened.status_code, twice.status_code) == (302, 409)
    assert authenticate(None, username="lisi", password=PASSWORD) == lisi
    assert list(queries.holdings_of(lisi, now())) == []
    assert verbs(lisi) == ["account_made", "post_given", "account_closed", "account_reopened"]


def test_no_administrator_locks_out_or_lifts_themselves(admin):
    boss = queries.account("boss")
    (held,) = queries.holdings_of(boss, now())
    city.post("hall_manager", code="hall")

    answers = [
        admin.post(address("close_account", "boss"), REASON),
        admin.post(address("reset_password", "boss"), REASON),
        admin.post(address("account", "boss"), {"post": "hall"}),
        admin.post(reverse("identity:end_holding", args=[held.pk]), REASON),
    ]

    assert [answer.status_code for answer in answers] == [409, 409, 422, 409]
    assert all("另一位管理员" in answer.content.decode() for answer in answers)
    assert queries.holdings_of(boss, now()).count() == 1


def test_the_page_tells_what_happened_with_the_account(admin, lisi):
    admin.post(address("reset_password"), REASON)

    page = admin.get(address("account")).content.decode()

    assert ("密码重置" in page, "本人带工作证申请" in page, "管理员" in page) == (True, True, True)
    assert "临时密码" in page
