"""A form with periods, money, declarations, signatures and rules, filled in and sent."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.builders import walk
from tests.builders.catalog import field
from tests.builders.walk import at
from yimen.applications import commands
from yimen.applications.choices import Channel
from yimen.applications.commands.refusals import Incomplete
from yimen.applications.queries import lacking
from yimen.applications.queries.signing import signer_of
from yimen.cases import queries as cases
from yimen.sheets import queries as sheets
from yimen.sheets.queries import show

pytestmark = pytest.mark.django_db

DAY = at("2026-03-02")
FIELDS = [
    field("when", "period", label="活动时间", required=True),
    field("paid", "money", label="费用合计", required=True),
    field("rows", "table", label="费用明细", columns=[{"name": "sum", "label": "金额", "type": "number"}]),
    field("built", "date", label="搭建日期"),
    field("truth", "declaration", label="真实性承诺", required=True, statement="所填内容真实。"),
    field("mine", "signature", label="申请人签名", required=True),
]
RULES = [
    {"kind": "sum", "fields": ["paid", "rows.sum"]},
    {"kind": "order", "fields": ["built", "when"], "message": "先搭建，后活动。"},
]
TOLD: dict[str, Any] = {
    "when": {"from": "2026-04-01", "to": "2026-04-03"},
    "paid": "300.50",
    "rows": [{"sum": "100.5"}, {"sum": "200"}],
    "built": "2026-03-31",
    "truth": "true",
}


@pytest.fixture
def edition(town):
    return town.release("food-business-licence", form_fields=FIELDS, form_rules=RULES, materials=[], manual={})


@pytest.fixture
def draft(town, edition):
    owner = town.act("owner", DAY)
    return commands.begin(edition=edition, subject=town.firm, channel=Channel.WEB, by=owner, at=DAY)


def lacks(draft) -> list[tuple[str, str]]:
    draft.refresh_from_db()
    return [(each.key, each.code) for each in lacking(draft)]


def test_a_form_is_sent_when_all_is_there_every_rule_holds_and_the_signature_stands(town, edition, draft):
    owner = town.act("owner", DAY)
    name = town.owner.name

    errors = commands.answer(draft, TOLD | {"mine": name}, by=owner, at=DAY)
    commands.submit(draft, by=owner, at=DAY)

    assert errors == []
    case = cases.of_number(draft.number)
    said = {line.name: line.text for line in show(edition.doc, case.application.answers)}
    assert said["when"] == "2026年4月1日 至 2026年4月3日（3 天）"
    assert said["paid"] == "300.50 元（人民币叁佰元伍角整）"
    assert said["mine"] == f"{name}（2026-03-02 10:00 用实名账户签名）"


def test_a_rule_that_does_not_hold_is_told_at_its_field_and_stops_submission(town, draft):
    owner = town.act("owner", DAY)

    commands.answer(draft, TOLD | {"paid": "300", "built": "2026-04-02", "mine": town.owner.name}, by=owner, at=DAY)

    assert lacks(draft) == [("rows", "rule_sum"), ("when", "rule_order")]
    with pytest.raises(Incomplete) as refused:
        commands.submit(draft, by=owner, at=DAY)
    assert "先搭建，后活动。" in str(refused.value.__dict__)


def test_what_is_changed_after_signing_is_signed_anew(town, draft):
    owner = town.act("owner", DAY)
    commands.answer(draft, TOLD | {"mine": town.owner.name}, by=owner, at=DAY)

    commands.answer(draft, {"built": "2026-03-30"}, by=owner, at=DAY)
    stale = lacks(draft)
    commands.answer(draft, {"mine": town.owner.name}, by=owner, at=DAY)

    assert stale == [("mine", "signed_before")]
    assert lacks(draft) == []


def test_nobody_signs_with_another_name_and_a_clerk_says_that_it_was_signed_on_paper(town, draft):
    owner, clerk = town.act("owner", DAY), town.act("clerk", DAY)

    [error] = commands.answer(draft, {"mine": "别人"}, by=owner, at=DAY)
    typed = {"mine": {"name": "别人"}}
    signed, none = sheets.sign(draft.edition.doc, typed, {}, signer=lambda: signer_of(clerk), at=DAY)

    assert error["code"] == "not_your_name"
    assert none == []
    assert signed["mine"]["way"] == "counter"


def test_the_answers_of_a_walk_fit_the_published_schema(town):
    told = town.release("food-business-licence")
    application = walk.apply_for(town, told, at=DAY)
    kept = {name: value for name, value in application.answers.items() if value is not None}

    faults = list(Draft202012Validator(sheets.schema(told.doc), format_checker=FormatChecker()).iter_errors(kept))

    assert faults == []


def test_the_answers_of_every_kind_fit_the_published_schema(town, edition, draft):
    commands.answer(draft, TOLD | {"mine": town.owner.name}, by=town.act("owner", DAY), at=DAY)
    draft.refresh_from_db()

    schema = Draft202012Validator(sheets.schema(edition.doc), format_checker=FormatChecker())

    assert list(schema.iter_errors(draft.answers)) == []
    assert not schema.is_valid({name: value for name, value in draft.answers.items() if name != "truth"})
