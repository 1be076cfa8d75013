"""Reading results."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from yimen.cases.queries import seen_by
from yimen.kit.actor import Actor
from yimen.kit.paging import Page, page
from yimen.law.states import State
from yimen.results.choices import Way
from yimen.results.models import Delivery, Result

if TYPE_CHECKING:
    from yimen.cases.models import Case


def of(case: Case) -> list[Result]:
    return list(Result.objects.filter(case=case).select_related("licence", "licence__kind", "paper").order_by("id"))


def delivery_of(case: Case) -> Delivery | None:
    return Delivery.objects.filter(case=case).select_related("delivered_by").first()


def waiting(actor: Actor, at: datetime, cursor: str | None = None) -> Page[Case]:
    """Decided cases that are to be issued and handed out, due first."""
    rows = seen_by(actor, at).filter(state=State.DECIDED).select_related("item", "agency")
    return page(rows, by=("decided_at", "id"), cursor=cursor)


def part(case: Case, actor: Actor, at: datetime) -> dict[str, Any]:
    """Results and delivery as the API shows them."""
    delivery = delivery_of(case)
    return {
        "items": [
            {
                "name": result.name,
                "kind": result.kind,
                "drawn_at": result.drawn_at,
                "issued_at": result.issued_at,
                "identifier": result.licence.identifier if result.licence else None,
                "paper": result.paper.number if result.paper else None,
            }
            for result in of(case)
        ],
        "delivery": {
            "way": delivery.way,
            "way_label": Way(delivery.way).label,
            "tracking": delivery.tracking,
            "at": delivery.delivered_at,
        }
        if delivery
        else None,
    }
