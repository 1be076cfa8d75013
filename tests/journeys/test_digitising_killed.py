"""A worker that is killed in the middle of a batch: it goes on from its checkpoint, nothing lost, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as live
from django.db import connection

from tests.builders import batches, jobs
from tests.builders.threads import at_once
from yimen.identity.models import Subject
from yimen.kit.actor import Actor
from yimen.kit.locks import alone
from yimen.kit.time import now
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import faults, story
from yimen.vault import queries, tasks
from yimen.vault.choices.batches import BatchState
from yimen.vault.commands import importing
from yimen.vault.commands.importing import entering, reading
from yimen.vault.models import Batch, BatchReject, Licence
from yimen.vault.queries.importing import silent_batches
from yimen.vault.queries.importing.rows import rows_waiting

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
ROWS = 240


def worker(what: str, batch: Batch, by: Actor) -> subprocess.Popen[str]:
    database = connection.settings_dict
    address = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    files = live.STORAGES["default"]["OPTIONS"]["location"]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.builders.digitising", what, str(batch.pk), str(by.user)],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": address, "BATCH_FILES": str(files), "YIMEN_LOG_LEVEL": "ERROR"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def killed(what: str, batch: Batch, by: Actor, portions: int) -> None:
    """Let it keep so many portions, then kill it outright, wherever it is."""
    process = worker(what, batch, by)
    assert process.stdout is not None
    for _ in range(portions):
        if process.stdout.readline().strip() != "here":
            _out, wrong = process.communicate()
            raise AssertionError(wrong[-2000:])
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def ended(what: str, batch: Batch, by: Actor) -> None:
    out, wrong = worker(what, batch, by).communicate(timeout=120)
    assert out.endswith("done\n"), wrong[-2000:]


def test_killed_while_it_checks_and_while_it_enters_it_loses_nothing_and_doubles_nothing() -> None:
    by, other = batches.loader(name="李敏"), batches.loader(name="钟强")
    rows = [batches.row(f"N{number:06d}") for number in range(ROWS)]
    for number in range(7, ROWS, 40):
        rows[number][2] = "441402190001010011"
    batch = batches.mapped(batches.begun(rows, by, at=now()), by, at=now())

    for portions in (3, 5):
        killed("read", batch, by, portions)
    middle = batches.fresh(batch)
    assert 0 < middle.taken < ROWS
    assert len(list(rows_waiting(batch))) + BatchReject.objects.count() == middle.taken
    ended("read", batch, by)

    batch = batches.fresh(batch)
    lines = [row.line for row in rows_waiting(batch)] + list(BatchReject.objects.values_list("line", flat=True))
    assert (batch.state, batch.good, batch.bad) == (BatchState.READ, ROWS - 6, 6)
    assert sorted(lines) == list(range(2, ROWS + 2))

    importing.conclude(batches.compared(batch, other, at=now()), by=other, at=now())
    for portions in (3, 4):
        killed("enter", batch, other, portions)
    middle = batches.fresh(batch)
    assert 0 < middle.entered < ROWS - 6
    assert Licence.objects.count() == middle.entered
    ended("enter", batch, other)

    batch = batches.fresh(batch)
    made = list(Licence.objects.select_related("kind", "agency", "signed_with"))
    assert (batch.state, batch.entered, len(made)) == (BatchState.VALID, ROWS - 6, ROWS - 6)
    assert max(Counter(each.number for each in made).values()) == 1
    assert all(queries.untouched(each) for each in made)
    assert Subject.objects.filter(document="citizen_id").count() == ROWS - 6
    assert {len(story(subject_chain(each.holder_id))) for each in made} == {2}
    assert list(faults()) == []


def test_of_two_workers_at_one_batch_one_goes_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PORTION", 10)
    monkeypatch.setattr(entering, "PORTION", 10)
    by, other = batches.loader(name="李敏"), batches.loader(name="钟强")
    batch = batches.mapped(batches.begun([batches.row() for _ in range(60)], by), by)

    at_once(*[lambda: importing.read_batch(batches.fresh(batch), by=by, clock=batches.clock())] * 2)
    passed = batches.compared(batches.fresh(batch), other)
    importing.conclude(passed, by=other, at=batches.AT)
    at_once(*[lambda: importing.enter_batch(batches.fresh(batch), by=other, clock=batches.clock())] * 2)

    batch = batches.fresh(batch)
    assert (batch.taken, batch.good, batch.bad) == (60, 60, 0)
    assert (batch.state, batch.entered, batch.refused, Licence.objects.count()) == (BatchState.VALID, 60, "", 60)


def test_batches_of_one_kind_and_body_go_in_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both hold the same number: whoever is second must see what the first brought."""
    monkeypatch.setattr(reading, "PORTION", 10)
    monkeypatch.setattr(entering, "PORTION", 10)
    by, other = batches.loader(name="李敏"), batches.loader(name="钟强")
    same = batches.row("N000001")
    loaded = [batches.loaded([*(batches.row() for _ in range(20)), same], by) for _ in range(2)]
    first, second = (batches.compared(each, other) for each in loaded)
    for each in (first, second):
        importing.conclude(each, by=other, at=batches.AT)
    silent = batches.AT + timedelta(minutes=5)

    with alone(f"vault.numbers:{first.kind_id}:{first.agency_id}"):
        at_once(lambda: importing.enter_batch(batches.fresh(second), by=other, clock=batches.clock()))
        assert (batches.fresh(second).state, Licence.objects.count()) == (BatchState.ENTERING, 0)
        jobs.forget()
        Batch.objects.filter(pk=first.pk).update(moved_at=silent)
        assert second not in silent_batches(silent)
    importing.enter_batch(batches.fresh(first), by=other, clock=batches.clock())
    assert second in silent_batches(silent)
    importing.enter_batch(batches.fresh(second), by=other, clock=batches.clock())

    first, second = batches.fresh(first), batches.fresh(second)
    assert (first.state, first.entered, first.left_out) == (BatchState.VALID, 21, 0)
    assert (second.state, second.entered, second.left_out) == (BatchState.VALID, 20, 1)
    assert [why for _line, _head, why in batches.refused(second)] == ["检查之后，库里已有同一编号的证照"]


def test_two_second_persons_who_conclude_at_once_pass_it_once() -> None:
    by, other, third = (batches.loader(name=name) for name in ("李敏", "钟强", "王芳"))
    batch = batches.compared(batches.loaded([batches.row()], by), other)

    outcomes = at_once(*(
        lambda each=each: importing.conclude(batch, by=each, at=batches.AT) for each in (other, third)
    ))  # fmt: skip

    assert sorted(getattr(each, "code", "passed") for each in outcomes) == ["batch_wrong_state", "passed"]


def test_a_batch_that_fell_silent_goes_on_by_itself_and_is_given_up_after_several_times() -> None:
    by = batches.loader()
    batch = batches.mapped(batches.begun([batches.row(), batches.row()], by), by)
    at = batches.AT
    for _ in range(importing.reviving.MOST_REVIVALS):
        jobs.forget()
        at += timedelta(minutes=2)
        assert tasks.revive_silent(at=at) == 1
    jobs.forget()
    assert tasks.revive_silent(at=at + timedelta(minutes=2)) == 1
    assert batches.fresh(batch).state == BatchState.FAILED

    importing.resume_batch(batches.fresh(batch), by=by, at=at + timedelta(minutes=9))
    jobs.run()

    assert batches.fresh(batch).state == BatchState.READ
