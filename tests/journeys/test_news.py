"""What happens is told: by jobs of the same transaction, each done once, each message told once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.builders import jobs, walk
from tests.builders.walk import at
from yimen.cases import commands as cases
from yimen.cases.access import WrongState
from yimen.files.models import StoredFile
from yimen.notices.models import Message
from yimen.papers.models import Paper
from yimen.papers.queries import is_intact

pytestmark = pytest.mark.django_db


def test_a_walk_leaves_one_job_for_each_hearer_of_each_piece_of_news(town):
    edition = town.release("food-business-licence")
    jobs.run()

    walk.closed(town, edition, at=at("2026-03-02"))

    assert sorted(jobs.waiting()) == [
        ("applications.ApplicationSubmitted", "analytics.count_submission"),
        ("cases.CaseAccepted", "cases.tell_CaseAccepted"),
        ("cases.CaseClosed", "cases.tell_CaseClosed"),
        ("cases.CaseDecided", "cases.tell_CaseDecided"),
        ("cases.CaseReceived", "cases.tell_CaseReceived"),
        *[("papers.PaperDrawnUp", "papers.set_and_sign")] * 4,
        ("results.ResultDelivered", "analytics.count_delivery"),
        ("vault.LicenceSigned", "vault.set_file"),
    ]


def test_the_jobs_tell_the_applicant_and_sign_the_papers(town):
    case = walk.closed(town, town.release("food-business-licence"), at=at("2026-03-02"))

    jobs.run()

    name, agency = case.item_name, town.agency.name
    assert jobs.told(town.firm) == [
        ("材料已收到", f"您申请的“{name}”材料已收到，{agency}将在3月9日前告知是否受理。"),
        ("申请已受理", f"您申请的“{name}”已由{agency}受理，最迟3月16日前作出决定。"),
        ("已作出决定", f"您申请的“{name}”已作出决定，请登录查看决定书。"),
        ("已办结", f"您申请的“{name}”已办结，结果已送达。"),
    ]
    assert [is_intact(paper) for paper in Paper.objects.filter(about=case.number)] == [True] * 4
    assert jobs.waiting() == []


def test_a_job_that_runs_twice_tells_and_signs_once(town):
    case = walk.received(town, town.release("food-business-licence"), at=at("2026-03-02"))
    done = list(ProcrastinateJob.objects.filter(status="todo").order_by("id"))

    jobs.run()
    files = StoredFile.objects.count()
    for job in done:
        app.tasks[job.task_name](**job.args)

    assert len(jobs.told(town.firm)) == 1
    assert (Paper.objects.filter(about=case.number).count(), StoredFile.objects.count()) == (1, files)


def test_a_refused_verb_leaves_no_job(town):
    case = walk.received(town, town.release("food-business-licence"), at=at("2026-03-02"))
    before = jobs.waiting()

    with pytest.raises(WrongState):
        cases.resume(case, result="没有开始过。", by=town.act("chief", at("2026-03-03")), at=at("2026-03-03"))

    assert jobs.waiting() == before


def test_what_is_rolled_back_is_never_told(town):
    case = walk.received(town, town.release("food-business-licence"), at=at("2026-03-02"))
    before = jobs.waiting()

    with transaction.atomic():
        cases.accept(case, by=town.act("clerk", at("2026-03-03")), at=at("2026-03-03"))
        transaction.set_rollback(True)

    assert (jobs.waiting(), walk.again(case).state) == (before, "received")


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_does_every_job_once():
    town = walk.town()
    case = walk.closed(town, town.release("food-business-licence"), at=at("2026-03-02"))

    for _ in range(2):
        with ThreadPoolExecutor(1) as aside:  # the browser tests of the same process may hold an event loop here
            aside.submit(_work).result()

    done = ProcrastinateJob.objects.filter(task_name="kit.deliver").values_list("status", "attempts")
    assert set(done) == {("succeeded", 1)}
    assert Message.objects.filter(about=case.number).count() == 4
    assert [is_intact(paper) for paper in Paper.objects.filter(about=case.number)] == [True] * 4


def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="never")
