"""The desk of packages: written by names, checked while typing, nothing lost to a colleague, sent to the offices."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.builders import catalog, identity
from tests.builders.city import AT, SYSTEM
from yimen.catalog.choices import EditionState, PackageDocument
from yimen.catalog.commands import packaging as commands
from yimen.catalog.models import Edition, PackageDraft
from yimen.catalog.queries import packaging
from yimen.catalog.queries.packaging import writing
from yimen.kit.time import day_of, now
from yimen.ui import inputs

pytestmark = pytest.mark.django_db

TODAY = day_of(now()).isoformat()
QUESTIONS = [{"name": "biz_form", "label": "经营主体形式"}, {"name": "sell", "label": "是否零售烟草"}]


def raw(code="disability-services"):
    rows = json.loads((catalog.FOLDER / "packages.json").read_text("utf-8"))
    return next(row for row in rows if row["code"] == code)


@pytest.fixture
def package():
    document = PackageDocument.model_validate(raw())
    for slug in document.slugs:
        catalog.item(slug)
    return commands.release_package(document, by=SYSTEM, at=AT)


@pytest.fixture
def editor(client):
    user = identity.staff("editor")
    client.force_login(user, backend="yimen.identity.access.AnyName")
    return client


def posted(document, **more):
    """A document as its form posts it."""
    found = {}
    for field in writing.every_field(document):
        if field["kind"] == "table":
            found[f"{field['name']}__rows"] = str(len(field["value"]))
            for row, values in enumerate(field["value"]):
                found |= {f"{field['name']}__{row}__{name}": value for name, value in values.items()}
        else:
            found[field["name"]] = field["value"]
    return found | {"revision": str(PackageDraft.objects.get(code=document["code"]).revision)} | more


def test_conditions_are_written_in_words_and_read_back():
    for said, meant in (
        ("经营主体形式=企业", "biz_form == '企业'"),
        ("经营主体形式=企业/个体工商户", "biz_form in ['企业', '个体工商户']"),
        ("经营主体形式＝企业 且 是否零售烟草=是", "biz_form == '企业' and sell == '是'"),
        ("", None),
        ("not (biz_form == '企业')", "not (biz_form == '企业')"),
    ):
        assert writing.condition_from_words(said, QUESTIONS) == meant
    assert writing.condition_in_words("(biz_form == '企业') and (sell == '是')", QUESTIONS) == (
        "经营主体形式=企业 且 是否零售烟草=是"
    )


@pytest.mark.parametrize("code", ["disability-services", "open-restaurant", "construction-project"])
def test_a_document_survives_the_form(code, db):
    document = raw(code)
    for item in document["items"]:
        catalog.item(item["slug"])
    values = writing.values_of(document)

    assert PackageDocument.model_validate(writing.document_of(values, document)) == PackageDocument.model_validate(
        document
    )


def test_what_is_released_is_shown_with_its_merging_versions_and_story(editor, package):
    shown = editor.get(reverse("catalog:package", args=[package.code])).content.decode()

    assert "第 1 版" in shown
    assert "最长的路" in shown
    assert "合并的材料" in shown
    assert "看起来一样，没有合并" in shown
    assert "残疾人服务" in editor.get(reverse("catalog:packages")).content.decode()


def test_an_editor_changes_and_sends_it_to_the_offices(editor, package):
    editor.post(reverse("catalog:package_begin", args=[package.code]))
    url = reverse("catalog:package_draft", args=[package.code])
    changed = raw() | {"description": "改过的说明。"}

    saved = editor.post(url, posted(changed))
    on = editor.post(url, posted(changed, do="submit"))
    sent = editor.post(on["Location"], {"planned_from": TODAY, "note": "说明更清楚"})

    assert (saved.status_code, on["Location"]) == (302, reverse("catalog:package_submit", args=[package.code]))
    assert sent.status_code == 302, sent.content.decode()
    held = PackageDraft.objects.get(code=package.code)
    assert (held.state, held.note, held.agency) == ("checked", "说明更清楚", packaging.lead_agency("CL"))
    assert packaging.find_package(package.code).version == 1
    shown = editor.get(url).content.decode()
    assert "已送审，等机构编制部门审核。" in shown
    assert "改过的说明。" in shown
    assert "撤回" in shown
    assert 'name="description"' not in shown
    assert editor.post(url, posted(changed)).status_code == 409


def test_what_is_wrong_is_said_while_typing_and_does_not_reach_the_offices(editor, package):
    editor.post(reverse("catalog:package_begin", args=[package.code]))
    broken = raw()
    broken["items"][0]["when"] = "nobody == '是'"
    broken["items"][1]["slug"] = "no-such-item"

    told = editor.post(reverse("catalog:package_check", args=[package.code]), posted(broken)).content.decode()
    editor.post(reverse("catalog:package_draft", args=[package.code]), posted(broken, do="submit"))
    refused = editor.post(
        reverse("catalog:package_submit", args=[package.code]), {"planned_from": TODAY, "note": "试试"}
    )

    assert "事项第 1 行：什么情形要办" in told
    assert "没有事项“no-such-item”" in told
    assert refused.status_code == 422
    assert "没有事项“no-such-item”" in refused.content.decode()
    held = PackageDraft.objects.get(code=package.code)
    assert (held.state, held.document["items"][1]["slug"]) == ("draft", "no-such-item")


def test_a_colleague_who_saved_meanwhile_is_named_and_nothing_typed_is_lost(editor, package):
    editor.post(reverse("catalog:package_begin", args=[package.code]))
    mine = posted(raw() | {"description": "我的说明。"})
    draft = PackageDraft.objects.get(code=package.code)
    other = identity.actor(identity.staff("editor", name="何静"))
    commands.save_package_draft(
        raw() | {"description": "对方的说明。"}, code=package.code, revision=draft.revision, by=other, at=AT
    )
    url = reverse("catalog:package_draft", args=[package.code])

    conflict = editor.post(url, mine)

    assert conflict.status_code == 409
    assert "我的说明。" in conflict.content.decode()
    assert PackageDraft.objects.get(code=package.code).document["description"] == "对方的说明。"
    assert editor.post(url, mine | {"over": "1"}).status_code == 302
    assert PackageDraft.objects.get(code=package.code).document["description"] == "我的说明。"


def test_the_author_says_what_is_one_and_takes_it_back(editor, package):
    editor.post(reverse("catalog:package_begin", args=[package.code]))
    url = reverse("catalog:package_draft", args=[package.code])
    two = "fields|disability-subsidies.bank_account|resident-pension-enrol.bank_account"
    before = len(packaging.preview(PackageDocument.model_validate(raw())).form.fields)

    editor.post(url, posted(raw(), join=two))
    held = PackageDraft.objects.get(code=package.code).document

    assert held["same_fields"] == [two.split("|")[1:]]
    assert len(packaging.preview(PackageDocument.model_validate(held)).form.fields) == before - 1
    editor.post(url, posted(held, undo="same_fields|0"))
    assert PackageDraft.objects.get(code=package.code).document["same_fields"] == []


def test_a_row_is_added_without_a_script_and_nothing_is_saved_by_it(editor, package):
    editor.post(reverse("catalog:package_begin", args=[package.code]))
    url = reverse("catalog:package_draft", args=[package.code])

    shown = editor.post(url, posted(raw() | {"description": "还没保存"}, add_row="questions")).content.decode()

    assert 'name="questions__3__label"' in shown
    assert "还没保存" in shown
    assert PackageDraft.objects.get(code=package.code).document["description"] != "还没保存"


def test_a_package_goes_down_as_a_file_and_comes_up_as_a_draft(editor, package):
    body = editor.get(reverse("catalog:package_document", args=[package.code, 1])).content
    sent = SimpleUploadedFile("p.json", body, content_type="application/json")

    up = editor.post(reverse("catalog:package_new"), {"file": sent, "over": "1"})
    bad = editor.post(reverse("catalog:package_new"), {"file": SimpleUploadedFile("p.json", b"[1]")})

    assert up.status_code == 302
    assert PackageDocument.model_validate(PackageDraft.objects.get(code=package.code).document) == package.doc
    assert bad.status_code == 422


def test_a_new_package_needs_a_name_and_a_code_of_its_own(editor, package):
    url = reverse("catalog:package_new")

    assert editor.post(url, {"name": "", "code": "Schlecht!"}).status_code == 422
    assert editor.post(url, {"name": "又一个", "code": package.code}).status_code == 422
    assert editor.post(url, {"name": "我要开店", "code": "open-shop"}).status_code == 302
    assert editor.get(reverse("catalog:package_draft", args=["open-shop"])).status_code == 200


def test_taking_a_package_out_of_use_is_proposed_with_a_reason(editor, package):
    url = reverse("catalog:package_end", args=[package.code])

    assert editor.post(url, {"planned_from": TODAY, "reason": " "}).status_code == 422
    assert editor.post(url, {"planned_from": TODAY, "reason": "政策调整"}).status_code == 302
    assert [line.code for line in packaging.package_lines()] == [package.code]
    assert "有人提出停用它" in editor.get(reverse("catalog:package", args=[package.code])).content.decode()
    assert "政策调整" in editor.get(reverse("catalog:package_draft", args=[package.code])).content.decode()


def test_offices_read_and_only_editors_write(client, package):
    for duty, reads, writes in (("legal", 200, 403), ("staffing", 200, 403), ("clerk", 403, 403)):
        client.force_login(identity.staff(duty), backend="yimen.identity.access.AnyName")
        assert client.get(reverse("catalog:packages")).status_code == reads
        assert client.get(reverse("catalog:package", args=[package.code])).status_code == reads
        assert client.get(reverse("catalog:package_new")).status_code == writes
        assert client.post(reverse("catalog:package_begin", args=[package.code])).status_code == writes
        assert client.post(reverse("catalog:package_end", args=[package.code])).status_code == writes


def test_the_form_reads_what_its_fields_post(db):
    from django.http import QueryDict

    post = QueryDict(mutable=True)
    post.update({"questions__rows": "1", "questions__0__label": "问", "questions__0__choices": "甲、乙、甲"})

    values = inputs.read(post, writing.every_field({}))

    assert writing.document_of(values, {})["questions"] == [{"name": "", "label": "问", "choices": ["甲", "乙"]}]


def test_a_released_package_whose_item_can_no_longer_be_applied_for_says_so(editor, package):
    Edition.objects.filter(item__slug="social-security-card").update(state=EditionState.SUSPENDED)

    shown = editor.get(reverse("catalog:package", args=[package.code])).content.decode()

    assert "现在有问题，请修改后重新送审" in shown
    assert "事项第 4 行" in shown
