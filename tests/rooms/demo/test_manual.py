"""The demonstration city carries one staff manual that came about as all do, and that can be edited further."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders.walk import at
from yimen.catalog import commands as catalog
from yimen.catalog.models import Edition
from yimen.catalog.queries import current, situations
from yimen.catalog.queries.discretion import discretion_problems, proposals, try_out
from yimen.demo.commands import found, write_manual
from yimen.demo.queries import sample_answers
from yimen.identity.queries import account, actor_for
from yimen.kit.time import now
from yimen.ledger.queries import faults

pytestmark = pytest.mark.django_db

NOW = at("2026-11-20 10:00")


@pytest.fixture
def edition(db: None) -> Edition:
    found(password="ling-dong-2026", at=NOW)
    return write_manual(at=NOW)


def test_it_passed_both_offices_and_counts(edition: Edition) -> None:
    held = current("food-business-licence")

    assert held.pk == edition.pk
    assert [step.kind for step in held.passages.order_by("id")] == [
        "begun", "submitted", "staffing", "legal", "released",
    ]  # fmt: skip
    assert held.base is not None
    assert held.version == held.base.version + 1
    assert all(material.standard for material in held.doc.materials)
    assert all(material.review_points for material in held.doc.materials)
    assert list(faults()) == []


def test_every_row_of_its_table_can_be_met(edition: Edition) -> None:
    (table,) = edition.doc.manual.discretion
    plain = {"trade": "餐饮服务经营者", "items": "热食类食品制售"}
    plain |= {"cold_food": "false", "area": "120", "simple": "false"}
    cases = (
        {"trade": "食品销售经营者", "items": "预包装食品销售"}, {"cold_food": "true"}, {"area": "501"},
        {"simple": "true", "area": "50"}, {},
    )  # fmt: skip

    assert discretion_problems(edition.doc) == []
    assert [try_out(table, edition.doc, plain | each).row for each in cases] == [1, 2, 3, 4, 5]
    (proposal,) = proposals(edition.doc, sample_answers(edition.doc))
    assert (proposal.why, proposal.missing) == ("", ())
    assert proposal.outcome


def test_a_material_is_spared_by_an_answer(edition: Edition) -> None:
    asked = {field.name for field in situations.questions(edition.doc)}

    assert {"uses_machines", "trade_type", "online_sale"} <= asked
    spared = situations.outcome(edition.doc, {"uses_machines": False}).spared
    assert [material.name for material in spared] == ["利用自动设备销售的设备说明"]


def test_front_and_back_office_read_it_and_its_editor_can_go_on(edition: Edition) -> None:
    standard = "生熟、洁污分区，没有交叉。"
    pages = {"clerk": "manual", "reviewer": "manual", "staffing": "manual", "editor": "manual"}
    for who, name in pages.items():
        client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
        client.force_login(account(who), backend="yimen.identity.access.AnyName")
        shown = client.get(reverse(f"catalog:{name}", args=["food-business-licence"]))
        assert shown.status_code == 200, who
        assert standard in shown.content.decode()
        assert "现场核查方式" in shown.content.decode()

    editor = actor_for(account("editor"), now())
    draft = catalog.begin_draft(edition.item, by=editor, at=now())
    changed = {**draft.document["manual"], "notes": ["先看业态。"]}
    saved = catalog.save_draft(
        draft, {**draft.document, "manual": changed}, base=draft.revision, by=editor, at=now()
    ).edition
    assert saved.doc.manual.notes == ("先看业态。",)
