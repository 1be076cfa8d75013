"""One signature under the merged form of several items is one signature in each item's case."""

from __future__ import annotations

import pytest

from tests.builders.catalog import field
from tests.builders.walk import at
from yimen.applications import commands as single
from yimen.applications.choices import Channel
from yimen.applications.commands import together
from yimen.applications.queries import lacking
from yimen.applications.queries import together as queries
from yimen.catalog.commands.choosing import put_together

pytestmark = pytest.mark.django_db

DAY, LATER = at("2026-03-02"), at("2026-03-03")
ITEMS = ("food-business-licence", "outdoor-signboard")
COMMON = [
    field("built", "date", label="搭建日期"),
    field("truth", "declaration", label="真实性承诺", required=True, statement="所填内容真实。"),
    field("mine", "signature", label="申请人签名", required=True),
]


@pytest.fixture
def draft(town):
    """Two items that ask for the same, and one of them for one thing more."""
    for slug in ITEMS:
        own = [*COMMON, field("size", label="招牌大小", required=True)] if slug == ITEMS[1] else COMMON
        town.release(slug, form_fields=own, form_rules=[], materials=[], manual={})
    edition, by = put_together(ITEMS, by=town.act("owner", DAY), at=DAY), town.act("owner", DAY)
    return together.begin_package(
        package=edition, situation={}, subject=town.firm, channel=Channel.WEB, by=by, at=DAY
    )  # fmt: skip


def names(draft):
    return {each.label: each.name for each in queries.assembly_of(draft).sheet().form_fields}


def told(draft, name, **more):
    by = names(draft)
    return {
        by["搭建日期"]: "2026-03-01",
        by["真实性承诺"]: "true",
        by["招牌大小"]: "3 米",
        by["申请人签名"]: name,
    } | more


def own(draft):
    return [part.application for part in queries.parts_of(draft) if part.application]


def stale(draft):
    draft.refresh_from_db()
    return [each.code for each in queries.package_lacking_fields(draft)]


def test_who_and_when_and_what_was_signed_are_the_same_in_every_items_case(town, draft):
    by, name = town.act("owner", DAY), town.owner.name

    errors = together.answer_package(draft, told(draft, name), by=by, at=DAY)
    draft.refresh_from_db()
    together.divide_package(draft, by=town.act("owner", LATER), at=LATER)

    whole = draft.answers[names(draft)["申请人签名"]]
    assert errors == []
    assert (whole["name"], whole["at"][:10], whole["way"]) == (name, "2026-03-02", "account")
    stamps = [each.answers["mine"] for each in own(draft)]
    assert len(stamps) == 2
    for each in stamps:
        assert (each["name"], each["at"], each["way"], each["whole"]) == (name, whole["at"], whole["way"], whole["of"])
    for each in own(draft):
        assert lacking(each) == []
        single.submit(each, by=town.act("owner", LATER), at=LATER)


def test_another_name_is_no_signature_and_what_is_changed_afterwards_is_signed_anew(town, draft):
    by = town.act("owner", DAY)

    refused = together.answer_package(draft, told(draft, "别的人"), by=by, at=DAY)
    together.answer_package(draft, told(draft, town.owner.name), by=by, at=DAY)
    signed = stale(draft)
    together.answer_package(draft, {names(draft)["搭建日期"]: "2026-03-02"}, by=by, at=DAY)
    changed = stale(draft)
    together.divide_package(draft, by=by, at=DAY)

    assert [each["code"] for each in refused] == ["not_your_name"]
    assert (signed, changed) == ([], ["signed_before"])
    assert [each.answers.get("mine") for each in own(draft)] == [None, None], "a stale signature goes nowhere"


def test_a_signature_given_anew_reaches_the_drafts_that_were_begun_and_a_change_there_is_seen_there(town, draft):
    by, name = town.act("owner", DAY), names(draft)
    together.answer_package(draft, told(draft, town.owner.name), by=by, at=DAY)
    together.divide_package(draft, by=by, at=DAY)

    later = town.act("owner", LATER)
    again = {name["搭建日期"]: "2026-03-02", name["申请人签名"]: town.owner.name}
    together.answer_package(draft, again, by=later, at=LATER)
    reached = own(draft)
    assert {each.answers["mine"]["at"][:10] for each in reached} == {"2026-03-03"}
    assert [lacking(each) for each in reached] == [[], []]

    single.answer(reached[0], {"built": "2026-02-01"}, by=later, at=LATER)
    reached[0].refresh_from_db()
    assert [each.code for each in lacking(reached[0])] == ["signed_before"]
    assert lacking(reached[1]) == []
