"""At the desk: corrections that an office answers, and reports about looks that the supervision answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city.choices import Duty
from yimen.city.queries import calendar
from yimen.files.queries import download
from yimen.identity import commands, queries
from yimen.identity.choices import CorrectionWay, Finding, Judgement
from yimen.identity.ports import values_of
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.telling import translated
from yimen.kit.time import day_of, now
from yimen.law.cards import BY_CODE, instants
from yimen.law.clocks import ClockKind
from yimen.law.masking import mask_number
from yimen.law.terms import Limit, Unit
from yimen.ledger.commands import look
from yimen.ui.acting import ActForm, act, text
from yimen.ui.faces import CARDS, Look
from yimen.ui.words import people_date, people_datetime

if TYPE_CHECKING:
    from datetime import date

    from yimen.identity.models import Correction, CorrectionSet, LookReport, LookReportSet
    from yimen.kit.paging import Page

OFFICES = (Duty.CLERK, Duty.REVIEWER, Duty.CHIEF, Duty.SUPERVISOR, Duty.ADMINISTRATOR)
WATCHERS = (Duty.SUPERVISOR, Duty.CHIEF)
SIZE = 30


class CorrectionForm(ActForm):
    finding = forms.ChoiceField(
        label=gettext_lazy("核实结果"),
        choices=Finding.choices,
        widget=forms.RadioSelect,
    )
    answer = text(gettext_lazy("理由（本人会看到）"), lines=4, longest=500)


class JudgementForm(ActForm):
    finding = forms.ChoiceField(
        label=gettext_lazy("核查结果"),
        choices=[(each.value, each.label) for each in (Judgement.PROPER, Judgement.IMPROPER)],
        widget=forms.RadioSelect,
    )
    answer = text(gettext_lazy("核查情况（本人会看到）"), lines=4, longest=500)


@duty(*OFFICES)
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What waits, what is due first on top; or what was answered, newest first."""
    today = day_of(now())
    found, done = _asked_for(request, queries.corrections(actor_of(request)))
    context = {
        "page": found,
        "rows": [_correction_line(each, today) for each in found.items],
        "columns": _columns(_("哪一项")),
        "tabs": _tabs(done),
        "nav": "corrections",
    }
    return render(request, "identity/corrections.html", context)


@duty(*OFFICES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, number: int) -> HttpResponse:
    """What is said to be wrong, with its proofs; answered by whose register it is."""
    actor, at = actor_of(request), now()
    row = queries.correction(number, by=actor)
    look(row.subject_id, by=actor, at=at, purpose="核实更正申请", case=row.case, what=row.label)

    def run(cleaned: dict[str, Any]) -> str:
        commands.answer_correction(row, finding=cleaned["finding"], answer=cleaned["answer"], by=actor, at=at)
        messages.success(request, _("已答复，本人会收到消息。"))
        return reverse("identity:corrections")

    form = CorrectionForm(request.POST if request.method == "POST" else None)
    context = {
        "row": row,
        "facts": _correction_facts(row),
        "proofs": row.proofs.all(),
        "may": queries.may_answer_correction(row, actor),
        "finding": _(Finding(row.finding).label) if row.finding else "",
        "nav": "corrections",
    }
    return act(request, form, run=run, template="identity/correction.html", context=context)


@duty(*OFFICES)
@never_cache
@require_safe
def correction_proof(request: HttpRequest, number: int, proof: int) -> HttpResponseBase:
    """A scan that somebody handed in with a correction."""
    actor, at = actor_of(request), now()
    row = queries.correction(number, by=actor)
    found = next((each for each in row.proofs.all() if each.pk == proof), None)
    if found is None:
        raise NotFound
    look(row.subject_id, by=actor, at=at, purpose="核实更正申请", case=row.case, what=f"证明材料：{found.name}")
    return download(found.file_id, inline=True)


@duty(*WATCHERS)
@require_safe
def look_reports(request: HttpRequest) -> HttpResponse:
    """Looks that somebody said seem wrong."""
    today = day_of(now())
    found, done = _asked_for(request, queries.look_reports(actor_of(request)))
    context = {
        "page": found,
        "rows": [_report_line(each, today) for each in found.items],
        "columns": _columns(_("谁的查看")),
        "tabs": _tabs(done),
        "nav": "look_reports",
    }
    return render(request, "identity/look_reports.html", context)


