"""Following a case: what comes next and by when, its papers and results, the entry for a phone's calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.cases.queries import NoSuchCase, find
from yimen.city.queries import calendar
from yimen.kit.time import local
from yimen.law import clocks
from yimen.law.limits import due_on
from yimen.law.states import State
from yimen.papers import queries as papers
from yimen.results import queries as results
from yimen.ui.words import people_date

if TYPE_CHECKING:
    from yimen.cases.models import Case
    from yimen.catalog.choices import EditionDocument
    from yimen.kit.actor import Actor

RECEIPT = "A"
LINE = 72


def own_case_page(number: str, by: Actor, at: datetime) -> str:
    """The page on which somebody follows the case that produced a licence; "" for whoever may not see that case."""
    try:
        found = find(number, by=by, at=at)
    except NoSuchCase:
        return ""
    return reverse("portal:case", args=[found.number])


def promise(document: EditionDocument, agency: str, today: date) -> list[str]:
    """What will happen after submission and until when, in sentences: said before one presses the button."""
    limits = document.decision_limits
    due = due_on(opened=today, limit=clocks.ACCEPTANCE, calendar=calendar())
    facts = {
        "agency": agency,
        "day": people_date(due, today),
        "limit": limits.promise,
        "amount": clocks.ACCEPTANCE.amount,
    }
    answer = (
        _("%(agency)s会在 %(amount)d 个工作日内（最迟 %(day)s）告诉您是否受理；材料不齐的，一次说清要补什么。") % facts
    )
    if document.instant:
        return [answer, _("这是即办件，受理后当场办结。")]
    return [answer, _("受理以后，%(limit)s内作出决定。") % facts]


def receipt(number: str) -> dict[str, Any] | None:
    """The receipt among the papers of a case."""
    return next((paper for paper in papers.of(number) if paper["kind"] == RECEIPT), None)


def papers_of(number: str) -> list[dict[str, Any]]:
    """The papers that still hold, newest first."""
    return [paper for paper in reversed(papers.of(number)) if not paper["withdrawn"]]


def coming(case: Case, at: datetime) -> list[dict[str, Any]]:
    """The next thing that must happen, as a line of the timeline that lies in the future."""
    words = {State.RECEIVED: _("告知是否受理"), State.ACCEPTED: _("作出决定"), State.DECIDED: _("送达结果")}
    if case.state not in words or case.due_on is None:
        return []
    text = _("最迟 %(day)s，由%(agency)s办理") % {"day": people_date(case.due_on, at), "agency": case.agency.name}
    return [{"title": words[State(case.state)], "text": text, "icon": "circle-dashed", "future": True}]


def results_of(case: Case) -> list[dict[str, str]]:
    """What was issued: a licence to show, or a paper to download."""
    issued = [each for each in results.of(case) if each.issued_at]
    return [{"name": each.name, "url": _result_url(each)} for each in issued]


def _result_url(result: Any) -> str:
    if result.licence_id:
        return reverse("vault:licence", args=[result.licence_id])
    return reverse("papers:pdf", args=[result.paper.number]) if result.paper else ""


def ics(case: Case, at: datetime) -> str:
    """An all-day entry on the due day, for the calendar of a phone. (RFC 5545)"""
    due = case.due_on or local(at).date()
    title = _("“%(item)s”最迟今天有答复") % {"item": case.item_name}
    note = _("办件编号 %(number)s，%(agency)s %(phone)s") % {
        "number": case.number, "agency": case.agency.name, "phone": case.agency.window_phone or case.agency.phone,
    }  # fmt: skip
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//yimen//portal//ZH", "BEGIN:VEVENT",
        f"UID:{case.number}-{case.state}@yimen", f"DTSTAMP:{_utc(at)}", f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}", f"SUMMARY:{_text(title)}",
        f"DESCRIPTION:{_text(note)}", f"URL:{settings.YIMEN_ADDRESS}{reverse('portal:case', args=[case.number])}",
        "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _utc(at: datetime) -> str:
    return f"{local(at) - timedelta(hours=8):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Commas, semicolons and line ends mean something in this format."""
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n").replace("\r", "")


def _fold(line: str) -> str:
    """Lines of at most 75 octets, never cut inside a character."""
    parts, length = [""], 0
    for character in line:
        size = len(character.encode())
        if length + size > LINE:
            parts.append(" ")
            length = 1
        parts[-1] += character
        length += size
    return "\r\n".join(parts)
