"""Ways into the catalogue: life events, themes, departments, for people and for firms; facets of a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from yimen.catalog import queries as catalog

PERSON, FIRM = "自然人", "法人"
FACETS = ("subject", "life_event", "theme", "department")
LONGEST = 60
FEW = 8
SAID_AGAIN = 24


def names() -> dict[str, str]:
    """The facets in words."""
    return {"subject": _("谁来办"), "life_event": _("人生大事与经营"), "theme": _("主题"), "department": _("部门")}


def subject_words() -> dict[str, str]:
    """Subjects as people call them."""
    return {PERSON: _("个人"), FIRM: _("企业和单位"), "其他组织": _("其他组织")}


def audience(subjects: Iterable[str]) -> str:
    """Whom an item is for, as people call them."""
    words = subject_words()
    return _("、").join(words.get(each, each) for each in subjects)


def short(agency: str) -> str:
    """An agency without the name of the city in which all of them are."""
    return agency.removeprefix(settings.YIMEN_CITY_NAME) or agency


def asked(query: QueryDict) -> dict[str, str]:
    """What was asked for; NUL and overlong words are cut, nothing else is refused."""
    return {
        name: query.get(name, "").replace("\x00", "").strip()[: 200 if name == "q" else LONGEST]
        for name in ("q", *FACETS)
    }


def found(given: Mapping[str, str], *, cursor: str | None = None, size: int = 20) -> catalog.Found:
    """One page of what fits."""
    return catalog.search(
        given["q"],
        department=given["department"],
        theme=given["theme"],
        subject=given["subject"],
        life_event=given["life_event"],
        cursor=cursor,
        size=size,
    )


def link(given: Mapping[str, str]) -> str:
    """The address of a search."""
    kept = {name: value for name, value in given.items() if value}
    return f"{reverse('portal:items')}?{urlencode(kept)}" if kept else reverse("portal:items")


def doorways() -> dict[str, Any]:
    """The home page's words: life events for people and for firms, all themes, all departments."""
    return {
        "people": _events(PERSON, FIRM),
        "firms": _events(FIRM, PERSON),
        "themes": _links("theme"),
        "departments": _links("department"),
        "all": reverse("portal:items"),
    }


def _events(subject: str, other: str) -> list[dict[str, Any]]:
    """An event is where most of its items belong: a person who builds a plant looks among the firms' words."""
    theirs = {each.value: each.count for each in catalog.facets("life_event", subject=other)}
    return [each for each in _links("life_event", subject) if each["count"] >= theirs.get(each["value"], 0)]


def _links(facet: str, subject: str = "") -> list[dict[str, Any]]:
    return [
        {
            "label": short(each.label),
            "value": each.value,
            "count": each.count,
            "url": link({facet: each.value, "subject": subject}),
        }
        for each in catalog.facets(facet, subject=subject)
    ]


def facets_of(given: Mapping[str, str]) -> list[dict[str, Any]]:
    """The facets with the counts among what was found, so that no choice leads to nothing."""
    facets: list[dict[str, Any]] = [
        {"name": name, "label": names()[name], "choices": _choices(name, given)} for name in FACETS
    ]
    return [facet | {"open": bool(given[str(facet["name"])]) or len(facet["choices"]) <= FEW} for facet in facets]


def _choices(name: str, given: Mapping[str, str]) -> list[dict[str, Any]]:
    """The values of one facet: how many items each gives together with everything else asked."""
    others = {key: value for key, value in given.items() if key != name}
    hits = found({**others, name: ""}, size=10_000).items
    values: dict[str, list[Any]] = {}
    for hit in hits:
        for value in _values(name, hit):
            values.setdefault(value, []).append(hit)
    ordered = sorted(values.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        {
            "label": _label(name, value, fitting[0]),
            "count": len(fitting),
            "current": given[name] == value,
            "url": link(others if given[name] == value else {**others, name: value}),
        }
        for value, fitting in ordered
    ]


def _values(name: str, hit: Any) -> tuple[str, ...]:
    held = {
        "subject": hit.subjects,
        "life_event": hit.life_events,
        "theme": hit.themes,
        "department": (hit.department,),
    }
    return tuple(dict.fromkeys(held[name]))


def _label(name: str, value: str, hit: Any) -> str:
    if name == "department":
        return short(hit.agency)
    return subject_words().get(value, value) if name == "subject" else value


def chosen(given: Mapping[str, str]) -> list[dict[str, str]]:
    """What narrows the list now, each with the address without it."""
    return [
        {"label": _chosen_label(name, given[name]), "url": link({**given, name: ""})} for name in FACETS if given[name]
    ]


def _chosen_label(name: str, value: str) -> str:
    if name == "department":
        return next((short(each.label) for each in catalog.facets("department") if each.value == value), value)
    return subject_words().get(value, value)


def title(given: Mapping[str, str]) -> str:
    """What the page is about."""
    if given["q"]:
        return _("和“%(words)s”有关的事") % {"words": Truncator(given["q"]).chars(SAID_AGAIN)}
    first = next(
        (_chosen_label(name, given[name]) for name in ("life_event", "theme", "department", "subject") if given[name]),
        "",
    )
    return first or _("全部事项")
