"""Who looked at one's data, in words: office, post, what, why, for which case; reports about looks."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.queries import whole
from yimen.identity.choices import Judgement
from yimen.identity.queries import Look, look_choices, look_page, reports_about, same_person
from yimen.kit.telling import translated
from yimen.law.masking import mask_name
from yimen.portal.queries.standing import may_see_looks, whose
from yimen.vault.choices import UseKind
from yimen.vault.queries import held_by

if TYPE_CHECKING:
    from yimen.identity.models import LookReport, Subject
    from yimen.kit.actor import Actor

PAGE = 20
LICENCE = re.compile(r"licence:(\d+)(?::(\w+))?")


@dataclass
class Seen:
    """One line of the page: `times` looks of one person within a minute, at the same thing for the same reason."""

    subject: int
    seq: int
    at: datetime
    who: str
    person: str
    what: str
    purpose: str
    case: str
    item: str
    case_url: str
    report: LookReport | None
    times: int = 1

    def same(self, other: Seen) -> bool:
        return self._facts() == other._facts() and self.report is None and other.report is None

    def _facts(self) -> tuple[Any, ...]:
        minute = self.at.replace(second=0, microsecond=0)
        return (self.subject, minute, self.who, self.person, self.what, self.purpose, self.case)


def seen_page(
    one: Subject, actor: Actor, at: datetime, *, office: str, case: str, cursor: str | None
) -> dict[str, Any]:
    """Everything that the page shows."""
    ids = same_person(one.pk)
    looks, following = look_page(ids, at, office=office, case=case, cursor=cursor, size=PAGE)
    offices, cases = look_choices(ids, at)
    kept = {"of": one.pk, "office": office, "case": case}
    return {
        "one": one,
        "own": actor.is_one(one.pk),
        "rows": _folded(lines(looks, ids)),
        "next": f"?{urlencode({**kept, 'cursor': following})}" if following else "",
        "filters": [_filter("office", _("部门"), offices, office), _filter("case", _("办件"), cases, case)],
        "filtered": bool(office or case),
        "whose": whose(may_see_looks(actor, at), one, actor),
    }


def lines(looks: Sequence[Look], ids: Sequence[int]) -> list[Seen]:
    """Looks in words; items and licences are fetched for all of them at once."""
    numbers = {str(each.line.facts["case"]) for each in looks if each.line.facts.get("case")}
    items = {each.number: each.edition.doc.name for each in whole().filter(number__in=numbers)} if numbers else {}
    names = _licences({str(each.line.facts.get("what")) for each in looks}, ids)
    reports = {(each.subject_id, each.seq): each for each in reports_about(ids)} if looks else {}
    return [_line(each, items, names, reports) for each in looks]


def report_row(report: LookReport) -> dict[str, Any]:
    """A report as its page shows it."""
    return {
        "pk": report.pk,
        "text": report.text,
        "asked_at": report.asked_at,
        "due_on": report.due_on,
        "answered_at": report.answered_at,
        "withdrawn": report.finding == Judgement.WITHDRAWN,
        "improper": report.finding == Judgement.IMPROPER,
        "finding": _(Judgement(report.finding).label) if report.finding else "",
        "answer": report.answer,
    }


def _line(look: Look, items: Mapping[str, str], names: Mapping[str, str], reports: Mapping[Any, LookReport]) -> Seen:
    line, case = look.line, str(look.line.facts.get("case") or "")
    office, post = line.by["office"], line.by["post"]
    return Seen(
        subject=look.subject,
        seq=line.seq,
        at=line.at,
        who=" · ".join(word for word in (office, post) if word) or _("工作人员"),
        person=mask_name(line.by["name"]),
        what=what_words(str(line.facts.get("what") or ""), names),
        purpose=translated(line.ground),
        case=case,
        item=items.get(case, ""),
        case_url=reverse("portal:case", args=[case]) if case in items else "",
        report=reports.get((look.subject, line.seq)),
    )


def what_words(what: str, names: Mapping[str, str]) -> str:
    """Never a raw code: a licence is named by its kind, and what was done with it."""
    found = LICENCE.fullmatch(what)
    if found is None:
        return str(translated(what)) if what else _("基本信息")
    name, kind = names.get(found[1], _("一份电子证照")), found[2]
    return f"{name}（{_(str(UseKind(kind).label))}）" if kind in UseKind.values else name


def _licences(whats: Collection[str], ids: Sequence[int]) -> dict[str, str]:
    numbers = {int(found[1]) for what in whats if (found := LICENCE.fullmatch(what))}
    if not numbers:
        return {}
    return {str(each.pk): each.kind.name for each in held_by(list(ids)).filter(pk__in=numbers)}


def _folded(rows: list[Seen]) -> list[Seen]:
    """Who turns pages back and forth within a minute looked once; how often is told."""
    folded: list[Seen] = []
    for row in rows:
        known = next((each for each in folded if each.same(row)), None)
        if known is None:
            folded.append(row)
        else:
            known.times += 1
    return folded


def _filter(name: str, label: str, values: Sequence[str], chosen: str) -> dict[str, Any]:
    known = list(values) if not chosen or chosen in values else [chosen, *values]
    return {"name": name, "label": label, "values": known, "chosen": chosen}
