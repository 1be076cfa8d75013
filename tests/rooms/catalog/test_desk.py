"""Editors see every edition in words; what they upload is in test_uploads."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import catalog, identity
from yimen.identity.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> User:
    user = identity.staff("editor")
    client.force_login(user, backend="yimen.identity.access.AnyName")
    return user


@pytest.mark.usefixtures("editor")
def test_the_list_and_an_edition_are_shown_in_words(client: Client) -> None:
    catalog.item("food-business-licence")

    listed = client.get(reverse("catalog:desk"), {"q": "食品"}).content.decode()
    shown = client.get(reverse("catalog:item", args=["food-business-licence"])).content.decode()

    assert "食品经营许可" in listed
    assert "第 1 版" in listed
    assert "申请材料" in shown
    assert "现场核查" in shown


def test_citizens_and_clerks_have_no_business_at_this_desk(client: Client) -> None:
    client.force_login(identity.staff("clerk"), backend="yimen.identity.access.AnyName")

    assert client.get(reverse("catalog:desk")).status_code == 403
    assert client.get(reverse("catalog:upload")).status_code == 403


def test_both_approving_offices_may_read_but_not_upload(client: Client) -> None:
    client.force_login(identity.staff("legal"), backend="yimen.identity.access.AnyName")

    assert client.get(reverse("catalog:desk")).status_code == 200
    assert client.get(reverse("catalog:upload")).status_code == 403
