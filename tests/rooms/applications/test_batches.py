"""A hundred applications from one workbook: written, filled in, checked cell by cell, filed once each."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.utils import translation

from tests.builders import catalog as items
from tests.builders import identity as people
from tests.builders import jobs, walk
from tests.builders.walk import at
from yimen.applications import access
from yimen.applications.commands import batches as commands
from yimen.applications.events import BatchConfirmed
from yimen.applications.models import Application, Batch
from yimen.applications.queries import batches as queries
from yimen.applications.queries.batches import state_of
from yimen.applications.queries.batches.reading import NoApplications, NotThisForm
from yimen.applications.queries.batches.state import told
from yimen.applications.reactions import file_batch
from yimen.cases.models import Case
from yimen.identity.choices import MandateKind, Power
from yimen.kit.errors import Refusal
from yimen.kit.workbooks import Unreadable

pytestmark = pytest.mark.django_db

DAY = at("2026-03-02")
FIELDS = (
    items.field("firm", label="单位名称", prefill="org.name", required=True),
    items.field("place", label="门店名称", required=True),
    items.field("area", "number", label="经营面积", unit="平方米", required=True),
    items.field("kind", "choice", label="主体业态", choices=["餐饮", "零售"], required=True),
    items.field("more", label="餐饮类别", show_if="kind == '餐饮'", required=True),
    items.field("since", "date", label="开业日期"),
    items.field("staff", "table", label="从业人员", columns=[
        {"name": "who", "label": "姓名"}, {"name": "age", "label": "年龄", "type": "number"},
    ]),
)  # fmt: skip
PLAN = {
    "name": "平面图",
    "kind": "文书",
    "source": "申请人自备",
    "necessity": "必要",
    "original": 1,
    "electronic": True,
}
GOOD = {"门店名称": "江南店", "经营面积（平方米）": 120, "主体业态": "餐饮", "餐饮类别": "中餐"}


@pytest.fixture
def edition(town):
    raw = items.small(name="门店登记", subjects=["企业法人"], form_fields=list(FIELDS), materials=[])
    return items.release(raw | {"department": town.agency.department}, agency=town.agency)


def book(edition, rows, staff=(), known=None):
    """The item's own workbook, filled in as an office does: {head: value} per line."""
    opened = openpyxl.load_workbook(io.BytesIO(queries.write(edition.doc, known or {})))
    main = opened["申请"]
    heads = {str(cell.value).replace(" *", ""): cell.column for cell in main[1]}
    for line, row in enumerate(rows, 3):
        for head, value in row.items():
            main.cell(line, heads[head], value)
    for line, row in enumerate(staff, 3):
        for place, value in enumerate(row, 1):
            opened["从业人员"].cell(line, place, value)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def hundred(count=100):
    return [{"序号": str(turn), **GOOD, "门店名称": f"第{turn}店"} for turn in range(1, count + 1)]


def begin(town, edition, content, *, who="owner", subject=None, when=DAY, sent=()):
    by = town.act(who, when)
    upload = ("申请.xlsx", content)
    return commands.begin_batch(edition=edition, subject=subject or town.firm, upload=upload, sent=sent, by=by, at=when)


def confirm(town, batch, *, who="owner", when=DAY):
    return commands.confirm_batch(batch, by=town.act(who, when), at=when)


def faults(batch):
    return [(fault["cell"], fault["code"]) for row in batch.rows.order_by("place") for fault in row.faults]


def test_the_workbook_says_what_is_asked_and_what_is_known(town, edition):
    from yimen.applications.queries.earlier import known_for

    known = known_for(edition.doc, edition.item_id, town.firm, [town.firm.pk], by=town.act("owner", DAY), at=DAY)

    opened = openpyxl.load_workbook(io.BytesIO(queries.write(edition.doc, known)))

    main = opened["申请"]
    assert [cell.value for cell in main[1]] == [
        "序号", "单位名称 *", "门店名称 *", "经营面积（平方米） *", "主体业态 *", "餐饮类别", "开业日期",
    ]  # fmt: skip
    assert town.firm.name in main.cell(2, 2).value
    assert [cell.value for cell in opened["从业人员"][1]] == ["序号", "姓名", "年龄"]
    assert [str(each.formula1) for each in main.data_validations.dataValidation] == ["选项!$A$1:$A$2"]


def test_a_hundred_rows_become_a_hundred_cases_with_numbers_and_receipts(town, edition):
    batch = begin(town, edition, book(edition, hundred(), [("7", "张三", 31), ("7", "李四", 40)]))
    assert state_of(batch).faulty == 0
    confirm(town, batch)

    jobs.run()

    assert Case.objects.count() == 100
    state = state_of(batch)
    assert (state.filed, state.failed, state.to_file) == (100, 0, 0)
    batch.refresh_from_db()
    assert batch.finished_at is not None
    seventh = batch.rows.get(place=9).application
    assert seventh.answers["staff"] == [{"who": "张三", "age": 31}, {"who": "李四", "age": 40}]
    assert seventh.answers["firm"] == town.firm.name, "what is known needn't be typed"
    assert len({row.application.number for row in batch.rows.all()}) == 100


