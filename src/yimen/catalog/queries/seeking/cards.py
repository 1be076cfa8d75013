"""What is known of an item for finding it: its facts in a list, and the texts it is found by."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from yimen.catalog.choices import EditionDocument
from yimen.catalog.models import Edition
from yimen.catalog.ports import Findable
from yimen.catalog.queries.seeking.text import plain, tokens
from yimen.law.limits import Limit, Unit

# How often a text counts, by where it stands: a name says more than a life event.
NAME, EVERYDAY, RESULT, EVENT = 3, 3, 2, 1
# So much of a guide tells what an item is about; its meaning is one vector.
CONDITIONS, QUESTIONS = 4, 4
ONLINE_CHANNELS = ("电脑端网上办理", "移动端网上申请")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as search and browsing know it. channels: forms of handling (办理形式); division: code of its place,

    path: the codes from the city down to it; basic, handling: 基本编码, 业务办理项编码; inherits: the item above.
    """

    slug: str
    name: str
    kind: str
    case_type: str
    department: str
    agency: str
    agency_id: int
    agency_code: str
    division: str
    division_name: str
    path: str
    version: int
    subjects: tuple[str, ...]
    themes: tuple[str, ...]
    life_events: tuple[str, ...]
    levels: tuple[str, ...]
    channels: tuple[str, ...]
    promised_days: int | None
    promised: str
    limit: Limit
    instant: bool
    visits: int
    online_depth: str
    online: bool
    charged: bool
    cross_city: bool
    materials: int
    results: tuple[str, ...]
    code: str
    basic: str
    handling: str
    inherits: str


@dataclass(frozen=True, slots=True)
class Card:
    """The words something is found by: in its name and the like, and anywhere. phrases: short ones, for letters."""

    head: tuple[str, ...]
    body: tuple[str, ...]
    phrases: tuple[str, ...]
    name: str
    whole: str


def card_of(document: EditionDocument) -> Card:
    """The card of an item's edition."""
    results = [result.name for result in document.results]
    phrases = (document.name, *document.everyday_words, *results, *document.life_event)
    head = _words((document.name, NAME), *((each, EVERYDAY) for each in document.everyday_words),
                  *((each, RESULT) for each in results), *((each, EVENT) for each in document.life_event))  # fmt: skip
    rest = [*_themes(document), *document.conditions, *(text for faq in document.faq for text in (faq.q, faq.a))]
    rest += [material.name for material in document.materials]
    return Card(head, (*head, *_words(*((each, 1) for each in rest))), phrases, document.name, _whole(document))


def card_of_thing(thing: Findable) -> Card:
    """The card of a package, a list, or whatever else is found."""
    head = _words((thing.name, NAME), *((each, EVENT) for each in thing.words))
    body = (*head, *_words((thing.summary, 1)))
    return Card(head, body, (thing.name, *thing.words), thing.name, f"{thing.name}。{thing.summary}")


def _words(*texts: tuple[str, int]) -> tuple[str, ...]:
    return tuple(token for text, times in texts for token in _tokens(text) for _ in range(times))


@lru_cache(50_000)
def _tokens(text: str) -> tuple[str, ...]:
    """Many items ask for the same materials and under the same conditions."""
    return tuple(sys.intern(token) for token, _weight in tokens(plain(text)))


def _whole(document: EditionDocument) -> str:
    about = "、".join((*document.life_event, *document.theme))
    conditions = "；".join(document.conditions[:CONDITIONS])
    return f"{document.name}。{about}。{conditions}。{' '.join(faq.q for faq in document.faq[:QUESTIONS])}"


def entry_of(edition: Edition) -> Entry:
    """The facts of an item's edition."""
    document = edition.doc
    limit = document.decision_limits.promise
    return Entry(
        slug=document.slug,
        name=document.name,
        kind=document.kind,
        case_type=document.case_type.value,
        department=document.department,
        **office_of(edition),
        version=edition.version,
        subjects=document.subjects,
        themes=_themes(document),
        life_events=document.life_event,
        levels=document.level,
        channels=_channels(document),
        promised_days=document.promised_days,
        promised="当场办结" if document.instant else str(limit),
        limit=limit,
        instant=document.instant,
        visits=document.visits,
        online_depth=document.online_depth,
        online=document.online_depth in ("三级", "四级"),
        charged=document.fee.charged,
        cross_city=document.cross_city,
        materials=len(document.materials),
        results=tuple(result.name for result in document.results),
        code=document.code or "",
        basic=document.codes.basic or "",
        handling=document.codes.handling_item or "",
        inherits=document.inherits.slug if document.inherits else "",
    )


def office_of(edition: Edition) -> dict[str, Any]:
    """Who handles it, and where."""
    agency = edition.item.agency
    return {
        "agency": agency.name,
        "agency_id": agency.pk,
        "agency_code": agency.code,
        "division": agency.division.code,
        "division_name": agency.division.name,
        "path": agency.division.path,
    }


def _themes(document: EditionDocument) -> tuple[str, ...]:
    """Its own words and those of the two national lists, for people and for firms."""
    return tuple(dict.fromkeys((*document.theme, *document.person_themes, *document.firm_themes)))


def _channels(document: EditionDocument) -> tuple[str, ...]:
    """The forms of handling it names, else those that follow from its depth online and its delivery."""
    if document.channels:
        return document.channels
    found = ["窗口办理"]
    if document.online_depth in ("三级", "四级"):
        found.append(ONLINE_CHANNELS[0])
    if "邮寄" in document.delivery:
        found.append("快递申请")
    return tuple(found)


def packed(entry: Entry) -> dict[str, Any]:
    """An entry as JSON."""
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    return values | {"limit": [entry.limit.amount, entry.limit.unit.value, entry.limit.source]}


def unpacked(values: dict[str, Any]) -> Entry:
    """An entry from JSON."""
    amount, unit, source = values["limit"]
    facts: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return Entry(**{**facts, "limit": Limit(amount, Unit(unit), source)})
