"""What is wrong with an upload is told in its cell; what is no upload is refused; who may."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.builders import catalog, city, identity
from tests.builders.city import AT
from tests.builders.uploads import ONE, TWO, faults, sent, several, with_item, workbook_of, zipped
from tests.builders.workbook import changed, full, typed
from yimen.catalog import commands
from yimen.catalog.choices import EditionState, UploadState
from yimen.catalog.commands.uploading.judging import place_of
from yimen.catalog.models import Edition, Item, Upload
from yimen.catalog.queries import uploads
from yimen.catalog.queries.uploads.agencies import agency_to_export
from yimen.identity.models import User
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, NotFound, Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return identity.staff("editor", post=city.post("editor", agency=city.agency()))


@pytest.fixture
def by(editor: User) -> Actor:
    return identity.actor(editor)


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
    content = with_item(workbook_of(catalog.small()), catalog.small(slug="new-item", agency=city.agency().code))
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


@pytest.mark.parametrize(
    ("content", "where", "reason"),
    [
        (b"[", "", "不是有效的 JSON"),
        (b"[]", "", "文件里没有事项"),
        (json.dumps([ONE, TWO | {"vists": 1}]).encode(), "[1].vists", "不认识的字段"),
        (json.dumps([ONE, ONE]).encode(), "[1].slug", "已经出现过"),
        (json.dumps([ONE, 5]).encode(), "[1]", "应为对象"),
        (zipped(one=ONE, two=TWO | {"name": ""}), "items/two.json name", "不能为空"),
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


def test_a_place_is_read_from_its_words() -> None:
    assert place_of("materials[2].blank_form.name") == ("materials", 2, "blank_form", "name")
    assert place_of("（整个文件）") == ()
