"""An upload is looked at whole, and loaded all or not at all, as drafts."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError
from django.test import TestCase

from tests.builders import catalog, city, identity, jobs
from tests.builders.city import AT
from tests.builders.uploads import ONE, SLUG, TWO, draft, faults, loaded, sent, several, with_item, workbook_of, zipped
from tests.builders.workbook import full, stored, typed
from yimen.catalog import commands, queries
from yimen.catalog.choices import EditionState, PassageKind, UploadState
from yimen.catalog.commands.uploading import loading
from yimen.catalog.models import Edition, Item, Passage, Revision, Upload
from yimen.catalog.queries import uploads
from yimen.catalog.tasks import uploads as tasks
from yimen.files.models import StoredFile
from yimen.files.queries import read_file
from yimen.identity.models import User
from yimen.kit.actor import Actor
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db


def capture_on_commit() -> AbstractContextManager[Any]:
    """What was to happen once the transaction is through happens at the end of the block."""
    return TestCase.captureOnCommitCallbacks(execute=True)


@pytest.fixture
def editor() -> User:
    return identity.staff("editor", post=city.post("editor", agency=city.agency()))


@pytest.fixture
def by(editor: User) -> Actor:
    return identity.actor(editor)


def test_a_changed_cell_becomes_a_draft_and_what_is_in_force_stays(by: Actor) -> None:
    content = typed(workbook_of(full()), "事项", "事项名称", "新名字")

    upload = loaded(sent(content, by), by)

    assert (upload.state, upload.counts) == (UploadState.LOADED, {"new": 0, "changed": 1, "unchanged": 0})
    assert draft().document == stored(full(name="新名字"))
    assert queries.current(SLUG).doc.name == "小事项"


def test_the_draft_knows_where_it_came_from(by: Actor) -> None:
    content = typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字")

    upload = loaded(sent(content, by), by)

    made = draft()
    assert (made.version, made.revision, made.base) == (2, 1, queries.current(SLUG))
    assert Passage.objects.get(edition=made).kind == PassageKind.BEGUN
    assert "事项.xlsx" in Passage.objects.get(edition=made).reason
    assert Revision.objects.get(edition=made).saved_by_name == by.name
    assert [line.verb for line in story("item:small-item")][-1] == "draft_loaded"
    verbs = [line.verb for line in story(f"upload:{upload.pk}")]
    assert verbs == ["upload_begun", "upload_checked", "upload_confirmed", "upload_loaded"]


def test_an_export_brings_nothing_new(by: Actor) -> None:
    upload = sent(workbook_of(*several(3), full()), by)

    assert (upload.state, upload.counts) == (UploadState.READY, {"new": 0, "changed": 0, "unchanged": 4})
    with pytest.raises(commands.NotConfirmable):
        commands.confirm_upload(upload, by=by, at=AT)


def test_all_researched_items_come_back_unchanged_through_the_worker(by: Actor) -> None:
    everywhere = identity.actor(identity.staff("editor"))
    for slug in catalog.slugs()[:12]:
        catalog.item(slug)
    contents = [uploads.item_workbook(slug, at=AT) for slug in catalog.slugs()[:12]]

    found = [sent(content, everywhere).counts for content in contents]

    assert found == [{"new": 0, "changed": 0, "unchanged": 1}] * 12


def test_a_new_row_is_a_new_item(by: Actor) -> None:
    content = workbook_of(catalog.small())
    document = catalog.small(slug="new-item", name="新事项", agency=city.agency().code)
    content = with_item(content, document)

    upload = loaded(sent(content, by), by)

    assert upload.counts == {"new": 1, "changed": 0, "unchanged": 1}
    assert (draft("new-item").version, draft("new-item").document["name"]) == (1, "新事项")
    assert Item.objects.get(slug="new-item").agency == city.agency()


def test_a_draft_in_the_making_is_gone_on_with(by: Actor) -> None:
    catalog.release(catalog.small())
    begun = commands.begin_draft(Item.objects.get(), by=by, at=AT)
    commands.save_draft(begun, {**begun.document, "name": "草稿名"}, base=1, by=by, at=AT)
    content = typed(uploads.agency_workbook(city.agency(), at=AT), "事项", "数量限制", "100")

    loaded(sent(content, by), by)

    assert (draft().version, draft().revision) == (2, 3)
    assert (draft().document["name"], draft().document["quota"]) == ("草稿名", "100")


def test_one_bad_cell_in_the_last_row_and_nothing_is_loaded(by: Actor) -> None:
    content = workbook_of(*several(4))
    for row in (2, 3, 4):
        content = typed(content, "事项", "事项名称", f"新名字{row}", row)
    content = typed(content, "事项", "承诺办结时限", "很快", 5)

    upload = sent(content, by)

    assert upload.state == UploadState.BAD
    assert faults(upload) == [("事项!M5", "应为整数，只填数字，例如 5；现在是“很快”")]
    assert not Edition.objects.filter(state=EditionState.DRAFT).exists()
    assert not upload.items.exists()
    with pytest.raises(commands.NotConfirmable):
        commands.confirm_upload(upload, by=by, at=AT)


def test_a_fault_while_the_last_item_is_loaded_undoes_the_others(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook_of(*several(4))
    for row in (2, 3, 4, 5):
        content = typed(content, "事项", "事项名称", f"新名字{row}", row)
    upload = sent(content, by)
    commands.confirm_upload(upload, by=by, at=AT)
    told = loading.record

    def break_off(chain: str, *facts: Any, **more: Any) -> None:
        if chain == "item:item-03":
            raise IntegrityError("the disk is full")
        told(chain, *facts, **more)

    monkeypatch.setattr(loading, "record", break_off)
    with pytest.raises(IntegrityError):
        jobs.run()

    found = Upload.objects.get(pk=upload.pk)
    assert found.state == UploadState.BAD
    assert "没有导入任何内容" in found.refused
    assert not Edition.objects.filter(state=EditionState.DRAFT).exists()


def test_whoever_lost_the_post_meanwhile_loads_nothing(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = sent(typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字"), by)
    commands.confirm_upload(upload, by=by, at=AT)
    monkeypatch.setattr("yimen.catalog.reactions.actor_for", lambda user, at: Actor(user=user.pk, name="前任"))

    jobs.run()

    assert "只有本部门" in Upload.objects.get(pk=upload.pk).refused
    assert not Edition.objects.filter(state=EditionState.DRAFT).exists()


def test_what_came_between_check_and_loading_stops_all_of_it(by: Actor) -> None:
    content = workbook_of(*several(3))
    for row in (2, 3, 4):
        content = typed(content, "事项", "事项名称", f"新名字{row}", row)
    upload = sent(content, by)
    catalog.release(catalog.small(slug="item-01", name="别人的名字"))

    found = loaded(upload, by)

    assert found.refused == "检查之后，“新名字3”又有了新的内容，全部没有导入。请重新下载、修改后再上传。"
    assert not Edition.objects.filter(state=EditionState.DRAFT).exists()


def test_of_two_uploads_about_one_agency_the_second_waits(by: Actor) -> None:
    content = workbook_of(*several(2))
    first = sent(typed(content, "事项", "事项名称", "甲"), by)
    second = sent(typed(content, "事项", "事项名称", "乙", 3), by)
    commands.confirm_upload(first, by=by, at=AT)
    Upload.objects.filter(pk=first.pk).update(moved_at=AT)

    with pytest.raises(commands.AgencyBusy):
        commands.confirm_upload(second, by=by, at=AT)

    jobs.run()
    assert loaded(second, by).state == UploadState.LOADED


def test_after_a_worker_that_died_it_begins_anew_and_nothing_was_loaded(by: Actor) -> None:
    upload = sent(typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字"), by)
    commands.confirm_upload(upload, by=by, at=AT)
    jobs.forget()
    later = AT + timedelta(minutes=5)

    with pytest.raises(commands.StillWorking):
        commands.restart_upload(upload, by=by, at=AT)
    assert not Edition.objects.filter(state=EditionState.DRAFT).exists()
    commands.restart_upload(upload, by=by, at=later)
    jobs.run()

    assert Upload.objects.get(pk=upload.pk).state == UploadState.LOADED
    assert draft().document["name"] == "新名字"


def silent(upload: Upload, by: Actor) -> None:
    """Confirmed, and then its worker died."""
    commands.confirm_upload(upload, by=by, at=AT)
    jobs.forget()


def test_after_a_worker_that_died_it_goes_on_by_itself(by: Actor) -> None:
    upload = sent(typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字"), by)
    silent(upload, by)

    soon = tasks.revive_silent(at=AT + timedelta(seconds=30))
    later = tasks.revive_silent(at=AT + timedelta(minutes=2))
    jobs.run()

    assert (soon, later) == (0, 1)
    assert Upload.objects.get(pk=upload.pk).state == UploadState.LOADED
    assert draft().document["name"] == "新名字"
    assert Revision.objects.get(edition=draft()).saved_by_name == by.name


def test_what_waits_for_its_turn_isnt_taken_for_dead(by: Actor) -> None:
    upload = sent(typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字"), by)
    commands.confirm_upload(upload, by=by, at=AT)

    assert tasks.revive_silent(at=AT + timedelta(hours=1)) == 0


def test_after_dying_again_and_again_it_is_told_to_have_failed_and_can_be_begun_anew(by: Actor) -> None:
    upload = sent(typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字"), by)
    silent(upload, by)
    for minutes in (2, 4, 6, 8):
        assert tasks.revive_silent(at=AT + timedelta(minutes=minutes)) == 1
        jobs.forget()

    failed = Upload.objects.get(pk=upload.pk)
    assert (failed.state, failed.refused[:8]) == (UploadState.BAD, "后台处理连续中断")
    assert tasks.revive_silent(at=AT + timedelta(minutes=10)) == 0
    commands.restart_upload(failed, by=by, at=AT + timedelta(minutes=11))
    jobs.run()
    assert Upload.objects.get(pk=upload.pk).state == UploadState.LOADED


def test_old_uploads_go_with_their_files_and_what_was_loaded_stays(by: Actor, settings: Any) -> None:
    content = workbook_of(catalog.small())
    old = loaded(sent(typed(content, "事项", "事项名称", "新名字"), by), by)
    path = StoredFile.objects.get(pk=old.file_id).path
    at = AT + timedelta(days=settings.YIMEN_UPLOAD_DAYS + 1)
    fresh = commands.begin_upload(content, name="新的.xlsx", by=by, at=at)

    with capture_on_commit():
        assert tasks.remove_old(at=at) == 1

    assert list(Upload.objects.values_list("pk", flat=True)) == [fresh.pk]
    assert not StoredFile.objects.filter(pk=old.file_id).exists()
    assert not storages["default"].exists(path)
    assert draft().document["name"] == "新名字"
    assert story(f"upload:{old.pk}")[-1].verb == "upload_removed"


def test_bytes_that_another_file_shares_stay(by: Actor, settings: Any) -> None:
    content = workbook_of(catalog.small())
    old = sent(content, by)
    at = AT + timedelta(days=settings.YIMEN_UPLOAD_DAYS + 1)
    again = commands.begin_upload(content, name="同样的.xlsx", by=by, at=at)

    with capture_on_commit():
        tasks.remove_old(at=at)

    assert not Upload.objects.filter(pk=old.pk).exists()
    assert read_file(again.file_id) == content


def test_they_are_kept_for_ever_where_the_city_says_so(by: Actor, settings: Any) -> None:
    settings.YIMEN_UPLOAD_DAYS = 0
    sent(workbook_of(catalog.small()), by)

    assert tasks.remove_old(at=AT + timedelta(days=9999)) == 0


def test_what_the_worker_has_in_hand_isnt_removed(by: Actor, settings: Any) -> None:
    commands.begin_upload(workbook_of(catalog.small()), name="a.xlsx", by=by, at=AT)

    assert tasks.remove_old(at=AT + timedelta(days=settings.YIMEN_UPLOAD_DAYS + 1)) == 0


def test_a_second_loading_of_the_same_upload_does_nothing(by: Actor) -> None:
    upload = loaded(sent(typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字"), by), by)

    commands.load_upload(upload, by=by, at=AT)

    assert Edition.objects.filter(state=EditionState.DRAFT).count() == 1


def test_given_up_it_loads_nothing_and_cant_be_confirmed(by: Actor) -> None:
    upload = sent(typed(workbook_of(catalog.small()), "事项", "事项名称", "新名字"), by)

    commands.drop_upload(upload, by=by, at=AT)

    with pytest.raises(commands.NotConfirmable):
        commands.confirm_upload(upload, by=by, at=AT)
    assert not upload.items.exists()


@pytest.mark.parametrize(
    "content", [json.dumps(ONE).encode(), b"\xef\xbb\xbf" + json.dumps([ONE, TWO]).encode(), zipped(one=ONE, two=TWO)]
)
def test_json_comes_alone_in_a_list_or_as_a_folder(by: Actor, content: bytes) -> None:
    upload = loaded(sent(content, by, "a.json"), by)

    assert upload.state == UploadState.LOADED
    assert draft("one").document == stored(ONE)


def test_the_whole_catalogue_goes_out_and_brings_nothing_new(by: Actor) -> None:
    workbook_of(full(), *several(2))

    upload = sent(uploads.whole_catalogue(), by, "事项目录.zip")

    assert upload.counts == {"new": 0, "changed": 0, "unchanged": 3}


def test_thousands_of_items_cost_few_statements(by: Actor, django_assert_max_num_queries: Any) -> None:
    upload = sent(json.dumps(several(120)).encode(), by, "a.json")

    with django_assert_max_num_queries(25):
        commands.confirm_upload(upload, by=by, at=AT)
        from yimen.catalog.commands.uploading.doing import _load

        _load(Upload.objects.get(pk=upload.pk), lambda *_: None, by=by, at=AT)

    assert Edition.objects.filter(state=EditionState.DRAFT).count() == 120
