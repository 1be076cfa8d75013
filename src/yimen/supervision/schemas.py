"""Cards as programs ask for them and see them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import StringConstraints

from yimen.kit.rest import Asked, Shape
from yimen.kit.time import local
from yimen.supervision.choices import Level
from yimen.supervision.models import Card


class CardsAsked(Asked):
    level: Level | None = None
    case: Annotated[str, StringConstraints(max_length=40)] = ""
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None


class CardShape(Shape):
    """A warning, yellow or red card. facts: what it was issued on, frozen; one about a correction has no case."""

    id: int
    level: str
    level_label: str
    rule: str
    case: str
    item: str
    item_name: str
    agency: str
    reason: str
    facts: dict[str, Any]
    issued_at: datetime

    @classmethod
    def of(cls, card: Card) -> CardShape:
        return cls(
            id=card.pk,
            level=card.level,
            level_label=Level(card.level).label,
            rule=card.rule,
            case=card.number if card.case else "",
            item=card.case.item.slug if card.case else "",
            item_name=card.case.item_name if card.case else "",
            agency=card.agency.name if card.agency else "",
            reason=card.reason,
            facts=card.facts,
            issued_at=local(card.issued_at),
        )
