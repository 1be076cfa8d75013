"""Saving a section of a draft: what two editors do apart is kept, what both do to one thing is asked about."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.builders import catalog, identity
from tests.builders.city import AT, SYSTEM
from tests.builders.walk import PDF
from tests.rooms.catalog.test_editing import FOOD, Form, begun, section, whole_page
from yimen.catalog import commands
from yimen.catalog.models import Edition, Item
from yimen.catalog.queries.editing.entries import Entries
from yimen.catalog.queries.editing.files import signed
from yimen.catalog.queries.editing.layout import SECTIONS
from yimen.catalog.queries.editing.pages import page_of
from yimen.files.commands import store
from yimen.files.models import StoredFile
from yimen.identity.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Edition:
    catalog.item(FOOD)
    return begun()


def signed_in(*duties: str) -> Client:
    client = Client()
    client.force_login(identity.staff(*(duties or ("editor",))), backend="yimen.identity.access.AnyName")
    return client


@pytest.fixture
def first(draft: Edition) -> Client:
    return signed_in()


@pytest.fixture
def second(draft: Edition) -> Client:
    return signed_in()


def post(client: Client, key: str, sent: dict[str, Any], **changes: Any) -> HttpResponse:
    answer: Any = client.post(section(key), {**sent, **changes})
    return answer  # type: ignore[no-any-return]


def now(draft: Edition) -> dict[str, Any]:
    draft.refresh_from_db()
    held: dict[str, Any] = draft.document
    return held


def test_a_saved_section_says_what_was_typed_and_leaves_the_rest_alone(draft: Edition, first: Client) -> None:
    before = dict(draft.document)
    sent = whole_page(first, "limits", draft)

    answer = post(
        first, "limits", sent, promised_days="7", **{"steps.r0.days": "0.5", "statutory_note": " 两行\r\n文字 "}
    )

    after = now(draft)
    assert answer.status_code == 302
    assert (after["promised_days"], after["steps"][0]["days"], after["statutory_note"]) == (7, 0.5, "两行\n文字")
    assert {key for key in after if after[key] != before.get(key)} == {"promised_days", "statutory_note"}
    assert draft.revisions.first().changed == ["promised_days", "statutory_note"]  # type: ignore[union-attr]


def test_what_cannot_be_read_is_kept_as_typed_and_found_by_the_checks(draft: Edition, first: Client) -> None:
    post(first, "limits", whole_page(first, "limits", draft), promised_days="十二天")

    assert now(draft)["promised_days"] == "十二天"
    assert "应为整数" in first.get(section("limits")).content.decode()
    assert first.get(reverse("catalog:preview", args=[FOOD])).status_code == 200


def test_a_page_saved_without_a_change_or_sent_twice_makes_no_revision(draft: Edition, first: Client) -> None:
    post(first, "materials", whole_page(first, "materials", draft))
    draft.refresh_from_db()
    assert draft.revision == 1

    sent = whole_page(first, "basic", draft)
    for _time in range(2):
        assert post(first, "basic", sent, name="同一次保存").status_code == 302
    draft.refresh_from_db()
    assert draft.revision == 2


def test_new_materials_of_two_editors_get_keys_of_their_own(draft: Edition, first: Client, second: Client) -> None:
    sent = whole_page(first, "materials", draft)
    rows = sent["materials[]"]
    new = {"materials[]": [*rows, "n1"], "materials.n1.kind": "文书", "materials.n1.source": "申请人自备"}

    post(first, "materials", {**sent, **new, "materials.n1.name": "甲的材料"})
    post(second, "materials", {**sent, **new, "materials.n1.name": "乙的材料"})

    found = {each["name"]: each["key"] for each in now(draft)["materials"]}
    assert found["甲的材料"] != found["乙的材料"]
    assert len(set(found.values())) == len(rows) + 2
    keys = [each["key"] for each in draft.base.document["materials"]]  # type: ignore[union-attr]
    assert [each["key"] for each in now(draft)["materials"]][: len(rows)] == keys


def test_rows_are_moved_taken_out_and_a_blank_new_one_is_not_kept(draft: Edition, first: Client) -> None:
    sent = whole_page(first, "faq", draft)
    was = [each["q"] for each in draft.document["faq"]]
    rows = sent["faq[]"]

    post(
        first, "faq", {**sent, "faq[]": [rows[1], rows[0], *rows[2:], "n1"], f"faq.{rows[2]}!gone": "1", "faq.n1.q": ""}
    )

    assert [each["q"] for each in now(draft)["faq"]] == [was[1], was[0], *was[3:]]


@pytest.mark.parametrize("op", ["add|faq", "copy|faq.r0", "remove|faq.r0", "back|faq.r0", "up|faq.r1", "down|faq.r0"])
def test_the_buttons_of_rows_save_nothing_and_keep_what_was_typed(draft: Edition, first: Client, op: str) -> None:
    sent = whole_page(first, "faq", draft)

    answer = post(first, "faq", sent, op=op, **{"faq.r1.a": "刚刚写的回答"})

    assert answer.status_code == 200
    assert "刚刚写的回答" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.revision == 1


def test_a_copy_of_a_material_is_another_material(draft: Edition, first: Client) -> None:
    shut = {"materials!": "1", "materials[]": ["r0", "n1", "r1"], "materials.n1!from": "r0", "base": "1"}
    count = len(draft.document["materials"])

    post(first, "materials", {**shut, "materials.n1.name": "抄来的", "op": "save"})

    found = now(draft)["materials"]
    assert len(found) == 3 < count
    assert found[1]["name"] == "抄来的"
    assert found[1]["basis"] == found[0]["basis"]
    assert found[1]["key"] not in {each["key"] for each in (found[0], *draft.base.document["materials"])}  # type: ignore[union-attr]


def test_a_conflict_saves_nothing_shows_both_and_is_settled_by_choice(
    draft: Edition, first: Client, second: Client
) -> None:
    sent = whole_page(first, "basic", draft)
    post(first, "basic", sent, name="甲起的名字")
    answer = post(second, "basic", sent, name="乙起的名字", everyday_words="开饭店")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "甲起的名字" in page
    assert "乙起的名字" in page
    assert now(draft)["name"] == "甲起的名字"
    carried = {name: answer.context[key] for name, key in (("document", "document"), ("conflicts", "carried"))}  # type: ignore[attr-defined]
    settle = reverse("catalog:edit_settle", args=[FOOD, "basic"])
    missing = second.post(settle, {**carried, "base": 2})
    done = second.post(settle, {**carried, "base": 2, "choice_0": "theirs"})
    assert (missing.status_code, done.status_code) == (422, 302)
    assert (now(draft)["name"], now(draft)["everyday_words"]) == ("甲起的名字", ["开饭店"])


def test_lists_that_both_wrote_in_can_be_kept_both(draft: Edition, first: Client, second: Client) -> None:
    sent = whole_page(first, "conditions", draft)
    rows = sent["conditions[]"]
    post(first, "conditions", {**sent, "conditions[]": [*rows, "n1"], "conditions.n1": "甲的条件"})
    answer = post(second, "conditions", {**sent, "conditions[]": [*rows, "n1"], "conditions.n1": "乙的条件"})

    carried = {"document": answer.context["document"], "conflicts": answer.context["carried"], "base": 2}  # type: ignore[attr-defined]
    second.post(reverse("catalog:edit_settle", args=[FOOD, "conditions"]), {**carried, "choice_0": "both"})

    assert now(draft)["conditions"][-2:] == ["甲的条件", "乙的条件"]


def test_a_conflict_that_was_tampered_with_is_refused(draft: Edition, first: Client) -> None:
    settle = reverse("catalog:edit_settle", args=[FOOD, "basic"])
    for sent in ({}, {"document": "[]", "conflicts": "[]", "base": 1}, {"document": "{", "conflicts": "[]", "base": 1}):
        assert first.post(settle, sent).status_code == 422


def test_the_checks_answer_beside_the_fields_and_save_nothing(draft: Edition, first: Client) -> None:
    sent = whole_page(first, "materials", draft)

    answer = first.post(
        reverse("catalog:edit_check", args=[FOOD, "materials"]), {**sent, "materials.r2.name": "其他材料"}
    )

    told = json.loads(answer.content)
    assert "其他材料" in told["findings"]["materials.r2.name"]
    assert "<mark>" in told["findings"]["materials.r2.name"]
    assert told["sections"]["materials"][0] > 0
    assert draft.revisions.count() == 1


def test_a_file_goes_into_the_files_room_and_into_the_draft(draft: Edition, first: Client) -> None:
    file = SimpleUploadedFile("空白表.pdf", PDF)
    sent = whole_page(first, "materials", draft)

    shown: Any = post(
        first, "materials", sent, op="attach|materials.r0.blank_form", **{"materials.r0.blank_form.upload": file}
    )
    stored = StoredFile.objects.get()
    assert "已上传，保存后生效" in shown.content.decode()
    post(
        first,
        "materials",
        sent,
        **{"materials.r0.blank_form.file": signed(str(stored.pk)), "materials.r0.blank_form.name": "空白表"},
    )

    assert now(draft)["materials"][0]["blank_form"]["file"] == str(stored.pk)
    address = reverse("catalog:edit_attachment", args=[FOOD, stored.pk])
    assert b"".join(first.get(address).streaming_content) == PDF  # type: ignore[attr-defined]
    refused = post(
        first, "materials", sent, **{"materials.r0.sample.upload": SimpleUploadedFile("x.exe", b"MZ nothing")}
    )
    assert "不支持这种文件" in refused.content.decode()
    assert StoredFile.objects.count() == 1


def test_a_file_that_was_not_uploaded_here_can_not_be_named(draft: Edition, first: Client) -> None:
    """A citizen's paper, say, whose id somebody came to know."""
    strange = store(name="身份证.pdf", content=PDF, by=SYSTEM, at=AT, about="case:1")
    sent = whole_page(first, "materials", draft)

    for held in (str(strange.pk), f"{strange.pk}:forged"):
        named = {"materials.r0.blank_form.file": held, "materials.r0.blank_form.name": "表"}
        post(first, "materials", sent, **named)

    assert not now(draft)["materials"][0]["blank_form"].get("file")
    assert first.get(reverse("catalog:edit_attachment", args=[FOOD, strange.pk])).status_code == 404


