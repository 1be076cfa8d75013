"""Somebody opens a draft after the item's guide has changed."""

from __future__ import annotations

import pytest

from tests.builders import walk
from yimen.applications import commands as applications
from yimen.applications.choices import Channel
from yimen.applications.models import Application

SLUG = "food-business-licence"
NINE = walk.at("2026-03-02 09:00")


@pytest.fixture
def draft(visit, town):
    edition = town.release(SLUG)
    owner = town.act("owner", NINE)
    application = applications.begin(edition=edition, subject=town.firm, channel=Channel.WEB, by=owner, at=NINE)
    applications.answer(application, {"trade_type": "食品销售经营者", "area": 80}, by=owner, at=NINE)
    fields = [
        {**field, "choices": ["餐饮服务经营者", "网络经营者"]} if field["name"] == "trade_type" else field
        for field in edition.document["form_fields"]
    ]
    town.release(SLUG, form_fields=fields, conditions=["已取得营业执照"])
    return visit("owner"), application


def test_opening_it_says_what_changed_and_what_no_longer_fits(draft):
    client, application = draft

    leads_to = client.get(f"/apply/{application.number}/form/1/")
    page = client.get(leads_to["Location"]).content.decode()

    assert leads_to["Location"] == f"/apply/{application.number}/"
    assert "办事指南更新了" in page
    assert "主体业态：食品销售经营者" in page
    assert "改动表单字段：主体业态" in page
    fresh = Application.objects.get()
    assert fresh.edition.version == 2
    assert fresh.answers["area"] == 80
    assert client.get(f"/apply/{application.number}/form/1/").status_code == 200


def test_what_was_typed_on_an_old_page_is_kept(draft):
    client, application = draft

    client.post(f"/apply/{application.number}/form/autosave/", {"names": "area", "area": "95"})
    client.get(f"/apply/{application.number}/")

    assert Application.objects.get().answers["area"] == 95


def test_submitting_an_old_draft_leads_to_what_changed(draft):
    client, application = draft

    answer = client.post(f"/apply/{application.number}/check/")

    assert answer["Location"] == f"/apply/{application.number}/"


def test_programs_are_told_and_can_go_over(draft, town):
    client, application = draft

    shown = client.get(f"/api/v1/applications/{application.number}")
    assert shown.json()["edition"] == 1
    refused = client.post(
        f"/api/v1/applications/{application.number}/submit",
        "{}",
        content_type="application/json",
        headers={"Idempotency-Key": "a"},
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "edition_moved")
    renewed = client.post(f"/api/v1/applications/{application.number}/renew", "{}", content_type="application/json")
    assert renewed.status_code == 200
    assert renewed.json()["edition"] == 2
    again = client.post(f"/api/v1/applications/{application.number}/renew", "{}", content_type="application/json")
    assert again.json()["code"] == "edition_current"
