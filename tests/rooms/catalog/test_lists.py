"""Published lists: what each says of real and made items, how it is narrowed down, how it follows the catalogue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from bench.ours.many_items import many_items
from tests.builders import catalog, identity
from tests.builders.city import AT, SYSTEM
from yimen.catalog.commands import consulting, load_folder
from yimen.catalog.models import Edition
from yimen.catalog.queries import consulting as consultations
from yimen.catalog.queries import lists
from yimen.catalog.queries.lists import holdings
from yimen.catalog.queries.lists.kinds import LISTS, Column, ListKind, offer
from yimen.kit.paging import BadCursor
from yimen.kit.time import day_of

pytestmark = pytest.mark.django_db

PROOF = {"name": "居住证明", "kind": "证明", "source": "申请人自备", "necessity": "必要", "basis": "《某某条例》第八条"}
CODES = [
    "items", "stopped", "powers", "duties", "market", "oversight", "agents", "cancelled-proofs", "kept-proofs",
    "one-visit", "no-visit", "cross-city", "commitment", "fees",
]  # fmt: skip


def made(code: str, **changes: object) -> dict[str, str]:
    """The only entry of a list when one small item is released."""
    catalog.release(catalog.small(**changes))
    (row,) = lists.current_rows(code)
    return values(code, row)


def values(code: str, row: lists.Row) -> dict[str, str]:
    return {column.key: value for column, value in zip(LISTS[code].columns, row.values, strict=True)}


def test_the_lists_of_the_issue_are_there():
    assert sorted(LISTS) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_each_says_what_it_is_for_and_what_it_will_hold(code):
    kind = LISTS[code]
    with translation.override("zh-hans"):
        assert str(kind.title).endswith(("清单", "目录"))
        assert str(kind.purpose).startswith("给")
        assert "现在没有" in str(kind.empty)
    assert len({column.key for column in kind.columns}) == len(kind.columns)


def test_real_items_fill_the_lists():
    assert load_folder(catalog.FOLDER, by=SYSTEM, at=AT).ok
    count = {code: len(lists.current_rows(code)) for code in CODES}

    assert count["items"] == len(catalog.slugs())
    assert 0 < count["powers"] == count["duties"] < count["items"]
    assert 0 < count["no-visit"] < count["one-visit"] <= count["items"]
    assert 0 < count["cross-city"] < count["items"]
    assert count["kept-proofs"] >= 30
    assert count["fees"] == 3
    assert count["commitment"] > 5
    keys = [row.key for code in CODES for row in lists.current_rows(code)]
    per_list = [{row.key for row in lists.current_rows(code)} for code in CODES]
    assert len(keys) == sum(map(len, per_list)), "every entry has a key of its own in its list"


def test_generated_items_have_as_many_columns_as_heads():
    catalog.kinds()
    for raw in many_items(60):
        catalog.release(raw)

    for code in CODES:
        for row in lists.current_rows(code):
            assert len(row.values) == len(LISTS[code].columns), code
            assert all(isinstance(value, str) for value in row.values)


def test_services_are_no_power():
    catalog.release(catalog.small(kind="公共服务"))
    assert not lists.current_rows("powers")
    assert not lists.current_rows("duties")


def test_a_power_has_its_basis_and_a_duty_who_answers():
    changes = {
        "kind": "行政许可",
        "legal_basis": [{"title": "某法", "document_no": "主席令第1号", "article": "第三条"}],
        "authority": {"source": "上级下放"},
        "steps": [{"name": "网上填报", "role": "申请人"}, *catalog.small()["steps"]],
        "rights": {
            "accountability": ["违法许可的，依法追究责任"],
            "reconsideration": {"office": "岭东市人民政府", "phone": "0753-2000000"},
        },
    }
    power = made("powers", **changes)
    assert (power["kind"], power["basis"], power["source"]) == ("行政许可", "《某法》（主席令第1号）第三条", "上级下放")
    (row,) = lists.current_rows("duties")
    duty = values("duties", row)
    assert duty["steps"] == "受理（综合窗口）；审查（审查岗）；决定（负责人）"
    assert duty["accountability"] == "违法许可的，依法追究责任"
    assert duty["remedies"] == "行政复议：岭东市人民政府，0753-2000000"
    assert duty["limit"] == "5 个工作日"


def test_market_oversight_and_agents_come_from_the_edition():
    agent = {"name": "环评报告编制", "basis": "《环境影响评价法》", "rank": "法律"}
    entry = made(
        "market", market={"number": "1-12", "measure": "未获得许可，不得从事食品经营"},
        oversight=[{"subject": "经营场所", "way": "双随机抽查", "frequency": "每年一次"}], agents=[agent, agent],
    )  # fmt: skip

    assert (entry["number"], entry["name"]) == ("1-12", "小事项")
    assert values("oversight", lists.current_rows("oversight")[0])["frequency"] == "每年一次"
    assert [row.key for row in lists.current_rows("agents")] == ["small-item#环评报告编制", "small-item#环评报告编制#2"]


def test_fees_row_by_row_or_as_one():
    rows = [
        {"name": "工本费", "standard": "每证 20 元", "reducible": True, "reduction": "困难家庭免收"},
        {"name": "登记费", "standard": "每件 80 元"},
    ]
    catalog.release(catalog.small(fee={"charged": True, "basis": "粤价〔2016〕1号", "rows": rows}))
    catalog.release(catalog.small(slug="other-item", fee={"charged": True, "amount_cents": 1050}))

    entries = {row.values[0]: values("fees", row) for row in lists.current_rows("fees")}
    assert entries["工本费"]["reduction"] == "困难家庭免收"
    assert (entries["登记费"]["reduction"], entries["登记费"]["basis"]) == ("不减免", "粤价〔2016〕1号")
    assert entries["小事项收费"]["standard"] == "10.5 元"


@pytest.mark.parametrize(("visits", "once", "never"), [(0, 1, 1), (1, 1, 0), (2, 0, 0)])
def test_visits_decide(visits, once, never):
    catalog.release(catalog.small(visits=visits))

    assert (len(lists.current_rows("one-visit")), len(lists.current_rows("no-visit"))) == (once, never)


def test_commitment_of_the_item_or_of_a_material():
    assert made("commitment", commitment=True)["reach"] == "整个事项实行告知承诺"
    catalog.release(catalog.small(slug="other-item", name="另一事项", materials=[PROOF | {"exempt_when": "告知承诺"}]))
    other = next(values("commitment", row) for row in lists.current_rows("commitment") if row.slug == "other-item")
    assert (other["name"], other["materials"]) == ("另一事项", "居住证明")


def test_a_proof_that_the_new_edition_drops_is_cancelled():
    first = made("kept-proofs", materials=[PROOF])
    assert (first["proof"], first["basis"], first["heard"]) == ("居住证明", "《某某条例》第八条", "尚未征求意见")
    assert not lists.current_rows("cancelled-proofs")

    catalog.release(catalog.small(materials=[]), at=AT + timedelta(days=30))
    assert not lists.current_rows("kept-proofs")
    (row,) = lists.current_rows("cancelled-proofs")
    entry = values("cancelled-proofs", row)
    assert (entry["proof"], entry["how"], entry["since"]) == ("居住证明", "第 1 版以后不再要求", "2026年4月1日")


def test_a_proof_that_is_asked_again_is_not_cancelled():
    for days, materials in ((0, [PROOF]), (10, []), (20, [PROOF])):
        catalog.release(catalog.small(materials=materials), at=AT + timedelta(days=days))

    assert not lists.current_rows("cancelled-proofs")
    assert len(lists.current_rows("kept-proofs")) == 1


def test_a_proof_that_only_got_another_name_is_not_cancelled():
    catalog.release(catalog.small(materials=[PROOF | {"key": "m01"}]))
    catalog.release(
        catalog.small(materials=[PROOF | {"key": "m01", "name": "居住情况证明"}]), at=AT + timedelta(days=9)
    )

    assert not lists.current_rows("cancelled-proofs")


@pytest.mark.parametrize(("outcome", "code"), [("dropped", "cancelled-proofs"), ("kept", "kept-proofs")])
def test_what_the_public_was_asked_shows_in_the_lists(outcome, code):
    item = catalog.release(catalog.small(materials=[PROOF])).item
    assert lists.current_rows("kept-proofs"), "read before it ends"
    _conclude(item, outcome)

    entry = next(values(code, row) for row in lists.current_rows(code))
    if outcome == "kept":
        assert entry["heard"] == "予以保留（2026年3月18日）"
    else:
        assert entry["how"] == "征求意见后决定取消，事项正在修改"
        assert entry["why"] == "可以由部门内部核验。"


def _conclude(item, outcome):
    editor = identity.actor(identity.staff("editor"))
    opened = consulting.open_consultation(
        item, consultations.consultable(item)[0], title="关于居住证明的征求意见", reason="需要核实实际居住的情况。",
        opens_on=day_of(AT), closes_on=day_of(AT) + timedelta(days=14), by=editor, at=AT,
    )  # fmt: skip
    consulting.conclude_consultation(
        opened, answer="共收到意见若干，已经答复。", outcome=outcome, outcome_reason="可以由部门内部核验。",
        by=editor, at=AT + timedelta(days=16),
    )  # fmt: skip


def test_what_lists_say_does_not_depend_on_the_language_of_whoever_asks_first():
    item = catalog.release(catalog.small(materials=[PROOF])).item
    _conclude(item, "kept")
    with translation.override("en"):
        entry = values("kept-proofs", lists.current_rows("kept-proofs")[0])

    assert entry["heard"].startswith("予以保留")


def test_lists_follow_a_release_and_read_only_what_is_new(monkeypatch):
    catalog.release(catalog.small())
    catalog.release(catalog.small(slug="other-item", name="另一事项"))
    assert len(lists.current_rows("items")) == 2
    read = []
    documents = holdings._documents
    monkeypatch.setattr(
        holdings, "_documents", lambda heads: documents(read.append([head.slug for head in heads]) or heads)
    )

    catalog.release(catalog.small(slug="other-item", name="另一事项（新）"), at=AT + timedelta(days=1))
    names = [row.values[0] for row in lists.current_rows("items")]
    lists.current_rows("powers")

    assert names == ["另一事项（新）", "小事项"]
    assert read == [["other-item"]]


def test_a_list_is_narrowed_down_by_agency_level_and_words():
    catalog.kinds()
    for raw in many_items(46):
        catalog.release(raw)
    rows = lists.current_rows("items")
    agency = rows.agencies[0]
    level = rows.levels[0]

    assert sum(choice.count for choice in rows.agencies) == 46
    assert lists.listed("items", lists.Asked(agency=agency.value)).total == agency.count
    assert lists.listed("items", lists.Asked(level=level.value)).total == level.count
    both = lists.listed("items", lists.Asked(q="食品 经营"))
    assert all("食品" in row.values[0] and "经营" in "".join(row.values) for row in both.items)
    assert lists.listed("items", lists.Asked(q="經營 食品")).total == both.total, "in traditional characters"
    assert lists.listed("items", lists.Asked(q="没有这样的词")).total == 0
    assert lists.listed("items", lists.Asked(q="食品\uff11")).total <= both.of


def test_pages_follow_one_another():
    for number in range(5):
        catalog.release(catalog.small(slug=f"item-{number}", name=f"事项{number}"))
    first = lists.listed("items", lists.Asked(), size=2)
    second = lists.listed("items", lists.Asked(), cursor=first.next, size=2)
    last = lists.listed("items", lists.Asked(), cursor=second.next, size=2)

    assert [row.slug for page in (first, second, last) for row in page.items] == [f"item-{n}" for n in range(5)]
    assert (first.total, last.next) == (5, None)
    assert lists.listed("items", lists.Asked(), cursor="99").items == []
    for wrong in ("-1", "x", "１", "1" * 12):
        with pytest.raises(BadCursor):
            lists.listed("items", lists.Asked(), cursor=wrong)


def test_an_unknown_list_is_refused():
    with pytest.raises(lists.NoSuchList):
        lists.listed("nothing", lists.Asked())


def test_a_city_adds_a_list(monkeypatch):
    monkeypatch.setattr("yimen.catalog.queries.lists.kinds.LISTS", LISTS)
    catalog.release(catalog.small())
    offer(
        ListKind(
            code="night",
            title="夜间清单",
            purpose="给夜里办事的人。",
            empty="现在没有。",
            columns=(Column("name", "事项"),),
            rows=lambda source: [source.row("", source.name)],
        )
    )
    try:
        assert [row.values for row in lists.current_rows("night")] == [("小事项",)]
    finally:
        del LISTS["night"]
    assert lists.current_rows("items")


def test_an_old_document_without_newer_fields_is_read():
    edition = catalog.release(catalog.small())
    raw = {key: edition.document[key] for key in catalog.small()}
    head = holdings.Head(1, 1, "small-item", 1, None, "X", "某局")

    assert holdings._rows(holdings._source(head, raw, (), ()))["items"]
    assert Edition.objects.count() == 1