@pytest.mark.parametrize(
    "garbage", ["文字", 7, True, None, [], {}, ["文字", 3, None], [{"name": 5, "x": [1]}], {"rows": "x"}]
)
def test_a_draft_that_says_nonsense_can_still_be_opened_and_mended(draft: Edition, first: Client, garbage: Any) -> None:
    """A file may bring anything into a draft."""
    nonsense = dict.fromkeys(draft.document, garbage) | {"slug": FOOD}
    commands.save_draft(draft, nonsense, base=1, by=SYSTEM, at=AT)

    for each in SECTIONS:
        shown = first.get(section(each.key))
        assert shown.status_code == 200
        sent = Form(shown.content.decode()).sent
        assert page_of(each.key, now(draft), Entries(sent)).mine == draft.document
    post(first, "basic", Form(first.get(section("basic")).content.decode()).sent, name="新名字")
    assert now(draft)["name"] == "新名字"


def test_a_draft_goes_back_to_an_earlier_saving(draft: Edition, first: Client) -> None:
    was = draft.document["name"]
    post(first, "basic", whole_page(first, "basic", draft), name="改过的名字")
    address = reverse("catalog:edit_restore", args=[FOOD, 1])

    asked, listed = first.get(address), first.get(reverse("catalog:edit_revisions", args=[FOOD]))
    assert now(draft)["name"] == "改过的名字"
    assert "事项名称" in listed.content.decode()
    first.post(address)

    assert asked.status_code == 200
    assert now(draft)["name"] == was


