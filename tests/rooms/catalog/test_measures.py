"""Suspending, resuming, cancelling, splitting, merging: approved by both offices, done on their day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import catalog, city, identity
from yimen.catalog import commands, queries
from yimen.catalog.choices import MeasureKind, MeasureState, chain
from yimen.catalog.models import Item, Measure
from yimen.catalog.queries.editions import Cancelled, Suspended
from yimen.catalog.tasks.effect import put_into_effect
from yimen.city.choices import Duty
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Invalid
from yimen.ledger.queries import story

AT = city.AT
DAY = timedelta(days=1)


@pytest.fixture
def offices(db: None) -> dict[str, Actor]:
    agency = city.agency("SJ")
    for slug in ("first-item", "second-item", "third-item"):
        catalog.release(catalog.small(slug=slug, name=slug), agency=agency)
    duties = (Duty.EDITOR, Duty.STAFFING, Duty.LEGAL)
    return {str(duty): identity.actor(identity.staff(post=city.post(duty, agency=agency))) for duty in duties}


def item(slug: str) -> Item:
    return Item.objects.get(slug=slug)


def decided(
    offices: dict[str, Actor], kind: MeasureKind, slugs: Sequence[str], successors: Sequence[str] = (), **more: Any
) -> Measure:
    day = more.pop("planned_from", AT.date())
    measure = commands.propose(
        kind, [item(slug) for slug in slugs], successors=successors, planned_from=day,
        reason="职能调整", by=offices["editor"], at=AT,
    )  # fmt: skip
    commands.approve_measure(measure, by=offices["staffing"], at=AT)
    return commands.approve_measure(measure, by=offices["legal"], at=AT)


def test_a_suspended_item_says_why_and_can_be_resumed(offices: dict[str, Actor]) -> None:
    decided(offices, MeasureKind.SUSPEND, ["first-item"])

    with pytest.raises(Suspended) as refused:
        queries.current("first-item")
    assert refused.value.detail == "“first-item”现在暂停办理。原因：职能调整。"
    assert not queries.all_current().filter(item__slug="first-item").exists()

    decided(offices, MeasureKind.RESUME, ["first-item"])
    assert queries.current("first-item").version == 1


def test_a_cancelled_item_ends_on_its_day_and_not_before(offices: dict[str, Actor]) -> None:
    measure = decided(offices, MeasureKind.CANCEL, ["first-item"], planned_from=AT.date() + DAY)

    assert queries.current("first-item").version == 1
    put_into_effect(at=AT + DAY)

    with pytest.raises(Cancelled):
        queries.current("first-item")
    assert queries.edition("first-item", 1).valid_to == AT.date()
    assert Measure.objects.get(pk=measure.pk).state == MeasureState.DONE
    assert [entry.verb for entry in story(chain("first-item"))][-1] == "measure_cancelled"


def test_after_a_merger_people_are_told_what_to_ask_for(offices: dict[str, Actor]) -> None:
    decided(offices, MeasureKind.MERGE, ["first-item", "second-item"], ["third-item"])

    for slug in ("first-item", "second-item"):
        with pytest.raises(Cancelled) as refused:
            queries.current(slug)
        assert refused.value.detail.endswith("请改办：third-item。")


def test_what_is_split_waits_until_its_parts_are_there(offices: dict[str, Actor]) -> None:
    agency = item("first-item").agency
    commands.begin_item({"slug": "new-part", "name": "新事项"}, agency=agency, by=offices["editor"], at=AT)

    measure = decided(offices, MeasureKind.SPLIT, ["first-item"], ["second-item", "new-part"])

    assert measure.state == MeasureState.RETURNED or Measure.objects.get(pk=measure.pk).state == MeasureState.RETURNED
    assert Measure.objects.get(pk=measure.pk).passages.last().reason == "“新事项”还没有发布，不能代替原来的事项。"
    assert queries.current("first-item").version == 1


@pytest.mark.parametrize(
    ("kind", "slugs", "successors"),
    [
        (MeasureKind.SPLIT, ["first-item"], ["second-item"]),
        (MeasureKind.MERGE, ["first-item"], ["second-item"]),
        (MeasureKind.SPLIT, ["first-item"], ["second-item", "nowhere"]),
    ],
)
def test_a_measure_without_sense_is_refused(
    offices: dict[str, Actor], kind: MeasureKind, slugs: list[str], successors: list[str]
) -> None:
    with pytest.raises(Invalid):
        decided(offices, kind, slugs, successors)


def test_what_is_not_suspended_can_not_be_resumed(offices: dict[str, Actor]) -> None:
    with pytest.raises(commands.NotPossible):
        decided(offices, MeasureKind.RESUME, ["first-item"])


def test_only_the_office_whose_turn_it_is_approves(offices: dict[str, Actor]) -> None:
    measure = commands.propose(
        MeasureKind.CANCEL, [item("first-item")], planned_from=AT.date(), reason="取消", by=offices["editor"], at=AT
    )

    with pytest.raises(Forbidden):
        commands.approve_measure(measure, by=offices["legal"], at=AT)
    with pytest.raises(Forbidden):
        commands.return_measure(measure, reason="不", by=offices["legal"], at=AT)
    back = commands.return_measure(measure, reason="再议", by=offices["staffing"], at=AT)
    assert back.state == MeasureState.RETURNED
