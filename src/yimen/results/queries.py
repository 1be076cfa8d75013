"""Reading results."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse

from yimen.cases.access import desk_agencies
from yimen.cases.choices import Outcome
from yimen.cases.queries import LISTED, in_agencies, seen_by
from yimen.city.choices import CASE_DUTIES
from yimen.identity.queries import same_person
from yimen.kit.actor import Actor
from yimen.kit.commands import read_once
from yimen.kit.errors import Refusal
from yimen.kit.paging import Page, behind, capped, cut, merge, page, place
from yimen.kit.prepared import prepared
from yimen.kit.telling import translated
from yimen.law.states import State
from yimen.law.versions import Act
from yimen.law.versions import act_of as act_of_texts
from yimen.results.choices import Way
from yimen.results.models import Delivery, Result
from yimen.sheets import queries as sheets
from yimen.sheets.choices import Kind
from yimen.vault import queries as licences

if TYPE_CHECKING:
    from yimen.cases.models import Case
    from yimen.vault.models import Licence


BY = ("decided_at", "id")
RECEIVING = re.compile("领取|邮寄|寄送|收件|快递|送达")
WORDS = (("邮寄", Way.POST), ("快递", Way.POST), ("窗口", Way.WINDOW), ("自取", Way.WINDOW), ("电子", Way.ELECTRONIC))


class AlreadyIssued(Refusal):
    code = "already_issued"
    sentence = "结果已经签发，不能重复签发。"


class NothingToIssue(Refusal):
    code = "nothing_to_issue"
    sentence = "这件办件作出的是不予批准的决定，没有需要签发的结果，请直接送达决定书。"


class NotIssued(Refusal):
    code = "not_issued"
    sentence = "结果还没有签发，签发后才能送达。"


def of(case: Case) -> list[Result]:
    return read_once(f"results.of:{case.pk}", lambda: _of(case.pk))


@prepared
def _of(case: int) -> QuerySet[Result]:
    return Result.objects.filter(case=case).select_related("licence", "licence__kind", "paper").order_by("id")


def delivery_of(case: Case) -> Delivery | None:
    return Delivery.objects.filter(case=case).select_related("delivered_by").first()


def waiting(actor: Actor, at: datetime, cursor: str | None = None) -> Page[Case]:
    """Decided cases that are to be issued and handed out, due first."""
    rows = seen_by(actor, at).filter(state=State.DECIDED).select_related("item", "agency")
    return page(rows, by=("decided_at", "id"), cursor=cursor)


def unissued(case: Case, at: datetime) -> Refusal | None:
    """Why nothing can be signed now though the case is decided."""
    return unsignable(case, of(case) if case.outcome == Outcome.GRANT else [])


def unsignable(case: Case, drawn: list[Result]) -> Refusal | None:
    """The same, of what was drawn up."""
    if case.outcome != Outcome.GRANT:
        return NothingToIssue()
    return AlreadyIssued() if drawn and all(result.issued_at for result in drawn) else None


def undeliverable(case: Case, at: datetime) -> Refusal | None:
    """Why nothing can be handed over yet."""
    waits = case.outcome == Outcome.GRANT and any(result.issued_at is None for result in of(case))
    return NotIssued() if waits else None


def to_hand_out(actor: Actor, at: datetime, *, step: str, cursor: str | None = None, size: int = 50) -> Page[Case]:
    """Decided cases, the decision that waits longest first. step: "issue" or "deliver"."""
    rows = in_agencies(desk_agencies(actor)).filter(decided_at__isnull=False, closed_at=None)
    rows = rows.select_related(None).only(*LISTED)
    if cursor:
        rows = behind(rows, BY, cursor)
    return cut(_first(rows, actor, step, size + 1), by=BY, size=size)


def _first(rows: QuerySet[Case], actor: Actor, step: str, size: int) -> list[Case]:
    """The index knows what is decided and not closed, the results what is signed: the first is walked in portions."""
    found: list[Case] = []
    over, portion = {"agency_id": sorted(desk_agencies(actor))}, 2 * size
    while len(found) < size:
        batch = merge(rows, over=over, by=BY, size=portion)
        unsigned = set(Result.objects.filter(case__in=batch, issued_at=None).values_list("case_id", flat=True))
        found += [case for case in batch if (case.pk in unsigned) == (step == "issue")]
        if len(batch) < portion:
            break
        rows, portion = behind(rows, BY, place(batch[-1], BY)), min(4 * portion, 2000)
    return found[:size]


def act_of(case: Case) -> Act | None:
    """Does the item give the next version of a licence (延续、变更、换发)? By its name, then by what was chosen."""
    document, answers = case.edition.doc, case.application.answers
    chosen = [answers.get(field.name) for field in document.form_fields if field.type == Kind.CHOICE]
    situation = [value for value in case.application.situation.values() if isinstance(value, str)]
    return act_of_texts([document.name, *situation, *(value for value in chosen if isinstance(value, str))])


def candidates(case: Case, kind: int, *, besides: int | None = None) -> list[Licence]:
    """The holder's licences of a kind of which this case may give the next version."""
    return licences.replaceable(same_person(case.subject_id), kind, case.agency_id, besides=besides)


