"""What items were before, loaded as earlier editions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import catalog, city
from yimen.catalog import queries
from yimen.catalog.choices import EditionState
from yimen.catalog.commands import load_folder
from yimen.catalog.models import Edition
from yimen.kit.actor import Actor

SYSTEM = Actor.system()


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    catalog.kinds()
    city.agency("MZ")
    city.agency("SJ")
    (tmp_path / "items").mkdir()
    for slug in ("divorce-registration", "food-business-licence"):
        (tmp_path / "items" / f"{slug}.json").write_text(json.dumps(catalog.raw(slug)), "utf-8")
    return tmp_path


def keep(folder: Path, entries: list[dict[str, Any]]) -> None:
    (folder / "history.json").write_text(json.dumps(entries), "utf-8")


def researched(*slugs: str) -> list[dict[str, Any]]:
    entries = json.loads((catalog.FOLDER / "history.json").read_text("utf-8"))
    return [entry for entry in entries if entry["slug"] in slugs]


def editions(slug: str) -> dict[int, Edition]:
    return {edition.version: edition for edition in Edition.objects.filter(item__slug=slug)}


def test_earlier_editions_come_before_todays_and_say_what_was_asked_then(folder: Path) -> None:
    keep(folder, researched("divorce-registration"))

    report = load_folder(folder, by=SYSTEM, at=city.AT)

    assert report.ok, report.files
    found = editions("divorce-registration")
    assert [(number, found[number].state) for number in sorted(found)] == [
        (1, EditionState.PAST), (2, EditionState.PAST), (3, EditionState.RELEASED),
    ]  # fmt: skip
    assert (found[1].valid_from, found[1].valid_to) == (date(2003, 10, 1), date(2020, 12, 31))
    assert found[3].valid_from == date(2025, 5, 10)
    assert "双方居民户口簿" in {material.name for material in found[2].doc.materials}
    assert "双方居民户口簿" not in {material.name for material in found[3].doc.materials}
    keys = [{material.name: material.key for material in found[number].doc.materials} for number in (1, 2, 3)]
    assert keys[0]["双方居民户口簿"] == keys[1]["双方居民户口簿"] not in keys[2].values()
    assert keys[2].items() <= keys[0].items()
    assert queries.current("divorce-registration").version == 3
    assert "国务院令第804号" in found[2].note


def test_loading_again_adds_nothing(folder: Path) -> None:
    keep(folder, researched("divorce-registration", "food-business-licence"))

    load_folder(folder, by=SYSTEM, at=city.AT)
    report = load_folder(folder, by=SYSTEM, at=city.AT)

    assert {file.state for file in report.files} == {"unchanged"}


def test_history_that_comes_after_its_item_is_kept_all_the_same(folder: Path) -> None:
    load_folder(folder, by=SYSTEM, at=city.AT)
    keep(folder, researched("food-business-licence"))

    report = load_folder(folder, by=SYSTEM, at=city.AT)

    assert [file.state for file in report.files if file.path == "history.json"] == ["changed"]
    assert editions("food-business-licence")[2].state == EditionState.PAST
    assert queries.current("food-business-licence").version == 1


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"slug": "nowhere", "version": 1}, "[0].slug"),
        ({"slug": "divorce-registration"}, "[0].version"),
        (
            {"slug": "divorce-registration", "version": 1, "overrides": {"visits": "多次"}},
            "divorce-registration.visits",
        ),
    ],
)
def test_a_history_that_makes_no_sense_is_told_with_its_place(folder: Path, entry: dict[str, Any], field: str) -> None:
    load_folder(folder, by=SYSTEM, at=city.AT)
    keep(folder, [entry])

    report = load_folder(folder, by=SYSTEM, at=city.AT)

    (bad,) = [file for file in report.files if file.state == "bad"]
    assert (bad.path, bad.problems[0].field) == ("history.json", field)


def test_every_researched_item_loads_with_its_history(db: None) -> None:
    report = load_folder(catalog.FOLDER, by=SYSTEM, at=city.AT)

    assert report.ok, [file for file in report.files if file.state == "bad"]
    assert Edition.objects.filter(state=EditionState.PAST).count() == len(json.loads(
        (catalog.FOLDER / "history.json").read_text("utf-8")
    ))  # fmt: skip
