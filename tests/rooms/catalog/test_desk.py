"""Editors see every edition in words, and release an uploaded document after its check."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.builders import catalog, identity
from yimen.catalog import queries
from yimen.identity.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> User:
    user = identity.staff("editor")
    client.force_login(user, backend="yimen.identity.access.AnyName")
    return user


def send(client: Client, document: Any) -> Any:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return client.post(reverse("catalog:upload"), {"file": SimpleUploadedFile("one.json", content)})


@pytest.mark.usefixtures("editor")
def test_the_list_and_an_edition_are_shown_in_words(client: Client) -> None:
    catalog.item("food-business-licence")

    listed = client.get(reverse("catalog:desk"), {"q": "食品"}).content.decode()
    shown = client.get(reverse("catalog:item", args=["food-business-licence"])).content.decode()

    assert "食品经营许可" in listed
    assert "第 1 版" in listed
    assert "申请材料" in shown
    assert "现场核查" in shown


@pytest.mark.usefixtures("editor")
def test_an_upload_is_checked_then_released_and_can_be_downloaded(client: Client) -> None:
    document = catalog.small()
    catalog.release(document)

    page = send(client, document | {"name": "新名字"})
    released = client.post(reverse("catalog:release"), {"document": page.context["document"]})
    file = client.get(reverse("catalog:document", args=["small-item", 2]))

    assert "检查通过" in page.content.decode()
    assert (released.status_code, released["Location"]) == (302, reverse("catalog:item", args=["small-item"]))
    assert queries.current("small-item").doc.name == "新名字"
    assert json.loads(file.content)["name"] == "新名字"


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize("document", [b"{", b"\xff\xfe", b"[]", catalog.small(vists=1), catalog.small(department="XX")])
def test_a_bad_upload_is_refused_with_its_problems(client: Client, document: Any) -> None:
    page = send(client, document)

    assert page.status_code == 422
    assert "文件有误，没有发布" in page.content.decode()


@pytest.mark.usefixtures("editor")
def test_without_a_file_the_field_says_so(client: Client) -> None:
    page = client.post(reverse("catalog:upload"))

    assert page.status_code == 422
    assert "请选择一个 JSON 文件" in page.content.decode()


def test_citizens_and_clerks_have_no_business_at_this_desk(client: Client) -> None:
    client.force_login(identity.staff("clerk"), backend="yimen.identity.access.AnyName")

    assert client.get(reverse("catalog:desk")).status_code == 403
    assert client.get(reverse("catalog:upload")).status_code == 403


def test_both_approving_offices_may_read_but_not_upload(client: Client) -> None:
    client.force_login(identity.staff("legal"), backend="yimen.identity.access.AnyName")

    assert client.get(reverse("catalog:desk")).status_code == 200
    assert client.get(reverse("catalog:upload")).status_code == 403
