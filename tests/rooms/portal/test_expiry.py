"""The session had ended when somebody pressed the button: they sign in and find what they had typed."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.builders import browser_forms, walk
from yimen.applications.models import Application

SLUG = "food-business-licence"


@pytest.fixture
def typed(visit, town, at):
    """(a browser whose session has ended, the page, what is typed on it)."""
    application = walk.apply_for(town, town.release(SLUG), at=at)
    address = f"/apply/{application.number}/form/1/"
    html = visit("owner").get(address).content.decode()
    post = browser_forms.post(html[html.index('<form method="post" novalidate') :])
    post["contact_name"] = "登录前填的人"
    return visit(), address, dict(post.lists())


def test_what_was_typed_is_there_after_signing_in_and_is_not_saved_by_itself(typed, town):
    client, address, post = typed

    sent = client.post(address, post)
    asked = client.get(sent.headers["Location"]).content.decode()
    client.force_login(town.users["owner"])
    page, again = client.get(address).content.decode(), client.get(address).content.decode()

    assert sent.headers["Location"].startswith("/account/login/?next=")
    assert "刚才填写的内容还在" in asked
    assert "登录前填的人" in page
    assert "还没有保存" in page
    assert "登录前填的人" not in again, "it is given back once"
    assert Application.objects.get().answers["contact_name"] != "登录前填的人"


def test_it_lies_sealed_and_is_nobody_else_s(typed, town):
    client, address, post = typed
    client.post(address, post)

    assert "登录前填的人" not in str(dict(client.session))
    client.force_login(town.users["stranger"])
    assert client.get(address).status_code == 404


def test_it_is_forgotten_after_an_hour(typed, town, at, monkeypatch):
    from yimen.kit import typed as kept

    client, address, post = typed
    monkeypatch.setattr(kept, "now", lambda: at)
    client.post(address, post)
    client.force_login(town.users["owner"])
    monkeypatch.setattr(kept, "now", lambda: at + timedelta(hours=2))

    assert "登录前填的人" not in client.get(address).content.decode()


def test_saving_while_typing_says_so_instead_of_showing_the_page_to_sign_in(typed):
    client, address, post = typed

    answer = client.post(f"{address.split('form/')[0]}form/autosave/", post, headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert "填写的内容还在" in answer.json()["detail"]


def test_a_mandate_that_was_typed_is_kept_too(visit, town):
    town.release("social-security-card")
    client, address = visit(), f"/my/mandates/new/{town.citizen.pk}/"
    client.post(address, {"step": "check", "name": "古伟雄", "number": "1", "scope": "all"})
    client.force_login(town.users["citizen"])

    assert browser_forms.post(client.get(address).content.decode())["name"] == "古伟雄"


def test_a_page_from_before_somebody_signed_in_again_in_another_tab_keeps_what_was_typed(typed, town):
    _client, address, post = typed
    old = Client(enforce_csrf_checks=True)
    old.force_login(town.users["owner"])
    sent = {"Origin": "http://testserver", "Referer": f"http://testserver{address}"}

    answer = old.post(address, post | {"csrfmiddlewaretoken": "x" * 64}, headers=sent)
    page = old.get(answer.headers["Location"]).content.decode()

    assert answer.headers["Location"] == address
    assert "登录前填的人" in page
    assert "请再提交一次" in page
    assert Application.objects.get().answers["contact_name"] != "登录前填的人"


def test_a_page_of_somebody_else_s_site_is_refused_in_words_and_leaves_nothing_behind(typed, town):
    _client, address, post = typed
    victim = Client(enforce_csrf_checks=True)
    victim.force_login(town.users["owner"])

    answer = victim.post(address, post, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert "刚才的操作没有提交" in answer.content.decode()
    assert "登录前填的人" not in victim.get(address).content.decode()


def test_a_password_is_never_kept(db):
    client = Client(enforce_csrf_checks=True)
    sent = {"Origin": "http://testserver", "Referer": "http://testserver/account/login/"}

    client.post("/account/login/", {"login": "owner", "password": "geheim"}, headers=sent)

    assert "typed" not in client.session


def test_whoever_pressed_a_button_that_goes_elsewhere_comes_back_to_its_page(typed, visit):
    _client, address, _post = typed
    page = f"{address.split('form/')[0]}?of=1"

    sent = visit().post(
        f"{page.split('?', maxsplit=1)[0]}copy/", {"of": "1"}, headers={"Referer": f"http://testserver{page}"}
    )
    foreign = visit().post(address, {}, headers={"Referer": "https://evil.example//x"})

    assert sent.headers["Location"] == f"/account/login/?{urlencode({'next': page})}"
    assert foreign.headers["Location"] == f"/account/login/?{urlencode({'next': address})}"


def test_an_address_that_only_takes_what_is_sent_says_so_in_words(typed, town):
    _client, address, _post = typed
    client = Client()
    client.force_login(town.users["owner"])

    answer = client.get(f"{address.split('form/')[0]}reuse/")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "请回到原来的页面，用页面上的按钮。" in answer.content.decode()
