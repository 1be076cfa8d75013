"""A new edition comes while people are applying: who keeps what, what goes over, what is spared."""

from __future__ import annotations

import pytest

from tests.builders import walk
from tests.builders.jobs import run as run_jobs
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.applications.models import Application
from yimen.applications.queries import documents, lacking
from yimen.cases import commands as cases
from yimen.catalog import commands as catalog
from yimen.catalog import queries
from yimen.catalog.models import Edition
from yimen.law.states import State
from yimen.notices.models import Message

ITEM = "food-business-licence"
ADDED = {
    "key": "m90", "name": "油烟净化说明", "kind": "文书", "source": "申请人自备", "necessity": "必要", "original": 1,
    "basis": "食品安全法第三十三条",
}  # fmt: skip
NINE = at("2026-03-02 09:00")


@pytest.fixture
def edition(town: walk.Town) -> Edition:
    return town.release(ITEM)


def without(edition: Edition, name: str) -> list[dict[str, object]]:
    return [material for material in edition.document["materials"] if material["name"] != name]


def first_needed(edition: Edition) -> dict[str, object]:
    """A material that everybody must hand in and that neither a licence nor the form filled in here stands in for."""
    rows = [row for row in edition.document["materials"] if row["kind"] != "申请表格"]
    return next(row for row in rows if row["necessity"] == "必要" and not row["licence_type"] and not row["show_if"])


def test_a_case_keeps_its_edition_to_the_end(town: walk.Town, edition: Edition) -> None:
    case = walk.accepted(town, edition, at=NINE)

    town.approve(
        town.draft(ITEM, NINE, materials=[*edition.document["materials"], ADDED], quota="每年 100 家"),
        NINE,
    )

    assert queries.current(ITEM).version == 2
    ended = walk.again(case)
    assert ended.edition.version == 1
    walk.opine_all(town, ended, at=NINE)
    assert cases.decide(
        walk.again(case), outcome="grant", reason="符合", by=town.act("chief", NINE), at=NINE
    ).state == State.DECIDED  # fmt: skip


def test_a_draft_goes_over_keeps_what_fits_and_shows_what_changed(town: walk.Town, edition: Edition) -> None:
    draft = walk.apply_for(town, edition, at=NINE)
    fields = edition.document["form_fields"]
    gone = next(field for field in fields if field["name"] == "manager_name")
    shrunk = [
        {**field, "choices": ["餐饮服务经营者", "网络经营者"]} if field["name"] == "trade_type" else field
        for field in fields
        if field is not gone
    ]
    dropped = first_needed(edition)
    rows = [*without(edition, str(dropped["name"])), ADDED]
    applications.answer(draft, {"trade_type": "食品销售经营者"}, by=town.act("owner", NINE), at=NINE)
    town.approve(town.draft(ITEM, NINE, form_fields=shrunk, materials=rows), NINE)

    with pytest.raises(applications.EditionMoved):
        applications.submit(draft, by=town.act("owner", NINE), at=NINE)
    renewed = applications.renew(draft, by=town.act("owner", NINE), at=NINE)

    assert renewed.edition.version == 2
    assert set(renewed.set_aside) == {"manager_name", "trade_type"}
    kept = set(draft.answers) - {"manager_name", "trade_type"}
    assert {name: renewed.answers[name] for name in kept} == {name: draft.answers[name] for name in kept}
    assert {each.key for each in lacking(renewed)} == {"trade_type", "m90"}
    assert dropped["key"] not in {document.material for document in documents(renewed)}
    assert [(move["from"], move["to"]) for move in renewed.moves] == [(1, 2)]
    with pytest.raises(applications.NothingNewer):
        applications.renew(renewed, by=town.act("owner", NINE), at=NINE)


def test_a_dropped_application_form_leaves_nothing_to_choose_where_it_was_filled_in_here(town, edition) -> None:
    form = next(row for row in edition.document["materials"] if row["kind"] == "申请表格")
    case = walk.received(town, edition, at=NINE)

    less = town.draft(ITEM, NINE, materials=without(edition, str(form["name"])))
    found = queries.impact(edition.item_id, queries.check(less.document)[0], on=NINE.date())

    assert form["key"] not in {document.material for document in documents(case.application)}
    assert (found.total, found.untouched, found.decide) == (1, 1, 0)


def test_the_impact_is_known_before_release(town: walk.Town, edition: Edition) -> None:
    dropped = first_needed(edition)
    walk.accepted(town, edition, at=NINE)
    for _ in range(2):
        walk.received(town, edition, at=NINE)
    lacking_one = walk.received(town, edition, at=NINE)
    lacking_one.application.documents.filter(material=dropped["key"]).update(removed_at=NINE)

    less = town.draft(ITEM, NINE, materials=without(edition, str(dropped["name"])))
    found = queries.impact(edition.item_id, queries.check(less.document)[0], on=NINE.date())

    assert (found.total, found.untouched, found.keeps, found.decide) == (4, 3, 0, 1)
    (touched,) = found.to_choose
    assert (touched.change.kind, touched.change.title, touched.examples) == (
        "removed", dropped["name"], [lacking_one.number],
    )  # fmt: skip

    more = catalog.save_draft(
        less, {**less.document, "materials": [*edition.document["materials"], ADDED]}, base=less.revision,
        by=town.act("editor", NINE), at=NINE,
    ).edition  # fmt: skip
    found = queries.impact(edition.item_id, queries.check(more.document)[0], on=NINE.date())
    assert (found.untouched, found.keeps, found.decide) == (1, 3, 0)


def test_somebody_has_to_choose_and_then_open_cases_are_spared_and_told(town: walk.Town, edition: Edition) -> None:
    dropped = first_needed(edition)
    case = walk.received(town, edition, at=NINE)
    case.application.documents.filter(material=dropped["key"]).update(removed_at=NINE)
    assert [each.key for each in lacking(case.application)] == [dropped["key"]]
    draft = town.draft(ITEM, NINE, materials=without(edition, str(dropped["name"])))
    place = f"materials[{dropped['key']}]"

    with pytest.raises(catalog.Undecided):
        town.approve(draft, NINE)
    town.approve(draft, NINE, reach={place: "all"})
    run_jobs()

    fresh = Application.objects.get(number=case.number)
    assert fresh.eased == {place: {"version": 2, "now": None}}
    assert not lacking(fresh)
    assert fresh.edition.version == 1
    told = Message.objects.get(once=f"eased:{case.number}:2")
    assert str(dropped["name"]) in told.body


def test_chosen_for_new_ones_only_open_cases_stay_as_they_are(town: walk.Town, edition: Edition) -> None:
    dropped = first_needed(edition)
    case = walk.received(town, edition, at=NINE)
    case.application.documents.filter(material=dropped["key"]).update(removed_at=NINE)

    draft = town.draft(ITEM, NINE, materials=without(edition, str(dropped["name"])))
    town.approve(draft, NINE, reach={f"materials[{dropped['key']}]": "new"})
    run_jobs()

    assert Application.objects.get(number=case.number).eased == {}