def test_what_was_typed_is_there_again_after_signing_in(draft: Edition, first: Client) -> None:
    sent = whole_page(first, "fee", draft) | {"fee.standard": "每件五十元"}
    lost = Client()
    assert lost.post(section("fee"), sent).status_code == 302
    user: User = identity.staff("editor")
    session = lost.session
    kept = dict(session.items())
    lost.force_login(user, backend="yimen.identity.access.AnyName")
    session = lost.session
    session.update({"typed": kept["typed"]})
    session.save()

    assert "每件五十元" in lost.get(section("fee")).content.decode()
    draft.refresh_from_db()
    assert draft.revision == 1


def test_an_edition_under_approval_is_read_only_and_says_why(draft: Edition, first: Client) -> None:
    sent = whole_page(first, "basic", draft)
    Edition.objects.filter(pk=draft.pk).update(state="checked")

    shown = first.get(section("basic")).content.decode()

    assert "审核期间不能修改" in shown
    assert 'name="op"' not in shown.replace('aria-hidden="true"', "").split("<fieldset")[1]
    assert post(first, "basic", sent, name="偷偷改").status_code == 409


def test_a_new_item_begins_with_a_few_words_and_an_address_from_its_pinyin(draft: Edition, first: Client) -> None:
    agency = Item.objects.get(slug=FOOD).agency
    held = {"name": "小餐饮登记（新办）", "slug": "", "agency": agency.pk, "kind": "行政许可", "case_type": "承诺件"}

    answer = first.post(reverse("catalog:new_item"), held)
    again = first.post(reverse("catalog:new_item"), held)

    assert answer.headers["Location"] == reverse("catalog:edit", args=["xiao-can-yin-deng-ji-xin-ban"])
    made = Edition.objects.get(item__slug="xiao-can-yin-deng-ji-xin-ban")
    assert (made.state, made.document["name"], made.document["agency"]) == ("draft", "小餐饮登记（新办）", agency.code)
    assert again.status_code == 409
    lacking = first.get(reverse("catalog:preview", args=[made.item.slug])).content.decode()
    assert "还不能预览" in lacking
    for key in ("basic", "materials", "limits", "fee", "manual"):
        assert first.get(section(key, made.item.slug)).status_code == 200


