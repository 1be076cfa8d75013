"""历史证照电子化: a table of old licences is looked at row by row, compared by a second person, and then holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.builders import batches, city, identity, jobs
from tests.builders.city import AT
from yimen.identity.models import Subject
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Invalid
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story
from yimen.vault import queries
from yimen.vault.choices import State, Trust
from yimen.vault.choices.batches import BatchState, batch_chain
from yimen.vault.commands import importing
from yimen.vault.models import Batch, BatchBundle, Licence
from yimen.vault.queries.importing import NoSuchBatch, one_batch, to_compare
from yimen.vault.queries.importing.mapping import saved_mapping

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Actor:
    return batches.loader(name="李敏")


@pytest.fixture
def other() -> Actor:
    return batches.loader(name="钟强")


def test_columns_are_guessed_from_their_heads_and_what_somebody_chose_is_kept_for_the_kind(by: Actor) -> None:
    batch = batches.begun([batches.row()], by)
    guessed = {key: batch.heads[place] for key, place in batch.mapping.items()}
    chosen = {**batch.mapping, "field:practice_org": batch.heads.index("工作单位")}
    batches.mapped(batch, by, mapping=chosen)

    again = batches.begun([batches.row()], by)

    assert guessed == {
        "number": "许可证编号",
        "holder": "姓名",
        "holder_number": "身份证号",
        "issued": "发证日期",
        "valid_to": "有效期至",
        "issuer": "发证机关",
        "scan": "扫描件",
    }
    assert again.mapping == chosen


def test_a_batch_becomes_licences_that_hold_and_that_their_holders_find_in_their_log(by: Actor, other: Actor) -> None:
    known = identity.person("钟小梅")
    rows = [batches.row("2015000001", 姓名="钟小梅", 身份证号=known.number), batches.row("2015000002", 姓名="李建国")]

    batch = batches.entered(batches.loaded(rows, by), other)

    first, second = batches.licences(batch)
    assert (batch.state, batch.entered, batch.left_out) == (BatchState.VALID, 2, 0)
    assert (first.holder_id, first.number, first.state, first.trust) == (known.pk, "2015000001", State.SIGNED, Trust.A)
    assert (first.valid_from, first.valid_to) == (date(2015, 3, 2), date(2030, 3, 1))
    assert first.fields["certificate_no"] == "2015000001"
    assert [queries.untouched(each) for each in (first, second)] == [True, True]
    assert queries.valid_of(known.pk, "nurse_licence", AT) == first
    assert (first.drawn_by, first.signed_by) == (by.user, other.user)
    made = Subject.objects.get(name="李建国")
    assert [line.verb for line in story(subject_chain(made.pk))] == ["subject_registered", "licence_signed"]
    assert story(subject_chain(known.pk))[-1].facts["batch"] == batch.pk


def test_changing_a_letter_of_one_licence_of_a_group_shows(by: Actor, other: Actor) -> None:
    batch = batches.entered(batches.loaded([batches.row() for _ in range(5)], by), other)
    licence = batches.licences(batch)[3]

    licence.fields = {**licence.fields, "practice_org": "别处的医院"}

    assert (queries.untouched(licence), queries.untouched(batches.licences(batch)[3])) == (False, True)


def test_before_the_sample_no_register_has_seen_anything(by: Actor) -> None:
    batch = batches.loaded([batches.row(), batches.row()], by)

    assert (batch.state, batch.good) == (BatchState.READ, 2)
    assert (Licence.objects.exists(), Subject.objects.filter(document="citizen_id").exists()) == (False, False)


@pytest.mark.parametrize(
    ("changes", "head", "reason"),
    [
        ({"身份证号": "441402190001010011"}, "身份证号", "校验位不符，请核对号码是否有误"),
        ({"身份证号": ""}, "身份证号", "缺少持证人证件号码"),
        (
            {"身份证号": "4.41402E+17"},
            "身份证号",
            "表格软件把这个号码存成了数字，后几位已经丢失，请改为文本格式重新填写",
        ),
        ({"姓名": " "}, "姓名", "缺少持证人姓名（名称）"),
        ({"姓名": "王\x07芳"}, "姓名", "含有看不见的控制字符"),
        ({"姓名": "长" * 121}, "姓名", "姓名（名称）超过120个字"),
        ({"许可证编号": ""}, "许可证编号", "缺少编号"),
        ({"许可证编号": "=CMD()|x"}, "许可证编号", "编号含有不应有的符号"),
        ({"发证日期": "2015-02-30"}, "发证日期", "日期不对，请按 2015-03-02 的样式填写"),
        ({"发证日期": "2099-01-01", "有效期至": "2100-01-01"}, "发证日期", "发证日期晚于今天"),
        ({"发证日期": ""}, "发证日期", "缺少发证日期（有效期起始日期）"),
        ({"有效期至": "2010-01-01"}, "有效期至", "有效期截止日期早于起始日期"),
        ({"有效期至": ""}, "有效期至", "缺少有效期截止日期（长期有效的请填“长期”）"),
        ({"发证机关": "别市卫生健康局"}, "发证机关", "不是本批次的发证机关，也不在登记的曾用名中"),
        ({"工作单位": ""}, "工作单位", "不能为空"),
    ],
)
def test_each_fault_is_told_with_its_cell(by: Actor, changes: dict[str, str], head: str, reason: str) -> None:
    batch = batches.begun([batches.row(**changes), batches.row()], by)
    place = batch.heads.index("工作单位")

    batch = batches.read(batches.mapped(batch, by, mapping={**batch.mapping, "field:practice_org": place}), by)

    assert batches.refused(batch) == [(2, head, reason)]
    assert (batch.good, batch.bad) == (1, 1)


def test_all_faults_of_a_row_are_told_at_once(by: Actor) -> None:
    batch = batches.loaded([batches.row(身份证号="1", 姓名="", 发证日期="昨天")], by)

    assert [head for _line, head, _reason in batches.refused(batch)] == ["身份证号", "姓名", "发证日期"]
    assert batch.state == BatchState.BARREN


def test_former_names_of_the_body_and_the_look_of_numbers_are_said_once_for_the_kind(by: Actor) -> None:
    rows = [batches.row("粤护2015001", 发证机关="梅江区卫生局"), batches.row("1")]
    batch = batches.begun(rows, by)

    batch = batches.read(batches.mapped(batch, by, issuers=["梅江区卫生局"], mask="字护9999999"), by)

    assert batches.refused(batch) == [
        (3, "许可证编号", "编号格式不对（应为 字护9999999）"),
    ]
    again = batches.begun([batches.row()], by)
    saved = saved_mapping(again.kind)
    assert saved is not None
    assert (saved.issuers, saved.mask, again.mapping == batch.mapping) == (["梅江区卫生局"], "字护9999999", True)


def test_a_number_twice_in_the_file_and_one_of_the_library_are_refused(by: Actor, other: Actor) -> None:
    batches.entered(batches.loaded([batches.row("2015000001")], by), other)

    batch = batches.loaded([batches.row("2015000001"), batches.row("2015000002"), batches.row(" 2015 000002")], by)

    assert batches.refused(batch) == [
        (2, "许可证编号", "库里已有同一编号的证照"),
        (4, "许可证编号", "与第 3 行的编号重复"),
    ]


def test_of_two_batches_with_one_number_the_second_leaves_it_out_as_it_enters(by: Actor, other: Actor) -> None:
    first, second = (batches.loaded([batches.row("2015000001"), batches.row()], by) for _ in range(2))
    batches.entered(first, other)

    second = batches.entered(second, other)

    assert (second.entered, second.left_out, Licence.objects.count()) == (1, 1, 3)
    assert batches.refused(second) == [(2, "许可证编号", "检查之后，库里已有同一编号的证照")]


def test_a_holder_known_under_another_name_is_left_out_and_nobody_is_renamed(by: Actor, other: Actor) -> None:
    known = identity.person("钟小梅")

    batch = batches.entered(
        batches.loaded([batches.row(姓名="钟大梅", 身份证号=known.number), batches.row()], by), other
    )

    known.refresh_from_db()
    assert (known.name, batch.entered) == ("钟小梅", 1)
    assert batches.refused(batch) == [(2, "姓名", "证件号码在平台上已登记为另一姓名（名称）")]


def test_whoever_loaded_does_not_compare(by: Actor) -> None:
    batch = batches.loaded([batches.row()], by)

    with pytest.raises(Forbidden) as refused:
        importing.draw_sample(batch, by=by, at=AT)
    assert (refused.value.code, to_compare(by)) == ("sampled_by_loader", 0)


def test_one_wrong_row_sends_the_batch_back_and_nothing_holds(by: Actor, other: Actor) -> None:
    batch = batches.compared(batches.loaded([batches.row() for _ in range(4)], by), other, wrong=[2])

    batch = importing.conclude(batch, by=other, at=AT)

    assert (batch.state, Licence.objects.exists()) == (BatchState.RETURNED, False)
    assert [line.verb for line in story(batch_chain(batch.pk))][-1] == "batch_returned"
    importing.enter_batch(batch, by=other, clock=batches.clock())
    assert not Licence.objects.exists()


def test_where_some_wrong_rows_are_tolerated_they_never_become_licences(by: Actor, other: Actor, settings: Any) -> None:
    settings.YIMEN_BATCH_SAMPLE = "*:4:1"
    batch = batches.compared(batches.loaded([batches.row() for _ in range(4)], by), other, wrong=[3])

    importing.conclude(batch, by=other, at=AT)
    importing.enter_batch(batches.fresh(batch), by=other, clock=batches.clock())

    batch = batches.fresh(batch)
    assert (batch.state, batch.entered, batch.left_out) == (BatchState.VALID, 3, 1)
    assert [reason for _line, _head, reason in batches.refused(batch)] == ["抽检不符：姓名不一致"]


def test_nothing_is_concluded_before_all_is_compared_and_a_wrong_row_needs_a_word(by: Actor, other: Actor) -> None:
    batch = importing.draw_sample(batches.loaded([batches.row(), batches.row()], by), by=other, at=AT)

    with pytest.raises(importing.NotAllCompared):
        importing.conclude(batch, by=other, at=AT)
    with pytest.raises(Invalid):
        importing.judge_row(batch, place=1, right=False, note=" ", by=other, at=AT)


def test_before_it_passes_a_batch_can_be_given_up_without_a_trace_and_afterwards_not(by: Actor, other: Actor) -> None:
    given_up, passed = (batches.loaded([batches.row()], by) for _ in range(2))
    passed = batches.entered(passed, other)

    importing.drop_batch(given_up, by=by, at=AT)

    assert batches.fresh(given_up).state == BatchState.DROPPED
    assert not BatchBundle.objects.exists()
    with pytest.raises(importing.WrongState):
        importing.drop_batch(passed, by=by, at=AT)
    assert Licence.objects.count() == 1


def test_the_worker_does_it_all_by_itself(by: Actor, other: Actor) -> None:
    batch = batches.mapped(batches.begun([batches.row(), batches.row()], by), by)
    jobs.run()
    batch = batches.compared(batches.fresh(batch), other)
    importing.conclude(batch, by=other, at=AT)
    jobs.run()

    assert (batches.fresh(batch).state, Licence.objects.count()) == (BatchState.VALID, 2)


def test_only_the_issuing_bodys_people_see_a_batch(by: Actor, other: Actor) -> None:
    batch = batches.loaded([batches.row()], by)
    stranger = identity.actor(identity.staff("clerk", post=city.post("clerk", agency=city.agency("SJ"))))

    assert one_batch(batch.pk, other).pk == batch.pk
    with pytest.raises(NoSuchBatch):
        one_batch(batch.pk, stranger)
    with pytest.raises(Forbidden):
        importing.drop_batch(batch, by=stranger, at=AT)
    with pytest.raises(Forbidden):
        batches.begun([batches.row()], stranger)
    assert Batch.objects.count() == 1


def test_a_colleague_is_told_in_the_navigation_that_a_batch_waits_and_the_loader_is_not(
    by: Actor, other: Actor
) -> None:
    batch = batches.loaded([batches.row("2015000001")], by)

    assert (to_compare(other), to_compare(by)) == (1, 0)
    batches.entered(batch, other)
    assert to_compare(other) == 0


def test_what_was_uploaded_goes_when_its_time_is_over_and_the_licences_stay(
    by: Actor, other: Actor, settings: Any
) -> None:
    settings.YIMEN_BATCH_KEPT_DAYS = 30
    rows = [batches.row("2015000001"), batches.row("2015000002", 姓名="")]
    batch = batches.entered(batches.loaded(rows, by), other)
    over = batch.entered_at
    assert over is not None

    assert importing.forget_batches(at=over + timedelta(days=29)) == 0
    assert importing.forget_batches(at=over + timedelta(days=31)) == 1
    assert importing.forget_batches(at=over + timedelta(days=32)) == 0

    gone = batches.fresh(batch)
    assert (gone.table_id, gone.scans_id, gone.state) == (None, None, BatchState.VALID)
    assert batches.refused(gone) == []
    assert [queries.untouched(each) for each in batches.licences(gone)] == [True]
    assert story(batch_chain(gone.pk))[-1].verb == "batch_forgotten"
