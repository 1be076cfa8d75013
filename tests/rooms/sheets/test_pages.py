"""A form is asked page by page, one topic each; what is known is filled in and says where it comes from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from tests.builders import catalog, city, identity
from tests.builders.catalog import field, sheet
from yimen.catalog.choices import EditionDocument
from yimen.sheets import queries
from yimen.sheets.ports import Prefilled

pytestmark = pytest.mark.django_db

FORM = sheet(
    field("kind", "choice", "类别", choices=["新办", "变更"], required=True),
    field("old_no", label="原证号", show_if="kind == '变更'", required=True),
    field("area", "number", "面积（平方米）"),
    field("guardian_name", label="监护人姓名"),
    field("guardian_phone", "phone", "监护人电话"),
    field("delivery_mode", "choice", "结果领取方式", choices=["窗口领取", "邮寄"]),
    field("mail_address", "address", "邮寄地址", show_if="delivery_mode == '邮寄'"),
)


@pytest.mark.parametrize("slug", catalog.slugs())
def test_every_item_is_asked_on_pages_of_one_topic_and_nothing_is_lost(slug: str) -> None:
    document = EditionDocument.model_validate(catalog.raw(slug))

    shown = queries.pages(document, {})

    names = [one["name"] for page in shown for one in page.fields]
    asked = queries.asked(document, {})
    assert len(names) == len(set(names))
    assert asked <= set(names)
    assert max(len(page.fields) for page in shown) <= 9
    assert len({page.title for page in shown}) == len(shown)


def test_topics_are_found_from_labels() -> None:
    titles = [(page.title, [one["name"] for one in page.fields]) for page in queries.pages(FORM, {})]

    assert titles == [
        ("办理内容", ["kind", "old_no", "area"]),
        ("监护人信息", ["guardian_name", "guardian_phone"]),
        ("结果领取", ["delivery_mode", "mail_address"]),
    ]


def test_a_conditional_field_waits_beside_the_one_that_decides() -> None:
    first = {one["name"]: one for one in queries.pages(FORM, {"kind": "新办"})[0].fields}

    assert (first["old_no"]["visible"], first["old_no"]["show_if"]) == (False, "kind == '变更'")
    assert "old_no" not in [one["name"] for one in queries.fields_for(FORM, {"kind": "新办"})]


def test_a_unit_behind_the_label_of_a_number_becomes_its_unit() -> None:
    area = next(one for one in queries.fields_for(FORM, {}) if one["name"] == "area")

    assert (area["label"], area["unit"]) == ("面积", "平方米")


def test_a_known_value_says_where_it_comes_from_until_it_is_changed() -> None:
    known = {"guardian_name": Prefilled("张三", "居民身份证", date(2025, 3, 2))}

    filled = {one["name"]: one for one in queries.fields_for(FORM, {}, known)}
    changed = {one["name"]: one for one in queries.fields_for(FORM, {"guardian_name": "李四"}, known)}

    assert (filled["guardian_name"]["value"], filled["guardian_name"]["source"]) == ("张三", "居民身份证 2025-03-02")
    assert (changed["guardian_name"]["value"], changed["guardian_name"]["source"]) == ("李四", "")


def test_answers_are_shown_in_words() -> None:
    city.divisions()
    answers = {
        "kind": "新办",
        "area": 12000,
        "delivery_mode": "邮寄",
        "mail_address": {"division": city.TOWN, "detail": "江南路 1 号"},
    }

    lines = {line.name: line.text for line in queries.show(FORM, answers)}

    assert lines == {
        "kind": "新办",
        "area": "12,000 平方米",
        "guardian_name": "",
        "guardian_phone": "",
        "delivery_mode": "邮寄",
        "mail_address": "岭东市梅江区江南街道江南路 1 号",
    }


def test_what_a_page_posts_is_read_for_its_own_fields_only() -> None:
    post = QueryDict("kind=变更&old_no=7&mail_address__detail=路&guardian_name=王五")

    raw = queries.from_post(post, FORM, names={"kind", "old_no"})

    assert raw == {"kind": "变更", "old_no": "7"}


def test_an_address_goes_round_through_page_and_post() -> None:
    city.divisions()
    stored = {"division": city.VILLAGE, "detail": "3 号"}

    face = next(one for one in queries.fields_for(sheet(field("home", "address")), {"home": stored}))
    posted: dict[str, Any] = {f"home__{part}": value for part, value in face["value"].items()}
    query = QueryDict(mutable=True)
    query.update(posted)
    clean, errors = queries.check(
        sheet(field("home", "address")), queries.from_post(query, sheet(field("home", "address")))
    )

    assert (clean, errors) == ({"home": stored}, [])
    assert [town["name"] for town in face["divisions"]["towns"]] == ["江南街道", "三角镇"]


def test_a_person_s_own_record_fills_the_form_and_nothing_else_does() -> None:
    person = identity.person("钟小梅", phone="13800138000", gender="女")
    form = sheet(
        field("name", label="姓名", prefill="person.name"),
        field("phone", "phone", "电话", prefill="person.phone"),
        field("firm", label="单位", prefill="org.name"),
    )

    known = queries.prefill(form, [person.pk], city.AT)

    assert {name: found.value for name, found in known.items()} == {"name": "钟小梅", "phone": "13800138000"}
    assert known["name"].note == "您的常用信息", "nobody has proved yet that it is theirs"


def test_a_written_address_brings_the_divisions_to_choose_with_it() -> None:
    city.divisions()
    person = identity.person("钟小梅", residence_address="岭东市梅江区江南街道梅龙社区居委会梅龙路18号")
    form = sheet(field("home", "address", prefill="person.residence_address"))

    known = queries.prefill(form, [person.pk], city.AT)

    assert known["home"].value == {"division": city.VILLAGE, "detail": "梅龙路18号"}
    assert queries.show(form, {"home": known["home"].value})[0].text == "岭东市梅江区江南街道梅龙社区居委会梅龙路18号"
