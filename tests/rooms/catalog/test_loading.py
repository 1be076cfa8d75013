"""A city loads its catalogue from a folder; a bad file says what is wrong with it and loads nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.builders import catalog, city
from yimen.catalog.commands import FileReport, load_folder
from yimen.catalog.models import Edition, Item, Package
from yimen.city.models import Division
from yimen.ledger.queries import faults
from yimen.vault.models import LicenceKind

pytestmark = pytest.mark.django_db


def load(folder: Path) -> dict[str, FileReport]:
    return {report.path: report for report in load_folder(folder, by=city.SYSTEM, at=city.AT).files}


def put(folder: Path, document: Any, name: str = "one") -> Path:
    (folder / "items").mkdir(exist_ok=True)
    path = folder / "items" / f"{name}.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document, ensure_ascii=False), "utf-8")
    return path


def test_the_whole_researched_catalogue_loads_and_loading_it_again_does_nothing() -> None:
    first = load(catalog.FOLDER)
    second = load(catalog.FOLDER)

    assert {report.state for report in first.values()} <= {"new", "changed"}
    assert {report.state for report in second.values()} == {"unchanged"}
    assert Edition.objects.filter(state="released", valid_to=None).count() == len(catalog.slugs())
    assert LicenceKind.objects.count() == 56
    assert Package.objects.count() == 7
    assert list(faults()) == []


def test_a_bad_file_is_reported_field_by_field_and_loads_nothing(tmp_path: Path) -> None:
    city.agency("SJ")
    bad = catalog.small(
        materials=[
            {"name": "证", "kind": "证照", "source": "其他", "necessity": "必要", "licence_type": "no_such"},
            {"name": "表", "kind": "申请表格", "source": "其他", "necessity": "也许"},
        ],
        vists=1,
    )
    put(tmp_path, bad, "bad")
    put(tmp_path, catalog.small(slug="good"), "good")

    reports = load(tmp_path)

    assert [(each.field, each.reason) for each in reports["items/bad.json"].problems] == [
        ("materials[1].necessity", "只能是 必要、非必要、容缺，现在是“也许”"),
        ("vists", "不认识的字段"),
        ("materials[0].licence_type", "没有证照类型“no_such”"),
    ]
    assert reports["items/good.json"].state == "new"
    assert list(Item.objects.values_list("slug", flat=True)) == ["good"]


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        (
            {"form_fields": [catalog.field("a", show_if="b == '1'")]},
            "form_fields[0].show_if",
            "条件引用了不存在的字段：b",
        ),
        ({"form_fields": [catalog.field("a", prefill="licence.x.y")]}, "form_fields[0].prefill", "没有证照类型“x”"),
        (
            {"results": [{"name": "证", "kind": "证照", "licence_type": "x"}]},
            "results[0].licence_type",
            "没有证照类型“x”",
        ),
        ({"promised_days": 30}, "promised_days", "承诺时限 30个工作日 长于法定时限 20个工作日"),
        ({"department": "XX"}, "department", "没有简码为“XX”的部门"),
        ({"agency": "441400-XX"}, "agency", "没有部门“441400-XX”"),
        ({"case_type": "即办件"}, "promised_days", "即办件的承诺时限（promised_days）必须为 0"),
        (
            {"form_fields": [catalog.field("a"), catalog.field("a")]},
            "form_fields[1].name",
            "form_fields 中字段名重复：a",
        ),
        ({"form_fields": [catalog.field("a", "choice")]}, "form_fields[0]", "选择题（choice、multi）必须列出 choices"),
        ({"steps": []}, "steps", "至少要有 1 项"),
        ({"visits": "一"}, "visits", "应为整数"),
    ],
)
def test_each_kind_of_mistake_has_its_place_and_reason(tmp_path: Path, changes: Any, field: str, reason: str) -> None:
    city.agency("SJ")
    put(tmp_path, catalog.small(**changes))

    [report] = load(tmp_path).values()

    assert [(each.field, each.reason) for each in report.problems] == [(field, reason)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"slug": ', "第 1 行第 10 列不是有效的 JSON"),
        ("[]", "应为对象（{…}）"),
        ("[" * 100_000, "嵌套过深"),
    ],
)
def test_what_is_no_document_at_all_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    put(tmp_path, content)

    [report] = load(tmp_path).values()

    assert [each.reason for each in report.problems] == [reason]


def test_the_same_item_in_two_files_is_loaded_once(tmp_path: Path) -> None:
    city.agency("SJ")
    put(tmp_path, catalog.small(), "a")
    put(tmp_path, catalog.small(name="另一个"), "b")

    assert [report.state for report in load(tmp_path).values()] == ["new", "bad"]


def test_the_command_exits_with_one_when_a_file_was_bad(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(catalog.FOLDER / "licences.json", tmp_path)
    put(tmp_path, catalog.small(vists=1))

    with pytest.raises(SystemExit) as ended:
        call_command("load_catalog", tmp_path)

    assert ended.value.code == 1
    assert "items/one.json：有误，未载入\n  vists：不认识的字段" in capsys.readouterr().out


def test_an_empty_folder_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        call_command("load_catalog", tmp_path)


@pytest.mark.parametrize(
    ("content", "field", "reason"),
    [
        ('{"slug": "x", "name": "a\\u0000b"}', "name", "含有不能使用的字符"),
        ('{"slug": "x", "faq": [{"q": "\\ud800"}]}', "faq[0].q", "含有不能使用的字符"),
        ('{"slug": "x", "slug": "y"}', "slug", "同一个字段写了两次"),
        ('{"slug": ' + "9" * 5000 + "}", "（整个文件）", "数字过长"),
    ],
)
def test_what_no_database_could_keep_is_refused_with_its_place(
    tmp_path: Path, content: str, field: str, reason: str
) -> None:
    put(tmp_path, content)

    assert [(each.field, each.reason) for each in load(tmp_path)["items/one.json"].problems] == [(field, reason)]


def test_a_folder_or_a_dead_link_under_a_file_s_name_is_a_bad_file(tmp_path: Path) -> None:
    put(tmp_path, "{}")
    (tmp_path / "items" / "folder.json").mkdir()
    (tmp_path / "items" / "link.json").symlink_to(tmp_path / "nowhere")

    reports = load(tmp_path)

    assert {reports[f"items/{name}.json"].state for name in ("folder", "link", "one")} == {"bad"}


def test_a_list_whose_only_member_is_wrong_is_not_called_too_short(tmp_path: Path) -> None:
    city.agency("SJ")
    put(tmp_path, catalog.small(subjects=["外星人"]))

    assert [each.field for each in load(tmp_path)["items/one.json"].problems] == ["subjects[0]"]


DIVISION = {"code": "441402", "name": "梅江区", "level": "县", "parent": "441400"}
CITY = {"code": "441400", "name": "岭东市", "level": "市", "parent": "440000"}


@pytest.mark.parametrize(
    ("divisions", "departments", "field"),
    [
        ("x", [], "divisions"),
        ([5], [], "divisions[0]"),
        ([CITY, DIVISION | {"level": "省"}], [], "divisions[1].level"),
        ([CITY, DIVISION | {"parent": "123456"}], [], "divisions[1].parent"),
        ([CITY, DIVISION | {"parent": "441402"}], [], "divisions[1].parent"),
        ([CITY, DIVISION | {"name": "长" * 61}], [], "divisions[1].name"),
        ([CITY, CITY], [], "divisions[0].code"),
        ([CITY], [None], "departments[0]"),
        ([CITY], [{"code": "GA", "name": "公安", "instances": [{"code": "x", "name": "局"}]}],
         "departments[0].instances[0].division"),
        ([CITY], [{"code": "GA", "name": "公安", "instances": [{"code": "x", "name": "局", "division": "441499"}]}],
         "departments[0].instances[0].division"),
    ],
)  # fmt: skip
def test_a_bad_list_of_departments_names_the_row_and_loads_nothing(
    tmp_path: Path, divisions: Any, departments: Any, field: str
) -> None:
    document = {"divisions": divisions, "departments": departments}
    (tmp_path / "departments.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")

    report = load(tmp_path)["departments.json"]

    assert (report.state, report.problems[0].field) == ("bad", field)
    assert not Division.objects.exists()


@pytest.mark.parametrize("name", ["licences", "packages"])
def test_a_member_that_is_no_object_or_comes_twice_is_named(tmp_path: Path, name: str) -> None:
    rows = json.loads((catalog.FOLDER / f"{name}.json").read_text("utf-8"))
    if name == "packages":
        load(catalog.FOLDER)

    def problems(content: Any) -> list[str]:
        (tmp_path / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return [each.field for each in load(tmp_path)[f"{name}.json"].problems]

    assert problems([rows[0], 5]) == ["[1]"]
    assert problems([rows[0], rows[0]]) == ["[0].code", "[1].code"]