@duty(*WATCHERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_report(request: HttpRequest, number: int) -> HttpResponse:
    """The look that was reported; a supervisor of another office answers, in words."""
    actor, at = actor_of(request), now()
    row = queries.look_report(number, by=actor)
    line = queries.look_of(row.subject_id, row.seq, row.asked_at).line
    look(
        row.subject_id,
        by=actor,
        at=at,
        purpose="核查本人反映的查看",
        case=line.facts.get("case") or "",
        what="查看记录",
    )

    def run(cleaned: dict[str, Any]) -> str:
        commands.answer_look_report(row, finding=cleaned["finding"], answer=cleaned["answer"], by=actor, at=at)
        messages.success(request, _("已答复，本人会收到消息。"))
        return reverse("identity:look_reports")

    form = JudgementForm(request.POST if request.method == "POST" else None)
    context = {
        "row": row,
        "facts": _report_facts(row, line),
        "may": queries.may_answer_report(row, actor),
        "own": row.agency_id is not None and row.agency_id == actor.office,
        "finding": _(Judgement(row.finding).label) if row.finding else "",
        "nav": "look_reports",
    }
    return act(request, form, run=run, template="identity/look_report.html", context=context)


def _asked_for(request: HttpRequest, rows: CorrectionSet | LookReportSet) -> tuple[Page[Any], bool]:
    """What waits, what is due first on top; or what was answered, newest first; and which of both it is."""
    done = request.GET.get("view") == "answered"
    found = page(
        rows.exclude(answered_at=None) if done else rows.waiting(),
        by=("-id",) if done else ("due_on", "id"),
        cursor=request.GET.get("cursor"),
        size=SIZE,
    )
    return found, done


def _tabs(done: bool) -> list[dict[str, Any]]:
    known = (("?", _("待答复"), not done), ("?view=answered", _("已答复"), done))
    return [{"label": label, "url": url, "current": current} for url, label, current in known]


def _columns(what: str) -> list[dict[str, Any]]:
    return [
        {"key": "due", "label": _("最迟答复"), "kind": "badge"},
        {"key": "what", "label": what, "kind": "link", "wide": True},
        {"key": "who", "label": _("本人"), "kind": "text"},
        {"key": "office", "label": _("部门"), "kind": "text"},
        {"key": "asked", "label": _("提出"), "kind": "when"},
    ]


def _plain_due(due_on: date, today: date, answered: bool) -> Look:
    words = people_date(due_on, today)
    if answered:
        return Look(_("已答复"), "good", "circle-check")
    if due_on < today:
        return Look(_("%(day)s，已超期") % {"day": words}, "bad", "alert-circle")
    return Look(words, "warn" if (due_on - today).days <= 3 else "neutral", "calendar-event")


def _due(row: Correction, today: date) -> Look:
    """The day with the colour and the word of the card that its clock has come to (law.cards)."""
    if row.answered_at is not None:
        return Look(_("已答复"), "good", "circle-check")
    words, opened = people_date(row.due_on, today), day_of(row.asked_at)
    limit = Limit((row.due_on - opened).days, Unit.NATURAL_DAY)
    reached = [
        BY_CODE[each.code].level
        for each in instants(kind=ClockKind.CORRECTION, opened=opened, limit=limit, calendar=calendar())
        if each.day <= today
    ]
    if not reached:
        return Look(words, "neutral", "calendar-event")
    card = CARDS[reached[-1].value]
    return Look(f"{words} · {card.word}", card.tone, card.icon)


def _correction_line(row: Correction, today: date) -> dict[str, Any]:
    noticed = _("（填表时改动）") if row.way == CorrectionWay.NOTICED else ""
    return {
        "url": reverse("identity:correction", args=[row.pk]),
        "due": _due(row, today),
        "what": f"{translated(row.source_words)} · {translated(row.label)}{noticed}",
        "who": row.subject.masked_name,
        "office": row.agency.name if row.agency else _("人口登记"),
        "asked": row.asked_at,
    }


def _correction_facts(row: Correction) -> list[dict[str, Any]]:
    person = row.subject
    number = person.masked_number if person.is_person else person.number
    pairs = (
        (_("本人"), f"{person.name}（{number}）"),
        (_("内容出处"), translated(row.source_words)),
        (_("哪一项"), translated(row.label)),
        (_("现在登记的"), mask_number(row.was) if "number" in row.key else row.was),
        (_("本人说"), row.said),
        (_("本人的说明"), row.reason),
        (_("从哪里来"), _(CorrectionWay(row.way).label)),
        (_("办件编号"), row.case),
    )
    return _shown(pairs)


def _report_line(row: LookReport, today: date) -> dict[str, Any]:
    return {
        "url": reverse("identity:look_report", args=[row.pk]),
        "due": _plain_due(row.due_on, today, row.answered_at is not None),
        "what": row.looker.name,
        "who": row.subject.masked_name,
        "office": row.agency.name if row.agency else "—",
        "asked": row.asked_at,
    }


def _report_facts(row: LookReport, line: Any) -> list[dict[str, Any]]:
    what = str(line.facts.get("what") or _("基本信息"))
    pairs = (
        (_("谁看的"), " · ".join(word for word in (line.by["office"], line.by["post"], line.by["name"]) if word)),
        (_("什么时候"), people_datetime(line.at, now())),
        (_("看了什么"), _licence_named(row, what) if what.startswith("licence:") else what),
        (_("为什么"), line.ground),
        (_("办件编号"), line.facts.get("case")),
        (_("本人"), row.subject.masked_name),
        (_("本人的补充说明"), row.text),
    )
    return _shown(pairs)


def _licence_named(row: LookReport, what: str) -> str:
    """Of which kind it is, never its number in our tables."""
    source = ":".join(what.split(":")[:2])
    held = values_of(queries.same_person(row.subject_id))
    return next((each.words for each in held if each.source == source), _("电子证照"))


def _shown(pairs: Iterable[tuple[str, Any]]) -> list[dict[str, Any]]:
    return [{"label": label, "value": value} for label, value in pairs if value]
