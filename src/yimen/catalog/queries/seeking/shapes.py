"""What was found, as programs ask for it and see it. The fields are a contract: more may come, none is renamed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from yimen.catalog.queries.finding import ItemHit
from yimen.catalog.queries.seeking.cards import Entry
from yimen.kit.rest import Asked, Shape

Facet = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]


class ItemsAsked(Asked):
    """Words in everyday language, and what to browse by.

    agency, division: codes; channel: 窗口办理 电脑端网上办理 移动端网上申请 快递申请 其他; once: at most one visit;
    order: used, the most used of the last twelve months first; near: the code of the place from which people come: what
    several places offer is told as the nearest has it, though nothing elsewhere is left out.
    """

    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    department: Facet = ""
    theme: Facet = ""
    subject: Facet = ""
    life_event: Facet = ""
    kind: Facet = ""
    level: Facet = ""
    channel: Facet = ""
    division: Facet = ""
    agency: Facet = ""
    once: bool = False
    online: bool = False
    order: Literal["", "used"] = ""
    near: Facet = ""
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None
    size: Annotated[int, Field(ge=1, le=100)] = 20


class PlaceLine(Shape):
    """A place where an item can be done, with the item as that place keeps it."""

    slug: str
    agency: str
    agency_code: str
    division: str
    division_name: str
    promised: str
    visits: int
    online: bool

    @classmethod
    def of(cls, entry: Entry) -> PlaceLine:
        return cls(**{name: getattr(entry, name) for name in cls.model_fields})


class ItemLine(Shape):
    """An item in a list. promised: the promised limit in words; visits: how often one has to come.

    What several places offer (one basic code, or worded alike in one department, or inherited) is one line, as the
    nearest place has it; places: the nearest twenty, this one among them; place_count: all of them.
    """

    slug: str
    name: str
    kind: str
    case_type: str
    department: str
    agency: str
    agency_code: str
    division: str
    edition: int
    promised_days: int | None
    promised: str
    instant: bool
    visits: int
    online: bool
    charged: bool
    materials: int
    subjects: list[str]
    themes: list[str]
    life_events: list[str]
    levels: list[str]
    channels: list[str]
    results: list[str]
    places: list[PlaceLine]
    place_count: int

    @classmethod
    def of(cls, hit: ItemHit) -> ItemLine:
        facts = {name: getattr(hit, name) for name in cls.model_fields if name not in ("edition", "places")}
        lists = {name: list(value) for name, value in facts.items() if isinstance(value, tuple)}
        return cls(edition=hit.version, places=[PlaceLine.of(each) for each in hit.places], **{**facts, **lists})


class FacetValue(Shape):
    """A value to browse by. label: as people read it; count: how many items it gives together with all else asked."""

    value: str
    label: str
    count: int


class FacetsShape(Shape):
    """Every facet with its values among what was found. once, online: how many items can be so."""

    total: int
    subject: list[FacetValue]
    life_event: list[FacetValue]
    theme: list[FacetValue]
    kind: list[FacetValue]
    channel: list[FacetValue]
    level: list[FacetValue]
    division: list[FacetValue]
    agency: list[FacetValue]
    department: list[FacetValue]
    once: int
    online: int


class Sought(Asked):
    """Words in everyday language. near: the code of the place from which people come."""

    q: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    near: Facet = ""


class ThingLine(Shape):
    """A package, a published list or the like. kind: package list consultation…; label: it in words; url: its page."""

    kind: str
    label: str
    key: str
    name: str
    summary: str
    url: str


class AnswerLine(Shape):
    """A question that an item's guide answers already."""

    slug: str
    item: str
    question: str
    answer: str


class SituatedLine(Shape):
    """A situation that the question tells of, on which materials depend. field, value: an answer of the item's form."""

    slug: str
    item: str
    words: str
    field: str
    value: str


class FoundShape(Shape):
    """All that has to do with a question: the best ten items; packages, lists, consultations; what guides say."""

    items: list[ItemLine]
    total: int
    things: list[ThingLine]
    answers: list[AnswerLine]
    situations: list[SituatedLine]
