"""Of a copy: what was applied for and what became of it, with the papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from yimen.applications.choices import Channel, Presented, Stage
from yimen.applications.queries import documents, terms, whole
from yimen.applications.queries.together import assembly_of, kept_papers, packages_of
from yimen.cases.choices import Outcome
from yimen.cases.queries import of_numbers, timeline
from yimen.files.queries import read_file
from yimen.kit.actor import Actor
from yimen.law.states import State
from yimen.papers.queries import by_number, pdf_of
from yimen.papers.queries import of as papers_of
from yimen.sheets.choices import Sheet
from yimen.sheets.queries import Shown, file_of, show

Files = dict[str, Callable[[], bytes]]


def applications(ids: Sequence[int], asker: int, at: datetime, files: Files) -> dict[str, list[dict[str, Any]]]:
    """{"applications": …, "cases": …, "packages": …}; drafts are applications that were not handed in."""
    rows = list(whole().filter(subject__in=list(ids), discarded_at=None).order_by("id"))
    own = Actor(user=asker, subject=ids[0], others=tuple(ids[1:]))
    cases = of_numbers([each.number for each in rows])
    return {
        "applications": [_application(each, files) for each in rows],
        "cases": [_case(cases[each.number], own, at, files) for each in rows if each.number in cases],
        "packages": [_package(each, files) for each in packages_of(ids)],
    }


def _application(each: Any, files: Files) -> dict[str, Any]:
    return {
        "number": each.number,
        "item": each.edition.doc.name,
        "agency": each.agency.name,
        "channel": Channel(each.channel).label,
        "stage": Stage(each.stage).label,
        "agent": each.agent.name if each.agent else None,
        "begun_at": each.begun_at,
        "submitted_at": each.submitted_at,
        "answers": _answers(each, terms(each), files),
        "documents": [_document(each.number, paper, files) for paper in documents(each)],
    }


def _package(each: Any, files: Files) -> dict[str, Any]:
    """One application for several items; what became of each of them stands among the applications."""
    sheet = assembly_of(each).sheet(each.answers)
    return {
        "number": each.number,
        "name": each.package.doc.name,
        "begun_at": each.begun_at,
        "answers": _answers(each, sheet, files),
        "documents": [_document(each.number, paper, files) for paper in kept_papers(each)],
    }


def _answers(each: Any, sheet: Sheet, files: Files) -> list[dict[str, Any]]:
    return [
        {
            "section": line.section, "field": line.label, "answer": line.text,
            "file": _form_file(each, sheet, line, files),
        }
        for line in show(sheet, each.answers)
        if line.text
    ]  # fmt: skip


def _form_file(each: Any, sheet: Sheet, line: Shown, files: Files) -> str | None:
    """Where the file lies with which a field was answered."""
    if not line.file:
        return None
    path = f"files/{each.number}/{line.name}-{line.text}"
    files[path] = partial(read_file, file_of(sheet, each.answers, line.name))
    return path


def _document(number: str, paper: Any, files: Files) -> dict[str, Any]:
    path = None
    if paper.file is not None:
        path = f"files/{number}/{paper.pk}-{paper.file.name}"
        files[path] = partial(read_file, paper.file_id)
    return {
        "material": paper.material,
        "way": Presented(paper.presented).label,
        "handed_in_at": paper.handed_in_at,
        "trust": paper.trust,
        "file": path,
    }


def _case(case: Any, own: Actor, at: datetime, files: Files) -> dict[str, Any]:
    return {
        "number": case.number,
        "item": case.item_name,
        "state": State(case.state).label,
        "received_at": case.received_at,
        "accepted_at": case.accepted_at,
        "decided_at": case.decided_at,
        "outcome": Outcome(case.outcome).label if case.outcome else None,
        "reason": case.reason or None,
        "closed_at": case.closed_at,
        "story": [
            {"at": each.at, "what": each.title, "text": each.text, "by": each.by} for each in timeline(case, own, at)
        ],
        "papers": [_paper(case.number, each, files) for each in papers_of(case.number)],
    }


def _paper(number: str, each: dict[str, Any], files: Files) -> dict[str, Any]:
    path = f"papers/{number}/{each['number']}.pdf"
    files[path] = lambda: pdf_of(by_number(each["number"]))
    return {"number": each["number"], "title": each["title"], "drawn_at": each["at"], "file": path}
