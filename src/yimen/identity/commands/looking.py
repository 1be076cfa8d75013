"""“这次查看不对劲”: a look that seems wrong is reported with one click, and the supervision answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from yimen.city.queries import calendar
from yimen.identity import access
from yimen.identity.choices import Judgement
from yimen.identity.events import LookReportAnswered
from yimen.identity.models import LookReport
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Forbidden, Invalid, NotFound, Refusal, Stale
from yimen.kit.events import speak
from yimen.kit.time import day_of
from yimen.law.limits import Limit, Unit, due_on
from yimen.ledger.choices import LOOK, subject_chain
from yimen.ledger.commands import record
from yimen.ledger.queries import entry_of

LONGEST = 500


class ReportedAlready(Refusal):
    code = "look_reported_already"
    sentence = "这次查看已经反映过，核查以后会答复您。"


class OwnOffice(Forbidden):
    """So that no office, and no chief of it, closes what is said about itself."""

    code = "own_office"
    sentence = "反映的是您本人或者您所在部门的查看，请由上级或者其他部门的监督人员核查答复。"


@command
def report_look(subject_id: int, seq: int, *, text: str = "", by: Actor, at: datetime) -> LookReport:
    """Say that a look at one's data seems wrong; seq: its place in the chain of that record. No reasons are needed.

    The person, who represents the firm, its handler for everything.
    Raises Forbidden, NotFound, ReportedAlready, Invalid.
    """
    if not access.reads_looks(by, subject_id, at):
        raise Forbidden
    if len(text) > LONGEST:
        raise Invalid([{"field": "text", "code": "too_long", "message": "不能超过 500 个字。"}])
    chain = subject_chain(subject_id)
    line = entry_of(chain, seq)
    if line is None or line.verb != LOOK:
        raise NotFound("没有找到这次查看。")
    row, fresh = LookReport.objects.get_or_create(
        chain=chain,
        seq=seq,
        defaults={
            "subject_id": subject_id,
            "agency_id": line.facts.get("agency"),
            "looker_id": line.by["user"],
            "text": text.strip(),
            "asked_at": at,
            "asked_by_id": by.account,
            "due_on": due_on(opened=day_of(at), limit=_limit(), calendar=calendar()),
        },
    )
    if not fresh and row.finding != Judgement.WITHDRAWN:
        raise ReportedAlready
    if not fresh:
        row.asked_at, row.asked_by_id, row.due_on = (
            at,
            by.account,
            due_on(opened=day_of(at), limit=_limit(), calendar=calendar()),
        )
        row.finding, row.answered_at, row.text = "", None, text.strip() or row.text
        row.save(update_fields=["asked_at", "asked_by", "due_on", "finding", "answered_at", "text"])
    record(chain, "look_reported", by=by, at=at, report=row.pk, look=seq, due=row.due_on)
    return row


@command
def add_to_report(report: LookReport, *, text: str, by: Actor, at: datetime) -> LookReport:
    """Words to a report that waits; who reported. Raises Forbidden, Stale, Invalid."""
    row = _own(report, by, at)
    if len(text) > LONGEST:
        raise Invalid([{"field": "text", "code": "too_long", "message": "不能超过 500 个字。"}])
    row.text = text.strip()
    row.save(update_fields=["text"])
    record(row.chain, "look_report_worded", by=by, at=at, report=row.pk)
    return row


@command
def withdraw_look_report(report: LookReport, *, by: Actor, at: datetime) -> LookReport:
    """A slip, or all is clear by now: nobody has to look into it. Raises Forbidden, Stale."""
    row = _own(report, by, at)
    row.finding, row.answered_at = Judgement.WITHDRAWN, at
    row.save(update_fields=["finding", "answered_at"])
    record(row.chain, "look_report_withdrawn", by=by, at=at, report=row.pk, look=row.seq)
    return row


def _own(report: LookReport, by: Actor, at: datetime) -> LookReport:
    row = LookReport.objects.select_for_update().get(pk=report.pk)
    if not access.reads_looks(by, row.subject_id, at):
        raise Forbidden
    if row.answered_at is not None:
        raise Stale
    return row


@command
def answer_look_report(report: LookReport, *, finding: str, answer: str, by: Actor, at: datetime) -> LookReport:
    """What the supervision found, in words for the person; who watches over that office only doesn't answer.

    Raises Forbidden, OwnOffice, Stale, Invalid. Speaks LookReportAnswered.
    """
    row = LookReport.objects.select_for_update().get(pk=report.pk)
    if not access.may_judge(row, by):
        raise OwnOffice if _concerned(row, by) else Forbidden
    if row.answered_at is not None:
        raise Stale
    _require_answer(finding, answer)
    row.finding, row.answer, row.answered_at, row.answered_by_id = finding, answer.strip(), at, by.user
    row.save(update_fields=["finding", "answer", "answered_at", "answered_by"])
    record(row.chain, "look_report_answered", by=by, at=at, report=row.pk, look=row.seq, finding=finding)
    speak(LookReportAnswered(row.pk, row.subject_id, at))
    return row


def _concerned(row: LookReport, by: Actor) -> bool:
    return by.user == row.looker_id or (row.agency_id is not None and row.agency_id == by.office)


def _limit() -> Limit:
    return Limit(settings.YIMEN_REPORT_DAYS, Unit.WORKING_DAY, source="本市规定")


def _require_answer(finding: str, answer: str) -> None:
    errors: list[dict[str, Any]] = []
    if finding not in (Judgement.PROPER, Judgement.IMPROPER):
        errors.append({"field": "finding", "code": "required", "message": "请选择核查结果。"})
    if not 4 <= len(answer.strip()) <= LONGEST:
        errors.append({"field": "answer", "code": "required", "message": "请写明核查情况，4 至 500 个字，本人会看到。"})
    if errors:
        raise Invalid(errors)
