"""The form designer: every touch is saved, nothing is lost, and the preview tells what the citizen would be told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import catalog, city
from tests.rooms.catalog.test_checkups import sign_in
from yimen.catalog.commands import begin_draft
from yimen.catalog.models import Edition
from yimen.catalog.queries.editing.designing import VERBS, form_of, layout_of, operated

FIELDS = [
    {"name": "org_name", "label": "单位名称", "type": "text", "prefill": "org.name", "required": True},
    {"name": "shop", "label": "店面", "type": "choice", "choices": ["有", "无"], "required": True},
    {"name": "area", "label": "面积", "type": "number", "show_if": "shop == '有'", "required": True},
    {"name": "begin", "label": "开始", "type": "date"},
    {"name": "end", "label": "结束", "type": "date"},
]
RULES = [{"kind": "order", "fields": ["begin", "end"]}]
DOCUMENT = {"form_fields": FIELDS, "form_rules": RULES}
URL = "/desk/catalog/small-item/edit/form/designer"
PREVIEW = "/desk/catalog/small-item/edit/form/preview"


def names(document: Any) -> list[str]:
    return [row["name"] for row in document["form_fields"]]


def test_a_field_moves_one_place_and_over_the_border_of_its_page() -> None:
    start = {"form_fields": [{**row, "section": "甲" if n < 2 else "乙"} for n, row in enumerate(FIELDS)]}

    down = operated(start, "down|shop", {})
    up = operated(down, "up|shop", {})

    assert layout_of(down) == [("甲", ["org_name"]), ("乙", ["shop", "area", "begin", "end"])]
    assert layout_of(up) == layout_of(start)


def test_pages_are_moved_parted_joined_and_named() -> None:
    start = {"form_fields": [{**row, "section": "甲" if n < 2 else "乙"} for n, row in enumerate(FIELDS)]}

    swapped = operated(start, "section_down|0", {})
    parted = operated(start, "split|begin", {})
    joined = operated(start, "join|1", {})
    named = operated(start, "", {"title0": "单位", "title1": "单位"})

    assert [title for title, _names in layout_of(swapped)] == ["乙", "甲"]
    assert [names for _title, names in layout_of(parted)] == [["org_name", "shop"], ["area"], ["begin", "end"]]
    assert layout_of(joined) == [("甲", [row["name"] for row in FIELDS])]
    assert [title for title, _names in layout_of(named)] == ["单位", "乙"]


@pytest.mark.django_db
def test_a_library_field_brings_what_the_library_says_and_a_free_name() -> None:
    once = operated(DOCUMENT, "add|9", {"element": "org.uscc"})
    twice = operated(once, "add|9", {"element": "org.uscc"})
    plain = operated(DOCUMENT, "add|9", {"label": "说明", "kind": "text"})

    added = twice["form_fields"][-2:]
    assert [each["name"] for each in added] == ["org_uscc", "org_uscc2"]
    assert (added[0]["type"], added[0]["prefill"], added[0]["element"]) == ("uscc", "org.uscc", "org.uscc")
    assert plain["form_fields"][-1]["label"] == "说明"


NAMED = st.sampled_from([field["name"] for field in FIELDS])
OPS = st.one_of(
    st.builds("{}|{}".format, st.sampled_from([*VERBS, "require"]), st.one_of(NAMED, st.sampled_from("019"))),
    st.builds("drop|{}|{}|{}".format, NAMED, st.integers(0, 3), st.integers(0, 6)),
    st.text(max_size=6).filter(lambda text: not text.startswith(("remove", "add"))),
)  # fmt: skip


@given(st.lists(OPS, max_size=6))
def test_whatever_is_moved_no_field_is_lost_or_doubled_and_none_says_anything_else(ops: list[str]) -> None:
    document: Any = {**DOCUMENT, "form_fields": [*FIELDS, {"name": "Bad Name", "label": "读不出的"}]}
    for op in ops:
        document = operated(document, op, {})

    rest = {
        row["name"]: {k: v for k, v in row.items() if k not in ("section", "required")}
        for row in document["form_fields"]
    }
    assert sorted(names(document)) == sorted([*names(DOCUMENT), "Bad Name"])
    assert rest["area"] == {k: v for k, v in FIELDS[2].items() if k != "required"}
    assert form_of(document).unreadable == ("读不出的",)
    assert document["form_rules"] == RULES


def in_hand(**changes: Any) -> Edition:
    edition = catalog.release(catalog.small(**{**DOCUMENT, **changes}))
    return begin_draft(edition.item, by=city.SYSTEM, at=city.AT)


@pytest.mark.django_db
def test_every_touch_is_saved_and_what_somebody_else_saved_meanwhile_stays(client: Client) -> None:
    edition = in_hand()
    sign_in(client, "editor")
    base = edition.revision

    client.post(URL, {"op": "require|begin", "base": base})
    answer = client.post(URL, {"op": "down|org_name", "base": base})

    edition.refresh_from_db()
    saved = {row["name"]: row for row in edition.document["form_fields"]}
    assert answer.status_code == 200
    assert saved["begin"]["required"] is True
    assert names(edition.document).index("org_name") > 0


@pytest.mark.django_db
@pytest.mark.parametrize(("duty", "reads", "writes"), [("editor", 200, 200), ("legal", 200, 403), ("clerk", 403, 403)])
def test_who_designs_a_form(client: Client, duty: str, reads: int, writes: int) -> None:
    edition = in_hand()
    sign_in(client, duty)

    assert client.get(URL).status_code == client.get(PREVIEW).status_code == reads
    assert client.post(URL, {"op": "down|org_name", "base": edition.revision}).status_code == writes


@pytest.mark.django_db
def test_the_preview_is_filled_with_samples_and_conditions_and_rules_act(client: Client) -> None:
    in_hand(form_fields=[{**row, "section": "一页"} for row in FIELDS])
    sign_in(client, "legal")
    told = {"names": "org_name shop area begin end", "page": 1, "org_name": "店", "shop": "无", "begin": "2026-03-02"}

    sampled = client.get(PREVIEW, {"sample": 1}).content.decode()
    lacking = client.post(PREVIEW, told | {"shop": "有"})
    wrong = client.post(PREVIEW, told | {"end": "2026-03-01"})
    right = client.post(PREVIEW, told | {"end": "2026-03-03"})

    assert "示例单位名称" in sampled
    assert "请填写“面积”" in lacking.content.decode()
    assert wrong.status_code == 422
    assert "“结束”不能早于“开始”" in wrong.content.decode()
    assert "可以提交" in right.content.decode()


@pytest.mark.django_db
def test_a_fields_own_form_and_every_rule_is_one_link_away_from_the_designer(client: Client) -> None:
    wrong = {"kind": "order", "fields": ["begin", "gone"]}
    edition = in_hand(form_fields=[{**row, "section": "一页"} for row in FIELDS])
    edition.document["form_rules"].append(wrong)
    edition.save(update_fields=["document"])
    sign_in(client, "editor")

    page = client.get(URL).content.decode()

    assert "?open=form_fields.r2#row_form_fields.r2" in page, "its content and condition"
    assert "“结束”不能早于“开始”。" in page
    assert "?open=form_rules.r0#row_form_rules.r0" in page
    assert "?open=form_rules.r1#row_form_rules.r1" in page
    assert "填写有误" in page, "the other rule speaks of a field that isn't there"
    row = client.get("/desk/catalog/small-item/edit/form/?open=form_rules.r1").content.decode()
    assert 'id="row_form_rules.r1"' in row


@pytest.mark.django_db
def test_a_rules_fields_are_chosen_by_their_labels_columns_of_tables_among_them(client: Client) -> None:
    columns = [{"name": "amount", "label": "金额", "type": "number"}]
    staff = {"name": "rows", "label": "明细", "type": "table", "columns": columns}
    edition = in_hand(form_fields=[{**row, "section": "一页"} for row in [*FIELDS, staff]])
    sign_in(client, "editor")
    address = "/desk/catalog/small-item/edit/form/"

    page = client.get(f"{address}?open=form_rules.r0").content.decode()
    row = page[page.index('id="row_form_rules.r0"') :].partition("</li></ol>")[0]
    given = {"base": edition.revision, "form_rules[]": "r0", "form_rules!": "1", "form_rules.r0.fields!": "1"}
    client.post(address, given | {"form_rules.r0.kind": "sum", "form_rules.r0.fields": ["area", "rows.amount", ""]})

    assert '<option value="begin" selected>开始</option>' in row
    assert '<option value="rows.amount">明细 · 金额</option>' in row
    assert row.count("<select") >= 3, "one more to choose in"
    edition.refresh_from_db()
    [rule] = edition.document["form_rules"]
    assert (rule["kind"], rule["fields"]) == ("sum", ["area", "rows.amount"])


@pytest.mark.django_db
def test_a_field_is_added_to_the_page_that_was_chosen_and_a_deleted_one_can_be_brought_back(client: Client) -> None:
    edition = in_hand(form_fields=[{**row, "section": "甲" if n < 2 else "乙"} for n, row in enumerate(FIELDS)])
    sign_in(client, "editor")

    client.post(URL, {"op": "add|2", "to": "0", "element": "premises.area", "base": edition.revision})
    edition.refresh_from_db()
    placed = dict(layout_of(edition.document))
    gone = client.post(URL, {"op": "remove|begin", "base": edition.revision}).content.decode()

    assert placed["甲"][-1] == "premises_area"
    assert "已删除“开始”" in gone
    assert "/desk/catalog/small-item/edit/revisions" in gone
