"""What lists say of items that can't be applied for: suspended, cancelled, merged into another."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.test import Client

from tests.builders import catalog, city, identity
from yimen.catalog import commands
from yimen.catalog.choices import MeasureKind
from yimen.catalog.models import Item
from yimen.catalog.queries import lists
from yimen.catalog.queries.lists.kinds import LISTS
from yimen.city.choices import Duty
from yimen.kit.actor import Actor

AT = city.AT
WHY = "职能调整"


def proof(name: str) -> dict[str, str]:
    return {"name": name, "kind": "证明", "source": "其他", "necessity": "必要", "basis": "《某某条例》第八条"}


@pytest.fixture
def offices(db: None) -> dict[str, Actor]:
    agency = city.agency("SJ")
    made = (("first", ["居住证明", "收入证明"]), ("second", ["居住证明"]), ("third", []))
    for slug, proofs in made:
        raw = catalog.small(slug=slug, name=f"{slug}事项", materials=[proof(name) for name in proofs])
        catalog.release(raw, agency=agency)
    duties = (Duty.EDITOR, Duty.STAFFING, Duty.LEGAL)
    return {str(duty): identity.actor(identity.staff(post=city.post(duty, agency=agency))) for duty in duties}


def decided(offices: dict[str, Actor], kind: MeasureKind, slugs: Sequence[str], *successors: str) -> None:
    items = [Item.objects.get(slug=slug) for slug in slugs]
    measure = commands.propose(
        kind, items, successors=successors, planned_from=AT.date(), reason=WHY, by=offices["editor"], at=AT
    )
    commands.approve_measure(measure, by=offices["staffing"], at=AT)
    commands.approve_measure(measure, by=offices["legal"], at=AT)


def said(code: str) -> list[dict[str, str]]:
    columns = LISTS[code].columns
    return [
        {column.key: value for column, value in zip(columns, row.values, strict=True)}
        for row in lists.current_rows(code)
    ]


def test_a_suspended_item_is_only_on_the_list_of_those(offices: dict[str, Actor]) -> None:
    decided(offices, MeasureKind.SUSPEND, ["first"])

    (row,) = said("stopped")
    assert (row["name"], row["state"], row["reason"], row["instead"]) == ("first事项", "暂停办理", WHY, "")
    assert row["since"].startswith(f"{AT.year}年")
    assert {each["name"] for each in said("items")} == {"second事项", "third事项"}
    assert said("cancelled-proofs") == []
    assert {each["name"] for each in said("kept-proofs")} == {"second事项"}

    decided(offices, MeasureKind.RESUME, ["first"])
    assert said("stopped") == []
    assert len(said("items")) == 3


def test_with_a_cancelled_item_its_proofs_are_cancelled(offices: dict[str, Actor]) -> None:
    decided(offices, MeasureKind.CANCEL, ["first"])

    (row,) = said("stopped")
    assert (row["state"], row["reason"]) == ("已取消", WHY)
    gone = said("cancelled-proofs")
    assert [(each["proof"], each["how"], each["why"]) for each in gone] == [
        ("居住证明", "事项取消，不再办理", WHY),
        ("收入证明", "事项取消，不再办理", WHY),
    ]
    assert gone[0]["basis"] == "《某某条例》第八条"
    assert gone[0]["since"] == row["since"] != ""


def test_a_proof_that_a_successor_asks_for_is_not_cancelled(offices: dict[str, Actor]) -> None:
    decided(offices, MeasureKind.MERGE, ["first", "third"], "second")

    assert [(each["name"], each["instead"]) for each in said("stopped")] == [
        ("first事项", "second事项"),
        ("third事项", "second事项"),
    ]
    assert [(each["proof"], each["how"]) for each in said("cancelled-proofs")] == [
        ("收入证明", "事项取消，改办“second事项”"),
    ]


def test_an_item_that_is_released_again_is_no_longer_on_it(offices: dict[str, Actor]) -> None:
    decided(offices, MeasureKind.CANCEL, ["first"])
    catalog.release(catalog.small(slug="first", name="first事项"), agency=Item.objects.get(slug="first").agency)

    assert said("stopped") == []
    assert "first事项" in {each["name"] for each in said("items")}


def test_the_page_leads_to_what_became_of_the_item(offices: dict[str, Actor], client: Client) -> None:
    decided(offices, MeasureKind.MERGE, ["first", "third"], "second")

    page = client.get("/lists/stopped/").content.decode()
    assert "first事项" in page
    assert "已取消" in page
    assert "/items/first/" in page or "/guide/first" in page
