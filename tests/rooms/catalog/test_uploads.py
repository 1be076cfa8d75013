"""An upload is looked at whole, reported cell by cell, and loaded all or not at all, as drafts."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from tests.builders import catalog, city, identity, jobs
from tests.builders.city import AT
from tests.builders.workbook import changed, full, stored, typed
from yimen.catalog import commands, queries
from yimen.catalog.choices import EditionState, PassageKind, UploadState
from yimen.catalog.commands.uploading import loading
from yimen.catalog.commands.uploading.judging import place_of
from yimen.catalog.models import Edition, Item, Passage, Revision, Upload
from yimen.catalog.queries import uploads
from yimen.catalog.queries.uploads.agencies import agency_to_export
from yimen.identity.models import User
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, NotFound, Refusal
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db
SLUG = "small-item"


@pytest.fixture
def editor() -> User:
    return identity.staff("editor", post=city.post("editor", agency=city.agency()))


@pytest.fixture
def by(editor: User) -> Actor:
    return identity.actor(editor)


def workbook_of(*documents: dict[str, Any]) -> bytes:
    """The agency's workbook with these items released."""
    for document in documents:
        catalog.release(document)
    return uploads.agency_workbook(city.agency(), at=AT)


def sent(content: bytes, by: Actor, name: str = "事项.xlsx") -> Upload:
    """Taken in, and looked at by the worker."""
    begun = commands.begin_upload(content, name=name, by=by, at=AT)
    jobs.run()
    return Upload.objects.get(pk=begun.pk)


def loaded(upload: Upload, by: Actor) -> Upload:
    commands.confirm_upload(upload, by=by, at=AT)
    jobs.run()
    return Upload.objects.get(pk=upload.pk)


def faults(upload: Upload) -> list[tuple[str, str]]:
    return [(each["where"], each["reason"]) for each in upload.problems]


def draft(slug: str = SLUG) -> Edition:
    return Edition.objects.get(item__slug=slug, state=EditionState.DRAFT)


def several(count: int) -> list[dict[str, Any]]:
    return [catalog.small(slug=f"item-{number:02d}", name=f"事项{number}") for number in range(count)]


def test_a_changed_cell_becomes_a_draft_and_what_is_in_force_stays(by: Actor) -> None:
    content = typed(workbook_of(full()), "事项", "事项名称", "新名字")

    upload = loaded(sent(content, by), by)

    assert (upload.state, upload.counts) == (UploadState.LOADED, {"new": 0, "changed": 1, "unchanged": 0})
    assert draft().document == stored(full(name="新名字"))
    assert queries.current(SLUG).doc.name == "小事项"


def test_the_draft_knows_where_it_came_from(by: Actor) -> None:
    content = typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字")

    upload = loaded(sent(content, by), by)

    made = draft()
    assert (made.version, made.revision, made.base) == (2, 1, queries.current(SLUG))
    assert Passage.objects.get(edition=made).kind == PassageKind.BEGUN
    assert "事项.xlsx" in Passage.objects.get(edition=made).reason
    assert Revision.objects.get(edition=made).saved_by_name == by.name
    assert [line.verb for line in story("item:small-item")][-1] == "draft_loaded"
    verbs = [line.verb for line in story(f"upload:{upload.pk}")]
    assert verbs == ["upload_begun", "upload_checked", "upload_confirmed", "upload_loaded"]


def test_an_export_brings_nothing_new(by: Actor) -> None:
    upload = sent(workbook_of(*several(3), full()), by)

    assert (upload.state, upload.counts) == (UploadState.READY, {"new": 0, "changed": 0, "unchanged": 4})
    with pytest.raises(commands.NotConfirmable):
        commands.confirm_upload(upload, by=by, at=AT)


def test_all_researched_items_come_back_unchanged_through_the_worker(by: Actor) -> None:
    everywhere = identity.actor(identity.staff("editor"))
    for slug in catalog.slugs()[:12]:
        catalog.item(slug)
    contents = [uploads.item_workbook(slug, at=AT) for slug in catalog.slugs()[:12]]

    found = [sent(content, everywhere).counts for content in contents]

    assert found == [{"new": 0, "changed": 0, "unchanged": 1}] * 12


