"""A case as it lies on the desk: opened with a trace in the ledger, its facts and form in words, what can be done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yimen.applications.choices import Channel
from yimen.applications.queries.remarks import remarks
from yimen.cases.access import desk_agencies
from yimen.cases.choices import Outcome
from yimen.cases.models import Case, Supplement
from yimen.cases.ports import PAGES, PANELS, PARTS, VERBS, VerbPage, VerbRule
from yimen.cases.queries.easings import easing_words
from yimen.cases.queries.faces import clock_faces
from yimen.cases.queries.reading import JOINS, NoSuchCase
from yimen.identity.choices import Document as DocumentKind
from yimen.kit.actor import Actor
from yimen.kit.commands import remembering
from yimen.kit.errors import Forbidden, Refusal
from yimen.kit.prepared import prepared
from yimen.kit.telling import translated
from yimen.kit.time import local
from yimen.law.masking import mask_numbers_in
from yimen.ledger.commands import look
from yimen.sheets import queries as sheets
from yimen.sheets.queries.sections import whole
from yimen.ui.words import people_datetime

if TYPE_CHECKING:
    from yimen.identity.models import Subject

# Refusals that tell somebody who has the duty why it isn't for them in this case; others mean it is never theirs.
WORTH_SAYING = frozenset({"same_person", "window_not_authorised"})


def open_case(number: str, *, by: Actor, at: datetime, what: str) -> Case:
    """A case of the agencies one works for; that somebody looked, and at what, is written where its subject sees it."""
    found = at_desk(number)
    if found is None or found.agency_id not in desk_agencies(by):
        raise NoSuchCase(number=number)
    look(found.subject_id, by=by, at=at, purpose="办理办件", case=found.number, what=what)
    return found


def at_desk(number: str) -> Case | None:
    """A case with what a desk asks of it, whoever asks: rights and the look are the caller's business."""
    return next(iter(_at_desk(number.strip().upper()[:40])), None)


@prepared
def _at_desk(number: str) -> QuerySet[Case]:
    rows = Case.objects.select_related(*JOINS, "application__agent", "accepted_by", "decided_by")
    return rows.defer("edition__document", "application__agent__profile").filter(number=number)


def facts(case: Case, at: datetime) -> list[dict[str, Any]]:
    """Who, what, where from, since when: rows for the tag `facts`; what isn't known is left out."""
    subject, agent = case.subject, case.application.agent
    rows = [
        (_("申请人"), case.applicant_name),
        (DocumentKind(subject.document).label, subject.masked_number),
        (_("联系电话"), _phone(subject)),
        (_("代办人"), agent.name if agent else ""),
        (_("承办部门"), case.agency.name),
        (_("事项版本"), _("第 %d 版") % case.edition.version),
        (_("提交方式"), _channel(case)),
        (_("收件"), people_datetime(case.received_at, at)),
        (_("受理"), _accepted(case, at)),
        (_("决定"), _decided(case, at)),
        (_("理由"), case.reason),
        (_("有权办理机关"), case.competent_body),
        (_("结束"), people_datetime(case.closed_at, at)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def form(case: Case, notices: Sequence[Supplement]) -> list[dict[str, Any]]:
    """The answers in words, section by section; those that a supplement asked for are marked once they came."""
    changed = {each["name"] for notice in notices if notice.supplied_at for each in notice.fields}
    sections: dict[str, list[dict[str, Any]]] = {}
    said = remarks(case.application, case.edition.doc)
    for line in sheets.show(case.edition.doc, case.application.answers):
        row = {"label": line.label, "value": mask_numbers_in(line.text), "changed": line.name in changed}
        if line.file:
            row["url"] = reverse("cases:form_file", args=[case.number, line.name])
        if line.name in said:
            row |= {"source": said[line.name].source, "note": mask_numbers_in(said[line.name].note)}
        sections.setdefault(whole(line.section), []).append(row)
    return [{"title": title, "rows": rows} for title, rows in sections.items()]


def brief(case: Case, at: datetime) -> dict[str, Any]:
    """What stands beside every page on which something is done with a case."""
    return {
        "case": case,
        "facts": facts(case, at)[:4],
        "clocks": clock_faces(case, at),
        "eased": easing_words(case.application),
    }


def panels(case: Case, actor: Actor, at: datetime, *, only: frozenset[str] | None = None) -> list[dict[str, Any]]:
    """Later rooms' parts of the page, each with its template. only: names of parts."""
    wanted = sorted(
        (panel for panel in PANELS.values() if only is None or panel.part in only), key=lambda each: each.order
    )
    return [{"template": panel.template, "part": PARTS[panel.part](case, actor, at)} for panel in wanted]


def offers(
    case: Case, actor: Actor, at: datetime, *, list_query: str = "", only: Collection[str] | None = None
) -> tuple[list[Any], list[Any]]:
    """(what one can do now, what not and why), as the tag `verbs` shows them. only: these verbs."""
    suffix = f"?{urlencode({'list': list_query})}" if list_query else ""
    can: list[dict[str, Any]] = []
    cannot: list[dict[str, Any]] = []
    with remembering():
        for rule, page, refusal in _asked(case, actor, at, only):
            row = {"label": translated(rule.label), "key": page.key, "variant": page.variant, "icon": page.icon}
            if refusal is None:
                can.append({**row, "allowed": True, "url": page.url(case.number) + suffix})
            else:
                cannot.append({**row, "allowed": False, "reason": translated(refusal.detail)})
    return can, cannot


def why_not(verb: str, case: Case, actor: Actor, at: datetime) -> Refusal | None:
    """What stands in the way of a verb at the desk: duty, state, or something still undone."""
    return VERBS[verb].check(case, actor, at) or PAGES[verb].unready(case, at)


def open_notice(case: Case) -> Supplement:
    """What the applicant was asked for and hasn't confirmed; asked only where the state says that there is one."""
    return case.supplements.get(supplied_at=None)


def _asked(
    case: Case, actor: Actor, at: datetime, only: Collection[str] | None
) -> list[tuple[VerbRule, VerbPage, Refusal | None]]:
    rules = [rule for rule in sorted(VERBS.values(), key=lambda rule: rule.order) if rule.name in (only or PAGES)]
    rules = [rule for rule in rules if rule.name in PAGES]
    asked = [(rule, PAGES[rule.name], why_not(rule.name, case, actor, at)) for rule in rules]
    return [each for each in asked if not isinstance(each[2], Forbidden) or each[2].code in WORTH_SAYING]


def _phone(subject: Subject) -> str:
    return str(subject.profile.get("phone") or subject.profile.get("contact_phone") or "")


def _channel(case: Case) -> str:
    window = f"（{case.window.number} 号窗）" if case.window else ""
    return f"{Channel(case.channel).label}{window}"


def _accepted(case: Case, at: datetime) -> str:
    who = _("逾期未告知，视为受理") if case.deemed else case.accepted_by.name if case.accepted_by else ""
    return f"{people_datetime(local(case.accepted_at), at)} {who}" if case.accepted_at else ""


def _decided(case: Case, at: datetime) -> str:
    if case.decided_at is None:
        return ""
    who = case.decided_by.name if case.decided_by else ""
    return f"{Outcome(case.outcome).label} · {people_datetime(local(case.decided_at), at)} {who}"