def test_every_fault_is_told_at_once_with_its_cell(town, edition):
    rows = [
        {**GOOD, "序号": "1", "经营面积（平方米）": "很大", "开业日期": "2026-02-30"},
        {"序号": "2", "门店名称": "乙", "主体业态": "餐饮", "经营面积（平方米）": 5},
        {**GOOD, "序号": "2", "门店名称": "丙", "主体业态": "咖啡"},
        {**GOOD, "序号": "4", "门店名称": "=1+1"},
    ]

    batch = begin(town, edition, book(edition, rows, [("9", "无主", 1)]))

    assert sorted(faults(batch)) == sorted([
        ("从业人员!A3", "no_such_number"), ("申请!D3", "not_a_number"), ("申请!G3", "no_such_day"),
        ("申请!F4", "missing"),
        ("申请!A5", "number_twice"), ("申请!E5", "not_a_choice"),
        ("申请!C6", "bad_cell"),
    ])  # fmt: skip


def test_a_rule_between_fields_is_said_once_with_every_cell_that_it_reads(town):
    fields = (*FIELDS, items.field("until", "date", label="停业日期"))
    rules = [
        {"kind": "order", "fields": ["since", "until"]},
        {"kind": "compare", "fields": ["staff.age", "area"], "op": "<="},
    ]
    raw = items.small(name="门店登记", subjects=["企业法人"], form_fields=list(fields), materials=[], form_rules=rules)
    edition = items.release(raw | {"department": town.agency.department}, agency=town.agency)
    row = {**GOOD, "序号": "1", "开业日期": "2026-03-02", "停业日期": "2026-01-01"}

    batch = begin(town, edition, book(edition, [row]))

    [fault] = batch.rows.get().faults
    assert (fault["cell"], fault["head"], fault["code"]) == ("申请!G3、申请!H3", "开业日期、停业日期", "rule_order")
    assert fault["message"] == "“停业日期”不能早于“开业日期”。"
    red = openpyxl.load_workbook(io.BytesIO(queries.marked(batch)))["申请"]
    assert [cell.coordinate for cell in red[3] if cell.comment] == ["G3", "H3"]
    with translation.override("en"):
        assert told(fault) != fault["message"]


def test_the_same_line_twice_is_a_fault(town, edition):
    batch = begin(town, edition, book(edition, [{"序号": "1", **GOOD}, {"序号": "2", **GOOD}]))

    assert faults(batch) == [("申请!4", "same_line")]


def test_what_is_faulty_is_not_filed_and_says_so(town, edition):
    batch = begin(town, edition, book(edition, [{"序号": "1", **GOOD}, {"序号": "2", "门店名称": "乙"}]))

    with pytest.raises(commands.BatchFaulty):
        confirm(town, batch)

    assert Application.objects.count() == 0


def test_the_same_file_twice_is_one_batch_and_a_second_confirmation_files_nothing_more(town, edition):
    content = book(edition, hundred(3))
    first, second = begin(town, edition, content), begin(town, edition, content)
    assert first.pk == second.pk
    for _click in range(2):
        confirm(town, first)
    jobs.run()
    file_batch(BatchConfirmed(first.pk, town.users["owner"].pk, DAY))

    assert Case.objects.count() == 3


def test_corrected_and_sent_again_only_what_is_new_is_filed(town, edition):
    first = begin(town, edition, book(edition, hundred(3)))
    confirm(town, first)
    jobs.run()

    second = begin(town, edition, book(edition, hundred(5)))
    state = state_of(second)
    assert (state.repeated, state.to_file) == (3, 2)
    confirm(town, second)
    jobs.run()

    assert Case.objects.count() == 5
    assert second.rows.get(place=3).repeats == first.rows.get(place=3).application


def test_a_worker_killed_in_the_middle_leaves_whole_rows_and_goes_on_without_doubles(town, edition, monkeypatch):
    batch = begin(town, edition, book(edition, hundred(5)))
    confirm(town, batch)
    jobs.forget()
    whole, filed = commands.file_row, []

    def dies(row, **hand):
        if len(filed) == 2:
            raise SystemExit
        filed.append(whole(row, **hand))

    monkeypatch.setattr(commands, "file_row", dies)
    with pytest.raises(SystemExit):
        file_batch(BatchConfirmed(batch.pk, town.users["owner"].pk, DAY))
    monkeypatch.setattr(commands, "file_row", whole)
    assert state_of(batch).filed == Case.objects.count() == 2

    commands.resume_batch(batch, by=town.act("owner", DAY), at=DAY)
    jobs.run()

    assert (state_of(batch).filed, Case.objects.count()) == (5, 5)