def test_a_new_row_is_a_new_item(by: Actor) -> None:
    content = workbook_of(catalog.small())
    document = catalog.small(slug="new-item", name="新事项", agency=city.agency().code)
    content = _with_item(content, document)

    upload = loaded(sent(content, by), by)

    assert upload.counts == {"new": 1, "changed": 0, "unchanged": 1}
    assert (draft("new-item").version, draft("new-item").document["name"]) == (1, "新事项")
    assert Item.objects.get(slug="new-item").agency == city.agency()


def test_a_draft_in_the_making_is_gone_on_with(by: Actor) -> None:
    catalog.release(catalog.small())
    begun = commands.begin_draft(Item.objects.get(), by=by, at=AT)
    commands.save_draft(begun, {**begun.document, "name": "草稿名"}, base=1, by=by, at=AT)
    content = typed(uploads.agency_workbook(city.agency(), at=AT), "事项", "数量限制", "100")

    loaded(sent(content, by), by)

    assert (draft().version, draft().revision) == (2, 3)
    assert (draft().document["name"], draft().document["quota"]) == ("草稿名", "100")


def test_one_bad_cell_in_the_last_row_and_nothing_is_loaded(by: Actor) -> None:
    content = workbook_of(*several(4))
    for row in (2, 3, 4):
        content = typed(content, "事项", "事项名称", f"新名字{row}", row)
    content = typed(content, "事项", "承诺办结时限", "很快", 5)

    upload = sent(content, by)

    assert upload.state == UploadState.BAD
    assert faults(upload) == [("事项!M5", "应为整数，现在是“很快”")]
    assert not Edition.objects.filter(state=EditionState.DRAFT).exists()
    assert not upload.items.exists()
    with pytest.raises(commands.NotConfirmable):
        commands.confirm_upload(upload, by=by, at=AT)


