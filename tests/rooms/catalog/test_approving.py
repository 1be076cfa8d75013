"""A draft becomes an edition: checked, approved by two offices, released on its day."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.builders import catalog, city, identity
from tests.builders.walk import PDF
from yimen.catalog import commands, queries
from yimen.catalog.choices import EditionState, chain
from yimen.catalog.models import Edition
from yimen.catalog.tasks.effect import put_into_effect
from yimen.city.choices import Duty
from yimen.files.commands import store
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Invalid
from yimen.ledger.queries import story

AT = city.AT
DAY = timedelta(days=1)


@pytest.fixture
def offices(db: None) -> dict[str, Actor]:
    agency = catalog.item().item.agency
    posts = {duty: city.post(duty, agency=agency) for duty in (Duty.EDITOR, Duty.STAFFING, Duty.LEGAL)}
    return {str(duty): identity.actor(identity.staff(post=post, name=str(duty))) for duty, post in posts.items()}


def drafted(by: Actor, **changes: Any) -> Edition:
    draft = commands.begin_draft(queries.current("food-business-licence").item, by=by, at=AT)
    return commands.save_draft(draft, {**draft.document, **changes}, base=draft.revision, by=by, at=AT).edition


def submitted(by: Actor, *, planned_from: date | None = None, **changes: Any) -> Edition:
    draft = drafted(by, **changes)
    return commands.submit(draft, planned_from=planned_from or AT.date(), note="减少跑动", by=by, at=AT)


def test_a_draft_passes_both_offices_and_counts_on_its_day(offices: dict[str, Actor]) -> None:
    sent = submitted(offices["editor"], planned_from=AT.date() + 3 * DAY, quota="每年 100 家")

    staffed = commands.approve(sent, digest=sent.digest, by=offices["staffing"], at=AT + DAY)
    approved = commands.approve(staffed, digest=sent.digest, by=offices["legal"], at=AT + 2 * DAY)

    assert approved.state == EditionState.APPROVED
    put_into_effect(at=AT + 2 * DAY)
    assert queries.current("food-business-licence").version == 1
    put_into_effect(at=AT + 3 * DAY)
    current = queries.current("food-business-licence")
    assert (current.version, current.doc.quota, current.valid_from) == (2, "每年 100 家", AT.date() + 3 * DAY)
    assert queries.edition("food-business-licence", 1).valid_to == AT.date() + 2 * DAY
    verbs = [entry.verb for entry in story(chain("food-business-licence"))]
    assert [verb for verb in verbs if verb.startswith("edition_")] == [
        "edition_released", "edition_submitted", "edition_staffing", "edition_legal", "edition_released",
    ]  # fmt: skip
    assert [step.name for step in current.passages.all()] == ["editor", "editor", "staffing", "legal", "系统"]


def test_with_the_last_approval_it_counts_at_once_if_its_day_has_come(offices: dict[str, Actor]) -> None:
    sent = submitted(offices["editor"], quota="每年 100 家")

    commands.approve(sent, digest=sent.digest, by=offices["staffing"], at=AT)
    commands.approve(sent, digest=sent.digest, by=offices["legal"], at=AT)

    assert queries.current("food-business-licence").version == 2


def test_the_legal_office_waits_for_the_staffing_office(offices: dict[str, Actor]) -> None:
    sent = submitted(offices["editor"], quota="每年 100 家")

    with pytest.raises(Forbidden):
        commands.approve(sent, digest=sent.digest, by=offices["legal"], at=AT)


def test_nobody_approves_what_they_wrote_or_approved_before(offices: dict[str, Actor]) -> None:
    duties = frozenset({"editor", "staffing", "legal"})
    everything = dataclasses.replace(offices["editor"], duties=duties)
    sent = submitted(everything, quota="每年 100 家")

    with pytest.raises(commands.SamePerson):
        commands.approve(sent, digest=sent.digest, by=everything, at=AT)
    commands.approve(sent, digest=sent.digest, by=offices["staffing"], at=AT)
    with pytest.raises(commands.SamePerson):
        commands.approve(sent, digest=sent.digest, by=everything, at=AT)


def test_what_is_in_the_offices_hands_is_frozen(offices: dict[str, Actor]) -> None:
    sent = submitted(offices["editor"], quota="每年 100 家")

    with pytest.raises(commands.NotInHand):
        commands.save_draft(sent, {**sent.document, "visits": 1}, base=sent.revision, by=offices["editor"], at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=sent.pk).update(document={})


def test_sent_back_with_a_reason_it_can_be_changed_and_sent_again(offices: dict[str, Actor]) -> None:
    sent = submitted(offices["editor"], quota="每年 100 家")

    with pytest.raises(Invalid):
        commands.send_back(sent, reason=" ", by=offices["staffing"], at=AT)
    back = commands.send_back(sent, reason="跑动次数与窗口不符", by=offices["staffing"], at=AT)

    assert back.state == EditionState.DRAFT
    saved = commands.save_draft(
        back,
        {**back.document, "quota": "每年 200 家"},
        base=back.revision,
        by=offices["editor"],
        at=AT,
    )
    again = commands.submit(saved.edition, planned_from=AT.date(), note="改", by=offices["editor"], at=AT)
    assert again.state == EditionState.CHECKED


def test_an_office_that_read_something_else_approves_nothing(offices: dict[str, Actor]) -> None:
    sent = submitted(offices["editor"], quota="每年 100 家")

    with pytest.raises(commands.NotWaiting):
        commands.approve(sent, digest="0" * 64, by=offices["staffing"], at=AT)


def test_an_incomplete_draft_is_kept_but_does_not_leave_the_editor(offices: dict[str, Actor]) -> None:
    draft = drafted(offices["editor"], steps=[], name="")

    with pytest.raises(commands.NotReady) as refused:
        commands.submit(draft, planned_from=AT.date(), note="", by=offices["editor"], at=AT)

    assert {each.field for each in refused.value.problems} == {"name", "steps"}


def test_a_draft_that_changes_nothing_does_not_bother_the_offices(offices: dict[str, Actor]) -> None:
    with pytest.raises(commands.NotReady) as refused:
        commands.submit(drafted(offices["editor"]), planned_from=AT.date(), note="", by=offices["editor"], at=AT)

    assert [each.reason for each in refused.value.problems] == ["和现行版本没有区别"]


def test_a_day_in_the_past_is_refused(offices: dict[str, Actor]) -> None:
    with pytest.raises(commands.TooEarly):
        commands.submit(drafted(offices["editor"]), planned_from=AT.date() - DAY, note="", by=offices["editor"], at=AT)


def test_what_the_platform_released_meanwhile_is_not_undone_unseen(offices: dict[str, Actor]) -> None:
    draft = drafted(offices["editor"], quota="每年 100 家")
    catalog.item(name="食品经营许可（新名）")

    with pytest.raises(commands.Superseded):
        commands.submit(draft, planned_from=AT.date(), note="", by=offices["editor"], at=AT)
    rebased = commands.rebase(draft, by=offices["editor"], at=AT).edition
    sent = commands.submit(rebased, planned_from=AT.date(), note="", by=offices["editor"], at=AT)

    assert (sent.document["name"], sent.document["quota"]) == ("食品经营许可（新名）", "每年 100 家")


def test_an_approved_edition_overtaken_by_the_platform_goes_back_to_its_editor(offices: dict[str, Actor]) -> None:
    sent = submitted(offices["editor"], planned_from=AT.date() + DAY, quota="每年 100 家")
    commands.approve(sent, digest=sent.digest, by=offices["staffing"], at=AT)
    commands.approve(sent, digest=sent.digest, by=offices["legal"], at=AT)
    catalog.item(name="食品经营许可（新名）")

    put_into_effect(at=AT + DAY)

    assert Edition.objects.get(pk=sent.pk).state == EditionState.DRAFT
    assert queries.current("food-business-licence").doc.name == "食品经营许可（新名）"


def test_an_editor_of_another_agency_may_neither_draft_nor_send_back(offices: dict[str, Actor]) -> None:
    other = identity.actor(identity.staff(post=city.post(Duty.EDITOR, agency=city.agency("GA"))))
    sent = submitted(offices["editor"], quota="每年 100 家")

    with pytest.raises(Forbidden):
        commands.begin_draft(sent.item, by=other, at=AT)
    with pytest.raises(Forbidden):
        commands.send_back(sent, reason="不要", by=other, at=AT)


def test_a_new_item_is_nobodys_until_it_is_released(offices: dict[str, Actor]) -> None:
    agency = queries.current("food-business-licence").item.agency
    draft = commands.begin_item({"slug": "brand-new", "name": "新事项"}, agency=agency, by=offices["editor"], at=AT)

    with pytest.raises(queries.NoSuchItem):
        queries.current("brand-new")
    with pytest.raises(commands.SlugTaken):
        commands.begin_item({"slug": "brand-new"}, agency=agency, by=offices["editor"], at=AT)
    commands.discard_draft(draft, by=offices["editor"], at=AT)

    again = commands.begin_item({"slug": "brand-new", "name": "新"}, agency=agency, by=offices["editor"], at=AT)
    assert again.version == 1


def test_two_editors_changes_to_different_parts_are_both_kept(offices: dict[str, Actor]) -> None:
    draft = drafted(offices["editor"])
    first = {**draft.document, "special_note": "现场核查不计入"}
    second = {**draft.document, "quota": "每年 100 家"}

    commands.save_draft(draft, first, base=draft.revision, by=offices["editor"], at=AT)
    saved = commands.save_draft(draft, second, base=draft.revision, by=offices["editor"], at=AT)

    assert (saved.edition.document["special_note"], saved.edition.document["quota"]) == (
        "现场核查不计入",
        "每年 100 家",
    )
    assert saved.merged == ("special_note",)


def test_two_editors_changes_to_the_same_thing_are_told_and_nothing_is_saved(offices: dict[str, Actor]) -> None:
    draft = drafted(offices["editor"], visits=3)
    commands.save_draft(draft, {**draft.document, "visits": 0}, base=draft.revision, by=offices["editor"], at=AT)

    with pytest.raises(commands.Conflicting) as refused:
        commands.save_draft(draft, {**draft.document, "visits": 2}, base=draft.revision, by=offices["editor"], at=AT)

    assert [(each.place, each.mine, each.theirs) for each in refused.value.conflicts] == [("visits", 2, 0)]
    assert Edition.objects.get(pk=draft.pk).document["visits"] == 0


def test_a_file_that_was_handed_in_for_something_else_can_not_be_published(offices: dict[str, Actor]) -> None:
    stray = str(store(name="私人.pdf", content=PDF, by=offices["editor"], at=AT, about="case:1").pk)
    own = str(store(name="样表.pdf", content=PDF, by=offices["editor"], at=AT, about=chain("food-business-licence")).pk)
    draft = drafted(offices["editor"])
    rows = draft.document["materials"]

    def naming(file: str) -> list[dict[str, Any]]:
        return [{**rows[0], "sample": {"name": "样表", "file": file}}, *rows[1:]]

    saved = commands.save_draft(
        draft, {**draft.document, "materials": naming(stray)}, base=draft.revision, by=offices["editor"], at=AT
    ).edition
    with pytest.raises(commands.NotReady) as refused:
        commands.submit(saved, planned_from=AT.date(), note="样表", by=offices["editor"], at=AT)
    assert [each.field for each in refused.value.problems] == ["materials[0].sample.file"]

    saved = commands.save_draft(
        saved, {**saved.document, "materials": naming(own)}, base=saved.revision, by=offices["editor"], at=AT
    ).edition
    assert commands.submit(saved, planned_from=AT.date(), note="样表", by=offices["editor"], at=AT).state == "checked"
