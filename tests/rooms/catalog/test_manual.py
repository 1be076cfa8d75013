"""Staff read the same edition as citizens; forms and samples of released editions are open to all, of drafts to few."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import catalog, city, identity, rich, walk
from yimen.catalog.models import Edition
from yimen.catalog.queries.discretion_words import spoken
from yimen.city.choices import Duty
from yimen.files.commands import store

pytestmark = pytest.mark.django_db

PDF = walk.PDF


@pytest.fixture
def edition() -> Edition:
    return catalog.release(rich.document())


def signed_in(*duties: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    if duties:
        client.force_login(identity.staff(*duties), backend="yimen.identity.access.AnyName")
    return client


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_front_and_back_office_read_the_same_sentence(edition: Edition) -> None:
    manual = words(signed_in("clerk").get(reverse("catalog:manual", args=["rich-item"])))
    guide = words(Client(HTTP_ACCEPT_LANGUAGE="zh-hans").get(reverse("portal:guide", args=["rich-item"])))

    for sentence in (rich.STANDARD, "没有出租人签名", "从事某某活动，应当取得许可。", "有固定场所"):
        assert sentence in manual
        assert sentence in guide


def test_the_manual_adds_what_only_staff_need(edition: Edition) -> None:
    page = words(signed_in("reviewer").get(reverse("catalog:edition_manual", args=["rich-item", 1])))

    for each in (
        rich.WORDING,
        "先看租期再看签名",
        "核对面积",
        "分管局长",
        "核查强度",
        "面积 大于 500平方米",
        "其余情形",
    ):
        assert each in page
    assert rich.WORDING not in words(Client().get(reverse("portal:guide", args=["rich-item"])))


@pytest.mark.parametrize("duty", [each.value for each in Duty])
def test_every_member_of_staff_may_read_it(edition: Edition, duty: str) -> None:
    assert signed_in(duty).get(reverse("catalog:manual", args=["rich-item"])).status_code == 200


def test_others_may_not(edition: Edition) -> None:
    address = reverse("catalog:manual", args=["rich-item"])

    assert Client().get(address).status_code == 302
    citizen = Client()
    citizen.force_login(identity.citizen(), backend="yimen.identity.access.AnyName")
    assert citizen.get(address).status_code == 403
    assert signed_in("clerk").get(reverse("catalog:manual", args=["no-such-item"])).status_code == 404
    assert signed_in("clerk").get(reverse("catalog:edition_manual", args=["rich-item", 9])).status_code == 404


def test_an_edition_without_a_manual_says_what_would_stand_there() -> None:
    catalog.release(catalog.small())
    page = words(signed_in("clerk").get(reverse("catalog:manual", args=["small-item"])))

    for each in ("还没有写审查要点", "还没有写标准用语", "没有裁量标准", "没有列明依据"):
        assert each in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("table=1&t1_area=600", "裁量建议（核查强度）：两人现场核查"),
        ("table=1&t1_area=6", "裁量建议（核查强度）：书面核查"),
        ("table=1", "还不知道面积"),
        ("table=1&t1_area=很大", "还不知道面积"),
        ("table=9", "试一试"),
        ("table=x", "试一试"),
    ],
)
def test_a_discretion_table_can_be_tried_out(edition: Edition, query: str, said: str) -> None:
    page = words(signed_in("chief").get(f"{reverse('catalog:manual', args=['rich-item'])}?{query}"))

    assert said in page


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("> 500", "大于 500"), (">=3", "不少于 3"), ("<= 2", "不超过 2"), ("'食堂'", "“食堂”"), ("true", "为是"),
        ("[1..5)", "1（含）到5（不含）"), ("!= 'x'", "不是 “x”"), ("'a', 'b'", "“a”、“b”"),
        ("contains($, '预包装食品')", "包括“预包装食品”"), ("startsWith($, 'A')", "以“A”开头"),
        ("in ['a', 'b']", "在“a”、“b”当中"), ("not in ['a, b']", "不在“a, b”当中"),
        ("$ > 5 and $ < 9", "大于 5，并且小于 9"),
        ("not(contains($, 'or x'))", "不包括“or x”"), ("len($) > 3", "字数大于 3"), ("($ > 5)", "大于 5"),
        ("($ > 5) or ($ < 2)", "大于 5，或者小于 2"), ("(1..5]", "1（不含）到5（含）"),
    ],
)  # fmt: skip
def test_a_cell_in_words(cell: str, said: str) -> None:
    assert spoken(cell) == said


def _kept() -> str:
    file = store(name="空白表.pdf", content=PDF, by=city.SYSTEM, at=city.AT, about="item:small-item")
    return str(file.pk)


def _material(file: str) -> list[dict[str, Any]]:
    blank = {"name": "申请表空白表", "file": file}
    return [
        {"name": "申请表", "kind": "申请表格", "source": "申请人自备", "necessity": "必要", "blank_form": blank},
    ]


def test_a_blank_form_of_a_released_edition_is_open_to_all() -> None:
    file = _kept()
    catalog.release(catalog.small(materials=_material(file)))
    address = reverse("catalog:attachment", args=["small-item", file])
    answer = Client().get(address)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    guide = words(Client().get(reverse("portal:guide", args=["small-item"])))
    assert f'href="{address}"' in guide
    assert "申请表空白表" in guide


def test_an_earlier_edition_keeps_its_forms_open() -> None:
    file = _kept()
    edition = catalog.release(catalog.small(materials=_material(file)))
    catalog.release(catalog.small(name="没有表的事项"), agency=edition.item.agency)

    assert Client().get(reverse("catalog:attachment", args=["small-item", file])).status_code == 200


@pytest.mark.parametrize(
    ("duties", "status"), [((), 404), (("clerk",), 404), (("editor",), 200), (("staffing",), 200), (("legal",), 200)]
)
def test_what_only_a_draft_names_is_for_the_catalogue_s_staff(duties: tuple[str, ...], status: int) -> None:
    file = _kept()
    edition = catalog.release(catalog.small())
    draft = catalog.small(materials=_material(file))
    Edition.objects.create(item=edition.item, version=2, document=draft, digest="d" * 64, state="draft")

    assert signed_in(*duties).get(reverse("catalog:attachment", args=["small-item", file])).status_code == status


def test_no_other_file_of_the_house_can_be_had() -> None:
    file = _kept()
    catalog.release(catalog.small(faq=[{"q": "文件", "a": file}]))

    assert Client().get(reverse("catalog:attachment", args=["small-item", file])).status_code == 404
    assert Client().get(reverse("catalog:attachment", args=["small-item", uuid.uuid4()])).status_code == 404
    assert Client().get(reverse("catalog:attachment", args=["no-such-item", file])).status_code == 404


@pytest.mark.parametrize("duty", [each.value for each in Duty])
def test_staff_find_the_manual_of_an_item(edition: Edition, duty: str) -> None:
    catalog.release(catalog.small(), agency=edition.item.agency)
    staff = signed_in(duty)

    found = words(staff.get(reverse("catalog:manuals"), {"q": "齐全"}))

    assert f'href="{reverse("catalog:manual", args=["rich-item"])}"' in found
    assert "small-item" not in found
    assert "没有符合的事项" in words(staff.get(reverse("catalog:manuals"), {"q": "没有这样的"}))


def test_the_list_of_manuals_is_for_staff() -> None:
    assert Client().get(reverse("catalog:manuals")).status_code == 302
