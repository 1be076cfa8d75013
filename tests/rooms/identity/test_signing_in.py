"""Signing in by any name, signing up, lock-out, tokens."""

from __future__ import annotations

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.builders import identity
from tests.builders.city import AT, SYSTEM
from tests.builders.identity import PASSWORD
from yimen.identity import commands, queries
from yimen.identity.choices import Assurance
from yimen.identity.commands.signing_in import LIMITS, SPAN
from yimen.identity.models import ApiToken, Failure
from yimen.kit.errors import Forbidden, Invalid
from yimen.kit.time import now
from yimen.ledger.queries import story

User = get_user_model()
WRONG = "账号或密码不正确"
LOCKED = "登录失败次数过多"


def sign_in(client: Client, login: str, password: str = PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": login, "password": password}, **extra)


@pytest.mark.django_db
class TestNames:
    @pytest.mark.parametrize("name", ["number", "lower", "phone", "phone86", "username", "upper"])
    def test_number_phone_and_user_name_all_lead_in(self, client, name):
        user = identity.citizen(number="11010519491231002X", phone="13912345678")
        names = {
            "number": "11010519491231002X",
            "lower": " 11010519491231002x",
            "phone": "139 1234 5678",
            "phone86": "+8613912345678",
            "username": user.username,
            "upper": user.username.upper(),
        }

        response = sign_in(client, names[name])

        assert response.status_code == 302
        assert client.session["_auth_user_id"] == str(user.pk)
        assert story(f"user:{user.pk}")[-1].verb == "signed_in"

    def test_a_wrong_password_and_an_unknown_name_are_answered_alike(self, client):
        user = identity.citizen()

        wrong = sign_in(client, user.username, "not-this-one").content.decode()
        unknown = sign_in(client, "nobody", "not-this-one").content.decode()

        assert WRONG in wrong
        assert WRONG in unknown

    def test_an_unknown_name_costs_as_much_as_a_wrong_password(self, monkeypatch):
        hashed = []
        monkeypatch.setattr(User, "set_password", lambda self, raw: hashed.append(raw))

        assert authenticate(None, username="nobody", password="x") is None
        assert hashed == ["x"]

    def test_a_user_name_never_looks_like_a_number_or_a_phone(self):
        for username in ("13912345678", "110105194912310021", "1abc", "a", "UPPER", "有", "a b"):
            with pytest.raises(Invalid):
                commands.make_account(username=username, name="某人", password=PASSWORD, by=SYSTEM, at=AT)

    def test_a_closed_account_does_not_open(self, client):
        user = identity.account("former")
        commands.close_account(user, reason="离职", by=SYSTEM, at=AT)

        assert WRONG in sign_in(client, "former").content.decode()

    def test_signing_out_asks_and_then_does_it(self, client):
        user = identity.citizen()
        sign_in(client, user.username)

        assert client.get(reverse("account_logout")).status_code == 200
        client.post(reverse("account_logout"))

        assert "_auth_user_id" not in client.session

    def test_signing_in_goes_on_where_one_was_stopped_but_not_to_another_house(self, client):
        user = identity.citizen()
        form = {"login": user.username, "password": PASSWORD}

        stopped = client.get(reverse("identity:profile"))
        away = client.post(f"{reverse('account_login')}?next=https://evil.example/", form)
        client.logout()
        home = client.post(stopped["Location"], form)

        assert "evil" not in away["Location"]
        assert home["Location"] == reverse("identity:profile")


@pytest.mark.django_db
class TestLock:
    def test_after_five_failures_even_the_right_password_is_refused_for_a_quarter_of_an_hour(self, client):
        user = identity.citizen()
        for _ in range(LIMITS["name_at_address"]):
            assert WRONG in sign_in(client, user.username, "wrong").content.decode()

        assert LOCKED in sign_in(client, user.username).content.decode()
        assert "_auth_user_id" not in client.session

        Failure.objects.update(at=now() - SPAN)
        assert sign_in(client, user.username).status_code == 302

    def test_names_that_nobody_bears_are_locked_alike(self, client):
        for _ in range(LIMITS["name_at_address"]):
            sign_in(client, "nobody", "wrong")

        assert LOCKED in sign_in(client, "nobody", "wrong").content.decode()

    def test_another_address_may_still_try_until_the_name_itself_is_locked(self, client):
        user = identity.citizen()
        for address in range(LIMITS["name"] // LIMITS["name_at_address"]):
            for _ in range(LIMITS["name_at_address"]):
                sign_in(client, user.username, "wrong", REMOTE_ADDR=f"10.0.0.{address}")

        assert LOCKED in sign_in(client, user.username, REMOTE_ADDR="10.0.1.1").content.decode()

    def test_the_right_password_starts_the_count_anew(self, client):
        user = identity.citizen()
        for _ in range(3):
            for _ in range(LIMITS["name_at_address"] - 1):
                sign_in(client, user.username, "wrong")
            assert sign_in(client, user.username).status_code == 302
            client.logout()

    def test_the_account_s_chain_keeps_that_somebody_tried(self, client):
        user = identity.citizen()
        for _ in range(LIMITS["name_at_address"]):
            sign_in(client, user.username, "wrong")

        assert story(f"user:{user.pk}")[-1].verb == "sign_in_last_attempt"

    def test_names_typed_are_not_kept_readable(self, client):
        sign_in(client, "11010519491231002X", "wrong")

        assert all("1101" not in failure.key for failure in Failure.objects.all())


@pytest.mark.django_db(transaction=True)
def test_many_processes_together_get_no_more_tries_than_one():
    passed, refused = [], []

    def attempt():
        try:
            commands.begin_attempt(name="victim", address="10.0.0.1", at=now())
            passed.append(1)
        except commands.SignInLocked:
            refused.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(passed) <= LIMITS["name_at_address"]
    assert len(passed) + len(refused) == 16


@pytest.mark.django_db
class TestSigningUp:
    form = {
        "name": "钟小梅",
        "number": "441900190001010019",
        "phone": "13912345678",
        "password": PASSWORD,
        "again": PASSWORD,
    }

    def post(self, client, **changes):
        return client.post(reverse("account_signup"), {**self.form, **changes})

    def test_a_person_signs_up_and_is_in(self, client):
        response = self.post(client)

        user = User.objects.get()
        assert response.status_code == 302
        assert client.session["_auth_user_id"] == str(user.pk)
        assert user.subject.assurance == Assurance.BASIC
        assert queries.profile_value(user.subject, "person.phone") == "13912345678"
        assert client.get(reverse("identity:profile")).status_code == 200

    def test_everything_that_is_wrong_is_said_at_once(self, client):
        page = self.post(client, number="441900190001010010", phone="123", again="anders-2026").content.decode()

        for field in ("number", "phone", "again"):
            assert f'href="#id_{field}"' in page

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"number": "441900190001010018"}, "校验位不符"),
            ({"phone": "123"}, "11 位手机号码"),
            ({"password": "12345678", "again": "12345678"}, "id_password"),
            ({"again": "something-else"}, "两次输入的密码不一致"),
            ({"name": ""}, "请填写此项"),
            ({"name": "<script>alert(1)</script>", "number": "1"}, "&lt;script&gt;"),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(self, client, change, words):
        response = self.post(client, **change)

        page = response.content.decode()
        assert response.status_code == 422
        assert words in page
        assert "<script>alert" not in page
        assert User.objects.count() == 0

    def test_a_known_number_does_not_sign_up_whether_it_has_an_account_or_only_a_file(self, client):
        identity.person(number=self.form["number"])
        only_file = self.post(client).content.decode()
        identity.citizen(number="11010519491231002X", phone="13800000001")
        account = self.post(client, number="11010519491231002X").content.decode()

        assert commands.SubjectKnown.sentence in only_file
        assert commands.SubjectKnown.sentence in account

    def test_a_phone_serves_one_account(self, client):
        identity.citizen(phone="13912345678")

        assert commands.PhoneTaken.sentence in self.post(client).content.decode()

    def test_a_clerk_opens_an_account_for_a_person_at_the_window(self):
        person = identity.person(number=self.form["number"])
        user = commands.make_account(
            username="zhong", name="钟小梅", password=PASSWORD, phone="13912345678", subject=person, by=SYSTEM, at=AT
        )

        assert authenticate(None, username=self.form["number"], password=PASSWORD) == user


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_up_with_one_number_at_once_make_one_account():
    outcomes = []

    def register(phone):
        try:
            outcomes.append(identity.citizen(number="441900190001010019", phone=phone).pk)
        except commands.SubjectKnown:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=register, args=[f"1390000000{turn}"]) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len([made for made in outcomes if made]) == 1
    assert User.objects.count() == 1