def meant(case: Case, found: Sequence[Licence]) -> Licence | None:
    """The one that is meant: the only one, or the one whose number stands in the application; never a guess."""
    if len(found) == 1:
        return found[0]
    typed = {str(value).strip().upper() for value in case.application.answers.values() if isinstance(value, str)}
    named = [each for each in found if each.number.strip().upper() in typed]
    return named[0] if len(named) == 1 else None


def undecided(case: Case, drawn: Sequence[Result], chosen: Collection[int] = ()) -> list[Result]:
    """Results of which somebody still has to say whether they are a next version, and of which licence.

    What was to be replaced may have ended, or been annulled, since the result was drawn up: then it is open again.
    """
    if act_of(case) is None:
        return []
    return [each for each in drawn if each.licence and each.pk not in chosen and _open(case, each.licence)]


def _open(case: Case, licence: Licence) -> bool:
    fitting = {each.pk for each in candidates(case, licence.kind_id, besides=licence.pk)}
    return bool(fitting) if licence.replaces_id is None else licence.replaces_id not in fitting


def wishes(case: Case) -> list[dict[str, str]]:
    """What the application says of how the result is to be received."""
    shown = sheets.show(case.edition.doc, case.application.answers)
    return [{"label": line.label, "value": line.text} for line in shown if RECEIVING.search(line.label) and line.text]


def wanted_way(case: Case) -> str:
    """The way of delivery that the application asks for, "" when it says nothing."""
    said = "".join(wish["value"] for wish in wishes(case))
    return next((way for word, way in WORDS if word in said), "")


def next_case(actor: Actor, at: datetime, *, step: str) -> str | None:
    """The number of the case that waits longest for a step."""
    page = to_hand_out(actor, at, step=step, size=1)
    return page.items[0].number if page.items else None


def count_decided(actor: Actor, at: datetime) -> int:
    return capped(in_agencies(desk_agencies(actor)).filter(state=State.DECIDED).select_related(None))


def _page(result: Result, case: Case, actor: Actor) -> str:
    """The licence's page at the desk, for whoever deals with the agency's cases."""
    may = result.licence_id is not None and any(actor.may(duty, case.agency_id) for duty in CASE_DUTIES)
    return reverse("vault:issued", args=[result.licence_id]) if may else ""


def part(case: Case, actor: Actor, at: datetime) -> dict[str, Any]:
    """Results and delivery as the API shows them."""
    if case.decided_at is None:
        return {"items": [], "delivery": None}
    delivery = delivery_of(case)
    return {
        "items": [
            {
                "id": result.pk,
                "name": result.name,
                "kind": result.kind,
                "drawn_at": result.drawn_at,
                "issued_at": result.issued_at,
                "identifier": result.licence.identifier if result.licence else None,
                "licence": result.licence_id,
                "page": _page(result, case, actor),
                "version": result.licence.version if result.licence else None,
                "replaces": result.licence.replaces_id if result.licence else None,
                "paper": result.paper.number if result.paper else None,
            }
            for result in of(case)
        ],
        "delivery": {
            "way": delivery.way,
            "way_label": translated(Way(delivery.way).label),
            "tracking": delivery.tracking,
            "at": delivery.delivered_at,
        }
        if delivery
        else None,
    }