GET = ("edit", "edit_revisions", "preview")


@pytest.mark.parametrize(
    ("duty", "reads", "writes"),
    [
        ("editor", 200, True),
        ("staffing", 200, False),
        ("legal", 200, False),
        ("administrator", 200, False),
        ("clerk", 403, False),
    ],
)
def test_who_may_open_and_who_may_write(draft: Edition, first: Client, duty: str, reads: int, writes: bool) -> None:
    client = signed_in(duty)
    sent = whole_page(first, "basic", draft) | {"name": "改"}

    for name in GET:
        assert client.get(reverse(f"catalog:{name}", args=[FOOD]), follow=True).status_code == reads
    shown = client.get(section("basic"))
    assert shown.status_code == reads
    if reads == 200 and not writes:
        assert "只有" in shown.content.decode()
    posts = [
        (section("basic"), 302), (reverse("catalog:edit_check", args=[FOOD, "basic"]), 200),
        (reverse("catalog:edit_differs", args=[FOOD, "basic"]), 200), (reverse("catalog:edit_begin", args=[FOOD]), 302),
        (reverse("catalog:edit_restore", args=[FOOD, 1]), 302),
    ]  # fmt: skip
    for address, allowed in posts:
        assert client.post(address, sent).status_code == (allowed if writes else 403), address
    assert client.get(reverse("catalog:new_item")).status_code == (200 if writes else 403)


def test_an_editor_of_another_agency_reads_only(draft: Edition) -> None:
    from tests.builders import city

    elsewhere = identity.staff(post=city.post("editor", agency=city.agency("GA"), reach="agency"))
    client = Client()
    client.force_login(elsewhere, backend="yimen.identity.access.AnyName")

    assert "您可以查看" in client.get(section("basic")).content.decode()
    assert client.post(section("basic"), {"name": "改", "base": 1}).status_code == 403
    assert client.post(reverse("catalog:edit_begin", args=[FOOD])).status_code == 403
    assert now(draft)["name"] != "改"


def test_without_a_draft_one_is_offered_and_nothing_can_be_saved() -> None:
    catalog.item(FOOD)
    client = signed_in()

    assert "起草新的版本" in client.get(reverse("catalog:edit", args=[FOOD])).content.decode()
    assert client.post(section("basic"), {"name": "改"}).status_code == 404
    assert client.get(section("no-such-section")).status_code == 404
    client.post(reverse("catalog:edit_begin", args=[FOOD]))
    assert client.get(section("basic")).status_code == 200
    assert commands.begin_draft(Item.objects.get(slug=FOOD), by=SYSTEM, at=AT).revision == 1