@pytest.mark.django_db
class TestPasswords:
    def test_the_holder_changes_it_and_the_tokens_end(self, client):
        user = identity.citizen()
        token = commands.make_token(user, by=SYSTEM, at=now())
        sign_in(client, user.username)
        fresh = "another-good-one"

        response = client.post(
            reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
        )

        assert response.status_code == 302
        assert authenticate(None, username=user.username, password=fresh) == user
        assert queries.bearer(token) is None
        assert story(f"user:{user.pk}")[-1].verb == "password_changed"

    def test_a_weak_one_is_refused_in_chinese(self, client):
        user = identity.citizen()
        sign_in(client, user.username)

        page = client.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"},
        ).content.decode()

        assert "密码" in page
        assert "This password" not in page

    def test_nobody_changes_another_s(self):
        user, other = identity.citizen(), identity.citizen(name="王芳")

        with pytest.raises(Forbidden):
            commands.change_password(user, password="x" * 12, by=identity.actor(other), at=AT)


@pytest.mark.django_db
class TestTokens:
    def test_a_token_is_its_holder_until_it_ends(self):
        user = identity.staff("clerk")
        token = commands.make_token(user, life=timedelta(days=1), by=SYSTEM, at=AT)

        assert queries.bearer(token, AT) == identity.actor(user)
        assert queries.bearer(token, AT + timedelta(days=1)) is None
        assert queries.bearer(token + "x", AT) is None
        assert queries.bearer("", AT) is None

    def test_only_its_digest_is_kept(self):
        token = commands.make_token(identity.citizen(), by=SYSTEM, at=AT)

        assert token not in ApiToken.objects.get().digest

    def test_nobody_makes_one_for_another(self):
        user, other = identity.citizen(), identity.citizen(name="王芳")

        with pytest.raises(Forbidden):
            commands.make_token(user, by=identity.actor(other), at=AT)

    def test_the_console_prints_one(self):
        user = identity.account("clerk")
        out = StringIO()

        call_command("token", "clerk", stdout=out)

        assert queries.bearer(out.getvalue().strip()).user == user.pk
        with pytest.raises(CommandError, match="没有这个账号"):
            call_command("token", "nobody")
