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
        ("materials[1].necessity", "只能是 '必要', '非必要'、'容缺'，现在是“也许”"),
        ("vists", "不认识的字段"),
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
        ({"case_type": "即办件"}, "（整个文件）", "即办件的承诺时限（promised_days）必须为 0"),
        ({"form_fields": [catalog.field("a"), catalog.field("a")]}, "（整个文件）", "form_fields 中字段名重复：a"),
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
