"""A released edition never changes; a change is a new edition; materials keep their keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.builders import catalog, city, identity
from yimen.catalog import queries
from yimen.catalog.choices import EditionDocument, StepKind, chain
from yimen.catalog.commands import Unchanged, release
from yimen.catalog.models import Edition
from yimen.kit.errors import Forbidden, Invalid
from yimen.law.terms import Unit
from yimen.ledger.queries import story

LATER = city.AT + timedelta(days=30)


def material(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": "文书", "source": "申请人自备", "necessity": "必要", **more}


def steps(*names: str) -> list[str]:
    document = catalog.small(steps=[{"name": name, "role": "岗"} for name in names])
    return [str(step.kind) for step in EditionDocument.model_validate(document).steps]


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (["受理", "审查", "决定", "制证", "送达"], ["accept", "review", "decide", "draw_up", "deliver"]),
        (["申请", "受理初审", "审核", "办结"], ["applicant", "accept", "review", "decide"]),
        (["受理", "核验", "制证"], ["accept", "decide", "draw_up"]),
        (["网上填报", "平台核验赋码", "备案完成"], ["applicant", "review", "decide"]),
        (["受理", "评审认定", "公示"], ["accept", "decide", "draw_up"]),
        (["受理", "制证"], ["accept", "draw_up"]),
    ],
)
def test_a_step_says_by_its_name_what_it_does(names: list[str], kinds: list[str]) -> None:
    assert steps(*names) == kinds


def test_a_file_may_say_itself_what_a_step_does_and_what_runs_side_by_side() -> None:
    given = [
        {"name": "会审", "role": "甲"},
        {"name": "会签", "role": "乙", "parallel_with_previous": True},
        {"name": "签批", "role": "丙", "kind": "decide"},
    ]

    read = EditionDocument.model_validate(catalog.small(steps=given)).steps

    assert [step.kind for step in read] == [StepKind.REVIEW, StepKind.REVIEW, StepKind.DECIDE]
    assert [step.parallel_with_previous for step in read] == [False, True, False]


@pytest.mark.parametrize("slug", catalog.slugs())
def test_every_researched_item_has_a_decision_and_keys_and_survives_storage(slug: str) -> None:
    document = EditionDocument.model_validate(catalog.raw(slug)).keyed()

    assert document.decision_step is not None
    assert [material.key for material in document.materials] == [
        f"m{n:02d}" for n in range(1, len(document.materials) + 1)
    ]
    assert EditionDocument.model_validate(document.stored()) == document


def test_limits_come_with_unit_and_source_and_a_missing_one_has_the_law_s_default() -> None:
    given = EditionDocument.model_validate(catalog.small(statutory_days=60, statutory_unit="自然日"))
    silent = EditionDocument.model_validate(catalog.small(statutory_days=None, promised_days=None))

    assert given.limits.statutory is not None
    assert (given.limits.statutory.amount, given.limits.statutory.unit) == (60, Unit.NATURAL_DAY)
    assert silent.limits == (None, None)
    assert silent.decision_limits.defaulted
    assert silent.decision_limits.promise.amount == 20


@pytest.mark.django_db
class TestReleasing:
    def test_a_change_is_a_new_edition_and_materials_keep_their_keys(self) -> None:
        first = catalog.release(catalog.small(materials=[material("甲"), material("乙")]))
        changed = catalog.small(materials=[material("丙"), material("乙"), material("丁", key="d")])

        second = catalog.release(changed, at=LATER)

        assert [each.key for each in second.doc.materials] == ["m03", "m02", "d"]
        assert (first.version, second.version) == (1, 2)
        first.refresh_from_db()
        assert (first.current, first.valid_to) == (False, LATER.date() - timedelta(days=1))
        assert queries.current("small-item") == second
        assert queries.edition("small-item", 1).doc.materials[0].name == "甲"
        assert [line.verb for line in story(chain("small-item"))] == ["edition_released", "edition_released"]

    def test_the_same_again_is_refused_and_leaves_no_trace(self) -> None:
        catalog.release(catalog.small())

        with pytest.raises(Unchanged):
            catalog.release(catalog.small(code=None))

        assert Edition.objects.count() == len(story(chain("small-item"))) == 1

    def test_the_database_itself_refuses_to_change_what_was_released(self) -> None:
        edition = catalog.release(catalog.small())

        for change in ({"document": {}}, {"version": 9}, {"state": "draft"}, {"digest": "0"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Edition.objects.filter(pk=edition.pk).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).delete()

    def test_at_most_one_edition_is_current(self) -> None:
        edition = catalog.release(catalog.small())

        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.create(
                item=edition.item, version=2, document={}, digest="x", state="released",
                released_at=city.AT, valid_from=city.AT.date(),
            )  # fmt: skip

    @pytest.mark.parametrize("duty", ["editor", "staffing", "legal", "administrator", "clerk"])
    def test_nobody_releases_past_the_two_offices(self, duty: str) -> None:
        somebody = identity.actor(identity.staff(duty))

        with pytest.raises(Forbidden):
            release(catalog.small(), agency=city.agency("SJ"), by=somebody, at=city.AT)

    def test_a_bad_document_is_refused_with_every_problem(self) -> None:
        bad = catalog.small(form_fields=[catalog.field("a", show_if="b ==")], promised_days=99)

        with pytest.raises(Invalid) as refused:
            catalog.release(bad)

        assert [error["field"] for error in refused.value.errors] == ["form_fields[0].show_if", "promised_days"]

    def test_an_item_that_is_not_there_is_not_found(self) -> None:
        with pytest.raises(queries.NoSuchItem):
            queries.current("nothing")

    def test_a_guide_says_in_words_what_an_edition_knows(self) -> None:
        edition = catalog.item("food-business-licence")

        guide = queries.guide(edition)

        assert (guide.promised, guide.fee, guide.visits_words) == ("10 个工作日", "不收费", "一次也不用跑")
        assert guide.materials[0].key == "m01"
        assert [step.kind for step in guide.steps] == ["accept", "review", "decide", "draw_up", "deliver"]
        assert guide.results[0].licence == "食品经营许可证"
        assert guide.office.name == "梅江区市场监督管理局"