def test_a_row_that_is_refused_says_why_and_the_others_are_filed(town, edition, monkeypatch):
    batch = begin(town, edition, book(edition, hundred(3)))
    confirm(town, batch)
    whole = commands.submit

    def refuses(application, **hand):
        if Application.objects.get(pk=application.pk).answers["place"] == "第2店":
            raise Refusal("这一件不行。")
        return whole(application, **hand)

    monkeypatch.setattr(commands, "submit", refuses)
    jobs.run()

    state = state_of(batch)
    assert (state.filed, state.failed) == (2, 1)
    assert batch.rows.get(place=4).refused == ["这一件不行。"]
    assert Application.objects.count() == 2, "nothing half done is left behind"

    monkeypatch.setattr(commands, "submit", whole)
    commands.resume_batch(batch, by=town.act("owner", DAY), at=DAY)
    jobs.run()
    assert state_of(batch).filed == 3


def test_documents_are_attached_once_for_all(town):
    raw = items.small(name="门店登记", subjects=["企业法人"], form_fields=list(FIELDS), materials=[PLAN])
    edition = items.release(raw | {"department": town.agency.department}, agency=town.agency)
    owner = town.act("owner", DAY)
    batch = begin(town, edition, book(edition, hundred(3)))
    with pytest.raises(commands.BatchLacksPapers):
        confirm(town, batch)

    commands.attach_to_batch(batch, "m01", upload=("图.pdf", walk.PDF), by=owner, at=DAY)
    confirm(town, batch)
    jobs.run()

    files = {each.documents.get().file_id for each in Application.objects.all()}
    assert (Case.objects.count(), len(files)) == (3, 1)


def test_a_confirmed_batch_is_not_changed_any_more(town, edition):
    batch = begin(town, edition, book(edition, hundred(1)))
    confirm(town, batch)
    owner = town.act("owner", DAY)

    with pytest.raises(commands.BatchClosed):
        commands.drop_batch(batch, by=owner, at=DAY)
    with pytest.raises(commands.BatchClosed):
        commands.add_files(batch, [("图.pdf", walk.PDF)], by=owner, at=DAY)
    with pytest.raises(commands.BatchClosed):
        commands.attach_to_batch(batch, "m01", upload=("图.pdf", walk.PDF), by=owner, at=DAY)


def test_an_edition_that_moved_needs_the_new_workbook(town, edition):
    batch = begin(town, edition, book(edition, hundred(1)))
    raw = items.small(name="门店登记", subjects=["企业法人"], form_fields=list(FIELDS[:2]), materials=[])
    items.release(raw | {"department": town.agency.department}, agency=town.agency)

    with pytest.raises(commands.BatchMoved):
        confirm(town, batch)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", b"%PDF-1.4", b"<html>", b"a,b\n1,2"])
def test_what_is_no_workbook_is_refused_in_a_sentence(town, edition, content):
    with pytest.raises(Unreadable):
        begin(town, edition, content)

    assert Batch.objects.count() == 0


def test_another_form_s_workbook_and_an_empty_one_are_refused(town, edition):
    other = openpyxl.Workbook()
    out = io.BytesIO()
    other.save(out)

    with pytest.raises(NotThisForm):
        begin(town, edition, out.getvalue())
    with pytest.raises(NoApplications):
        begin(town, edition, book(edition, []))


@pytest.mark.parametrize("who", ["citizen", "stranger", "clerk", "reviewer", "chief", "supervisor", "admin"])
def test_nobody_else_files_for_a_firm_or_sees_its_batches(town, edition, who):
    content = book(edition, hundred(1))
    batch = begin(town, edition, content)
    by = town.act(who, DAY)

    with pytest.raises(Refusal):
        begin(town, edition, content, who=who)
    for verb in (commands.confirm_batch, commands.resume_batch, commands.drop_batch):
        with pytest.raises(Refusal):
            verb(batch, by=by, at=DAY)
    with pytest.raises(Refusal):
        commands.add_files(batch, [("图.pdf", walk.PDF)], by=by, at=DAY)
    with pytest.raises(queries.NoSuchBatch):
        queries.find_batch(batch.pk, by=by, at=DAY)


def test_a_handler_with_the_power_to_file_does_and_one_without_does_not(town, edition):
    handler = town.users["stranger"].subject
    people.mandate(town.firm, handler, Power.SUPPLEMENT, kind=MandateKind.HANDLER, at=DAY)
    content = book(edition, hundred(1))
    with pytest.raises(access.NotYours):
        begin(town, edition, content, who="stranger")

    people.mandate(town.firm, handler, Power.FILE, kind=MandateKind.HANDLER, at=DAY)

    batch = begin(town, edition, content, who="stranger")
    confirm(town, batch, who="stranger")
    jobs.run()
    assert Application.objects.get().agent == handler


def test_a_person_files_one_by_one(town):
    raw = items.small(subjects=["自然人", "企业法人"], form_fields=list(FIELDS), materials=[])
    edition = items.release(raw | {"department": town.agency.department}, agency=town.agency)

    with pytest.raises(commands.OnlyFirms):
        begin(town, edition, book(edition, hundred(1)), who="citizen", subject=town.citizen)