def test_a_fault_while_the_last_item_is_loaded_undoes_the_others(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook_of(*several(4))
    for row in (2, 3, 4, 5):
        content = typed(content, "事项", "事项名称", f"新名字{row}", row)
    upload = sent(content, by)
    commands.confirm_upload(upload, by=by, at=AT)
    told = loading.record

    def break_off(chain: str, *facts: Any, **more: Any) -> None:
        if chain == "item:item-03":
            raise IntegrityError("the disk is full")
        told(chain, *facts, **more)

    monkeypatch.setattr(loading, "record", break_off)
    with pytest.raises(IntegrityError):
        jobs.run()

    found = Upload.objects.get(pk=upload.pk)
    assert found.state == UploadState.BAD
    assert "没有导入任何内容" in found.refused
    assert not Edition.objects.filter(state=EditionState.DRAFT).exists()


@pytest.mark.parametrize(
    ("sheet", "head", "value", "where", "reason"),
    [
        ("事项", "事项名称", None, "事项!B2", "这一格必须填写"),
        ("事项", "事项类型", "许可", "事项!D2", "只能是 行政许可"),
        ("事项", "实施主体", "nobody", "事项!F2", "没有部门“nobody”"),
        ("事项", "到现场次数", 99, "事项!Q2", "不能大于 20"),
        ("事项", "承诺办结时限", 30, "事项!M2", "长于法定时限"),
        ("材料", "材料编号", "第一", "材料!C2", "只能用小写英文字母"),
        ("材料", "电子证照类型", "no-kind", "材料!M2", "没有证照类型“no-kind”"),
        ("材料", "出现条件", "nowhere == true", "材料!Y2", "条件引用了不存在的字段"),
        ("材料", "空白表格文件编号", "0b9b9b9b-0000-4000-8000-000000000001", "材料!AB2", "没有这个文件"),
        ("表单字段", "选项", None, "表单字段!G4", "选择题"),
        ("常见问题", "解答", None, "常见问题!D2", "这一格必须填写"),
        ("办理结果", "结果类型", "奖状", "办理结果!D2", "只能是 证照、批文、其他"),
    ],
)
def test_what_the_checks_find_is_told_in_its_cell(
    by: Actor, sheet: str, head: str, value: Any, where: str, reason: str
) -> None:
    upload = sent(typed(workbook_of(full()), sheet, head, value, 4 if where.endswith("4") else 2), by)

    assert [each[0] for each in faults(upload)] == [where]
    assert reason in faults(upload)[0][1]
    assert not any(word in faults(upload)[0][1] for word in ("choices", "promised_days", "[", "pattern"))


def test_steps_that_are_missing_are_told_at_the_item(by: Actor) -> None:
    content = workbook_of(catalog.small())

    upload = sent(
        changed(content, "环节", "A2", None, *(("环节", f"{c}{r}", None) for c in "ABCDEFG" for r in (2, 3, 4))), by
    )

    assert faults(upload) == [("事项!A2", "“环节”表中没有这个事项的行，至少要有一行")]


def test_a_column_that_a_new_item_needs_is_named(by: Actor) -> None:
    content = _with_item(workbook_of(catalog.small()), catalog.small(slug="new-item", agency=city.agency().code))
    without = changed(content, "事项", "D1", None, ("事项", "D2", None), ("事项", "D3", None))

    upload = sent(without, by)

    assert faults(upload) == [("事项!A3", "工作簿里没有“事项类型”列，新的内容必须有")]


def test_of_many_problems_the_first_are_kept_and_all_are_counted(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    from yimen.catalog.commands.uploading import examining

    monkeypatch.setattr(examining, "MOST_PROBLEMS", 2)
    content = workbook_of(*several(5))
    for row in range(2, 7):
        content = typed(content, "事项", "到现场次数", "多次", row)

    upload = sent(content, by)

    assert (len(upload.problems), upload.problem_count) == (2, 5)


def test_items_of_other_agencies_are_refused(by: Actor) -> None:
    other = city.agency("WJ")
    catalog.release(catalog.small(department="WJ"), agency=other)
    content = typed(uploads.agency_workbook(other, at=AT), "事项", "事项名称", "我的了")

    upload = sent(content, by)

    assert upload.state == UploadState.BAD
    assert any("您的岗位不能编制" in reason for _where, reason in faults(upload))


def test_an_item_cant_be_taken_from_another_agency(by: Actor) -> None:
    city.agency()
    catalog.release(catalog.small(department="WJ"), agency=city.agency("WJ"))

    upload = sent(json.dumps(catalog.small(agency=city.agency().code)).encode(), by, "a.json")

    assert [where for where, _reason in faults(upload)] == ["slug"]
    assert "您的岗位不能修改" in faults(upload)[0][1]


def test_whoever_lost_the_post_meanwhile_loads_nothing(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = sent(typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字"), by)
    commands.confirm_upload(upload, by=by, at=AT)
    monkeypatch.setattr("yimen.catalog.reactions.actor_for", lambda user, at: Actor(user=user.pk, name="前任"))

    jobs.run()

    assert "只有本部门" in Upload.objects.get(pk=upload.pk).refused
    assert not Edition.objects.filter(state=EditionState.DRAFT).exists()


def test_what_is_before_the_offices_isnt_changed_under_their_hands(by: Actor) -> None:
    content = typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字")
    begun = commands.begin_draft(Item.objects.get(), by=by, at=AT)
    Edition.objects.filter(pk=begun.pk).update(state=EditionState.CHECKED)

    upload = sent(typed(content, "事项", "版本", None), by)

    assert [where for where, _reason in faults(upload)] == ["事项!A2"]
    assert "已经送审" in faults(upload)[0][1]


def test_an_older_export_doesnt_overwrite_what_came_since(by: Actor) -> None:
    content = typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字")
    catalog.release(catalog.small(name="别人的名字"))

    upload = sent(content, by)

    assert [where for where, _reason in faults(upload)] == ["事项!C2"]
    assert "下载之后这个事项有了新的内容" in faults(upload)[0][1]


def test_what_came_between_check_and_loading_stops_all_of_it(by: Actor) -> None:
    content = workbook_of(*several(3))
    for row in (2, 3, 4):
        content = typed(content, "事项", "事项名称", f"新名字{row}", row)
    upload = sent(content, by)
    catalog.release(catalog.small(slug="item-01", name="别人的名字"))

    found = loaded(upload, by)

    assert found.refused == "检查之后，“新名字3”又有了新的内容，全部没有导入。请重新下载、修改后再上传。"
    assert not Edition.objects.filter(state=EditionState.DRAFT).exists()


def test_of_two_uploads_about_one_agency_the_second_waits(by: Actor) -> None:
    content = workbook_of(*several(2))
    first = sent(typed(content, "事项", "事项名称", "甲"), by)
    second = sent(typed(content, "事项", "事项名称", "乙", 3), by)
    commands.confirm_upload(first, by=by, at=AT)
    Upload.objects.filter(pk=first.pk).update(moved_at=AT)

    with pytest.raises(commands.AgencyBusy):
        commands.confirm_upload(second, by=by, at=AT)

    jobs.run()
    assert loaded(second, by).state == UploadState.LOADED


def test_after_a_worker_that_died_it_begins_anew_and_nothing_was_loaded(by: Actor) -> None:
    upload = sent(typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字"), by)
    commands.confirm_upload(upload, by=by, at=AT)
    jobs.forget()
    later = AT + timedelta(minutes=5)

    with pytest.raises(commands.StillWorking):
        commands.restart_upload(upload, by=by, at=AT)
    assert not Edition.objects.filter(state=EditionState.DRAFT).exists()
    commands.restart_upload(upload, by=by, at=later)
    jobs.run()

    assert Upload.objects.get(pk=upload.pk).state == UploadState.LOADED
    assert draft().document["name"] == "新名字"


def test_a_second_loading_of_the_same_upload_does_nothing(by: Actor) -> None:
    upload = loaded(sent(typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字"), by), by)

    commands.load_upload(upload, by=by, at=AT)

    assert Edition.objects.filter(state=EditionState.DRAFT).count() == 1


def test_given_up_it_loads_nothing_and_cant_be_confirmed(by: Actor) -> None:
    upload = sent(typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字"), by)

    commands.drop_upload(upload, by=by, at=AT)

    with pytest.raises(commands.NotConfirmable):
        commands.confirm_upload(upload, by=by, at=AT)
    assert not upload.items.exists()


def _zip(**documents: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, document in documents.items():
            archive.writestr(f"items/{name}.json", json.dumps(document))
    return buffer.getvalue()


ONE, TWO = catalog.small(slug="one", name="一"), catalog.small(slug="two", name="二")


@pytest.mark.parametrize(
    "content", [json.dumps(ONE).encode(), b"\xef\xbb\xbf" + json.dumps([ONE, TWO]).encode(), _zip(one=ONE, two=TWO)]
)
def test_json_comes_alone_in_a_list_or_as_a_folder(by: Actor, content: bytes) -> None:
    upload = loaded(sent(content, by, "a.json"), by)

    assert upload.state == UploadState.LOADED
    assert draft("one").document == stored(ONE)


def test_the_whole_catalogue_goes_out_and_brings_nothing_new(by: Actor) -> None:
    workbook_of(full(), *several(2))

    upload = sent(uploads.whole_catalogue(), by, "事项目录.zip")

    assert upload.counts == {"new": 0, "changed": 0, "unchanged": 3}


@pytest.mark.parametrize(
    ("content", "where", "reason"),
    [
        (b"[", "", "不是有效的 JSON"),
        (b"[]", "", "文件里没有事项"),
        (json.dumps([ONE, TWO | {"vists": 1}]).encode(), "[1].vists", "不认识的字段"),
        (json.dumps([ONE, ONE]).encode(), "[1].slug", "已经出现过"),
        (json.dumps([ONE, 5]).encode(), "[1]", "应为对象"),
        (_zip(one=ONE, two=TWO | {"name": ""}), "items/two.json name", "不能为空"),
    ],
)
def test_a_fault_in_json_has_its_place_and_stops_all(by: Actor, content: bytes, where: str, reason: str) -> None:
    city.agency()
    upload = sent(content, by, "a.json")

    assert upload.state == UploadState.BAD
    assert [each[0] for each in faults(upload)] == [where]
    assert reason in faults(upload)[0][1]
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.xlsx", "空的"),
        (b"a,b\n1,2\n", "a.xlsx", "CSV"),
        (b"hello", "a.json", "不是 JSON"),
        (b"\x00\x01\x02", "a.xlsx", "不是完整的 Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "另存为 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "密码"),
        (b"PK\x03\x04", "a.xlsx", "不是完整的 Excel"),
    ],
)
def test_what_is_no_upload_is_refused_at_the_door(by: Actor, content: bytes, name: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        commands.begin_upload(content, name=name, by=by, at=AT)

    assert not Upload.objects.exists()


def test_a_file_that_breaks_while_it_is_read_is_refused_in_words(by: Actor) -> None:
    content = bytearray(workbook_of(catalog.small()))
    middle = content.index(b"xl/worksheets/sheet2.xml") + 200
    content[middle : middle + 100] = b"\0" * 100

    upload = sent(bytes(content), by)

    assert (upload.state, upload.refused[:5]) == (UploadState.BAD, "这不是完整")


@pytest.mark.parametrize("duty", ["clerk", "staffing", "legal", "administrator", "supervisor"])
def test_only_editors_upload(duty: str) -> None:
    other = identity.actor(identity.staff(duty))

    with pytest.raises(Forbidden):
        commands.begin_upload(json.dumps(ONE).encode(), name="a.json", by=other, at=AT)


def test_an_upload_is_seen_by_whoever_sent_it_and_by_editors_of_its_agencies(by: Actor) -> None:
    upload = sent(typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字"), by)
    colleague = identity.actor(identity.staff("editor", post=city.post("editor", agency=city.agency())))
    stranger = identity.actor(identity.staff("editor", post=city.post("editor", agency=city.agency("WJ"))))

    assert [uploads.one_upload(upload.pk, each).pk for each in (by, colleague)] == [upload.pk] * 2
    with pytest.raises(NotFound):
        uploads.one_upload(upload.pk, stranger)
    with pytest.raises(Forbidden):
        commands.confirm_upload(upload, by=stranger, at=AT)


def test_an_agencys_workbook_is_for_those_who_work_on_it(by: Actor) -> None:
    city.agency(), city.agency("WJ")

    assert agency_to_export(city.agency().code, by) == city.agency()
    assert agency_to_export(city.agency("WJ").code, identity.actor(identity.staff("legal"))) == city.agency("WJ")
    with pytest.raises(Forbidden):
        agency_to_export(city.agency("WJ").code, by)


def test_thousands_of_items_cost_few_statements(by: Actor, django_assert_max_num_queries: Any) -> None:
    upload = sent(json.dumps(several(120)).encode(), by, "a.json")

    with django_assert_max_num_queries(25):
        commands.confirm_upload(upload, by=by, at=AT)
        from yimen.catalog.commands.uploading.doing import _load

        _load(Upload.objects.get(pk=upload.pk), lambda *_: None, by=by, at=AT)

    assert Edition.objects.filter(state=EditionState.DRAFT).count() == 120


def test_a_place_is_read_from_its_words() -> None:
    assert place_of("materials[2].blank_form.name") == ("materials", 2, "blank_form", "name")
    assert place_of("（整个文件）") == ()


# -- the pages


@pytest.fixture
def visit(client: Client, editor: User) -> Callable[..., Any]:
    client.force_login(editor, backend="yimen.identity.access.AnyName")

    def go(name: str, *args: Any, **sent: Any) -> Any:
        path = reverse(f"catalog:{name}", args=args)
        return client.post(path, sent["post"]) if "post" in sent else client.get(path, sent or None)

    return go


def file(content: bytes, name: str = "事项.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


def test_from_the_download_to_the_draft(visit: Callable[..., Any]) -> None:
    catalog.release(catalog.small())
    listed = visit("upload").content.decode()
    book = visit("agency_workbook", agency=city.agency().code).content

    answer = visit("upload", post=file(typed(book, "事项", "事项名称", "新名字")))
    number = Upload.objects.get().pk
    waiting = visit("upload_one", number).content.decode()
    bar = visit("upload_progress", number)
    jobs.run()
    over = visit("upload_progress", number)
    ready = visit("upload_one", number).content.decode()
    visit("upload_confirm", number, post={})
    jobs.run()
    done = visit("upload_one", number).content.decode()

    assert f"{city.agency().name}（1 个事项）" in listed
    assert answer["Location"] == reverse("catalog:upload_one", args=[number])
    assert "<progress" in waiting
    assert "HX-Refresh" not in bar
    assert over["HX-Refresh"] == "true"
    assert "导入为草稿" in ready
    assert "小事项" in ready
    assert "新名字" in ready
    assert "已导入为草稿" in done
    assert reverse("catalog:edit", args=[SLUG]) in done
    assert "已导入" in visit("upload").content.decode()


def test_a_bad_workbook_shows_its_cells_and_gives_them_back_red(visit: Callable[..., Any]) -> None:
    import openpyxl

    content = typed(workbook_of(full()), "材料", "材料类型", "表")
    visit("upload", post=file(content))
    jobs.run()
    number = Upload.objects.get().pk

    page = visit("upload_one", number).content.decode()
    marked = openpyxl.load_workbook(io.BytesIO(visit("upload_marked", number).content))
    original = b"".join(visit("upload_file", number).streaming_content)

    assert "材料!E2" in page
    assert "材料类型" in page
    assert "文件有误，没有导入" in page
    assert "导入为草稿</button>" not in page
    assert marked["材料"]["E2"].fill.fgColor.rgb == "FFFFC7CE"
    assert "只能是" in marked["材料"]["E2"].comment.text
    assert original == content


def test_without_a_file_the_field_says_so(visit: Callable[..., Any]) -> None:
    page = visit("upload", post={})

    assert page.status_code == 422
    assert "请选择一个文件" in page.content.decode()


def test_a_wrong_file_is_refused_on_the_page(visit: Callable[..., Any]) -> None:
    page = visit("upload", post=file(b"a,b\n1,2\n"))

    assert page.status_code == 422
    assert "CSV" in page.content.decode()


def test_a_silent_worker_is_told_and_can_be_begun_anew(visit: Callable[..., Any]) -> None:
    catalog.release(catalog.small())
    visit("upload", post=file(uploads.agency_workbook(city.agency(), at=AT)))
    number = Upload.objects.get().pk
    Upload.objects.update(moved_at=AT)

    page = visit("upload_one", number).content.decode()
    visit("upload_restart", number, post={})
    jobs.run()

    assert "后台处理中断了" in page
    assert "没有变化" in visit("upload_one", number).content.decode()


def test_the_other_downloads(visit: Callable[..., Any]) -> None:
    catalog.release(catalog.small())

    answers = [
        visit("empty_workbook"),
        visit("item_workbook", SLUG),
        visit("catalogue"),
        visit("agency_workbook", agency="x"),
    ]

    assert [each.status_code for each in answers] == [200, 200, 200, 404]
    assert zipfile.ZipFile(io.BytesIO(answers[2].content)).namelist() == ["items/small-item.json"]


@pytest.mark.parametrize(
    ("duty", "statuses"),
    [("editor", [200, 200, 200]), ("legal", [403, 200, 200]), ("staffing", [403, 200, 200]),
     ("administrator", [403, 200, 200]), ("clerk", [403, 403, 403])],
)  # fmt: skip
def test_who_may(client: Client, duty: str, statuses: list[int]) -> None:
    catalog.release(catalog.small())
    client.force_login(identity.staff(duty), backend="yimen.identity.access.AnyName")

    paths = [
        reverse("catalog:upload"),
        reverse("catalog:empty_workbook"),
        reverse("catalog:item_workbook", args=[SLUG]),
    ]

    assert [client.get(path).status_code for path in paths] == statuses


def _with_item(content: bytes, document: dict[str, Any]) -> bytes:
    """A new item's row, and its steps."""
    row = {
        "A": document["slug"], "B": document["name"], "D": document["kind"], "E": document["department"],
        "F": document["agency"], "G": "县", "H": "自然人", "I": document["case_type"], "J": 20, "M": 5, "Q": 0,
        "S": "四级", "V": "否",
    }  # fmt: skip
    cells = [("事项", f"{column}3", value) for column, value in row.items()]
    for place, step in enumerate(document["steps"], 5):
        cells += [
            ("环节", f"A{place}", document["slug"]),
            ("环节", f"C{place}", step["name"]),
            ("环节", f"D{place}", step["role"]),
        ]
    return changed(content, *cells[0], *cells[1:])
