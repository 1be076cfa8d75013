"""Ways into the catalogue: life events, themes, departments, for people and for firms; facets of a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yimen.catalog import queries as catalog
from yimen.kit.telling import translated

PERSON, FIRM = "自然人", "法人"
# In the order in which they stand beside the list; department is asked for by links from elsewhere only.
FACETS = ("subject", "life_event", "theme", "channel", "level", "division", "agency", "kind")
HIDDEN = ("department",)
SWITCHES = {
    "online": gettext_lazy("网上可办"),
    "once": gettext_lazy("最多跑一次"),
}
ORDER = "order"
LONGEST = 60
FEW, MANY = 8, 12
SAID_AGAIN = 24
ON = "1"


def names() -> dict[str, str]:
    """The facets in words."""
    return {
        "subject": _("谁来办"),
        "life_event": _("人生大事与经营"),
        "theme": _("主题"),
        "channel": _("怎么办"),
        "level": _("哪一级办"),
        "division": _("在哪里办"),
        "agency": _("部门"),
        "kind": _("事项性质"),
    }


def subject_words() -> dict[str, str]:
    """Subjects as people call them."""
    return {PERSON: _("个人"), FIRM: _("企业和单位"), "其他组织": _("其他组织")}


def level_words() -> dict[str, str]:
    """Levels as people call them."""
    return {
        "国家": _("国家级"),
        "省": _("省级"),
        "市": _("市级"),
        "县": _("县（区）级"),
        "镇": _("镇（街道）级"),
        "村": _("村（社区）级"),
    }


def audience(subjects: Iterable[str]) -> str:
    """Whom an item is for, as people call them."""
    words = subject_words()
    return _("、").join(words.get(each, each) for each in subjects)


def short(agency: str) -> str:
    """An agency without the name of the city in which all of them are."""
    return agency.removeprefix(settings.YIMEN_CITY_NAME) or agency


def asked(query: QueryDict) -> dict[str, str]:
    """What was asked for; NUL and overlong words are cut, nothing else is refused."""
    words = {
        name: query.get(name, "").replace("\x00", "").strip()[: 200 if name == "q" else LONGEST]
        for name in ("q", *FACETS, *HIDDEN)
    }
    switches = {name: ON if query.get(name) == ON else "" for name in SWITCHES}
    order = catalog.MOST_USED if query.get(ORDER) == catalog.MOST_USED else ""
    return {**words, **switches, ORDER: order}


def found(given: Mapping[str, str], *, cursor: str | None = None, size: int = 20, near: str = "") -> catalog.Found:
    """One page of what fits. near: the place that the visitor chose some other time."""
    return catalog.search(given["q"], order=given[ORDER], cursor=cursor, size=size, near=near, **_narrowing(given))


def _narrowing(given: Mapping[str, str]) -> dict[str, str | bool]:
    return {name: given[name] for name in (*FACETS, *HIDDEN, *SWITCHES)}


def link(given: Mapping[str, str]) -> str:
    """The address of a search."""
    kept = {name: value for name, value in given.items() if value}
    return f"{reverse('portal:items')}?{urlencode(kept)}" if kept else reverse("portal:items")


def doorways() -> dict[str, Any]:
    """The home page's words: life events for people and for firms, all themes, all departments; what is used most."""
    used = catalog.popular(size=FEW)
    return {
        "people": _events(PERSON, FIRM),
        "firms": _events(FIRM, PERSON),
        "themes": _links("theme"),
        "departments": _links("department"),
        "popular": [{"label": each.name, "url": reverse("portal:guide", args=[each.slug])} for each in used],
        "packages": [each for each in catalog.all_things() if each.kind == "package"],
        "quick": [{"label": label, "url": link({name: ON})} for name, label in SWITCHES.items()],
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


def facets_of(given: Mapping[str, str], counted: Mapping[str, list[catalog.Facet]]) -> list[dict[str, Any]]:
    """The facets with the counts among what was found, so that no choice leads to nothing.

    A facet of one value narrows nothing down and is left out, unless it is what was chosen.
    """
    facets: list[dict[str, Any]] = [
        {
            "name": name,
            "label": names()[name],
            "choices": (choices := _choices(name, given, counted[name])),
            "more": choices[MANY:],
            "first": choices[:MANY],
            "open": bool(given[name]) or (place < 2 and len(choices) <= MANY),
        }
        for place, name in enumerate(FACETS)
    ]
    return [facet for facet in facets if given[facet["name"]] or len(facet["choices"]) > 1]


def counted(given: Mapping[str, str]) -> dict[str, list[catalog.Facet]]:
    """How many items each value of each facet and switch gives together with everything else asked."""
    return catalog.counts(given["q"], only=(*FACETS, *SWITCHES), **_narrowing(given))


def _choices(name: str, given: Mapping[str, str], counted: Iterable[catalog.Facet]) -> list[dict[str, Any]]:
    """The values of one facet: how many items each gives together with everything else asked; the chosen one first."""
    without = link({**given, name: ""})
    begun = f"{without}{'&' if '?' in without else '?'}{name}="
    choices = [
        {
            "label": _label(name, each.value, each.label),
            "count": each.count,
            "current": (current := given[name] == each.value),
            "url": without if current else begun + quote_plus(each.value),
        }
        for each in counted
    ]
    return sorted(choices, key=lambda choice: not choice["current"])


def _label(name: str, value: str, label: str) -> str:
    if name in ("agency", "department"):
        return short(label)
    words = {"subject": subject_words, "level": level_words}.get(name)
    return words().get(value, value) if words else translated(label)


def switches_of(given: Mapping[str, str], counted: Mapping[str, list[catalog.Facet]]) -> list[dict[str, Any]]:
    """What is on or off: done online, at most one visit; and the most used first."""
    switches: list[dict[str, Any]] = [
        {
            "label": label,
            "on": bool(given[name]),
            "count": sum(each.count for each in counted[name]),
            "url": link({**given, name: "" if given[name] else ON}),
        }
        for name, label in SWITCHES.items()
    ]
    order = "" if given[ORDER] else catalog.MOST_USED
    return [*switches, {"label": _("大家常办的在前"), "on": bool(given[ORDER]), "url": link({**given, ORDER: order})}]


def chosen(given: Mapping[str, str]) -> list[dict[str, str]]:
    """What narrows the list now, each with the address without it."""
    return [
        {"label": _chosen_label(name, given[name]), "url": link({**given, name: ""})}
        for name in (*FACETS, *HIDDEN)
        if given[name]
    ]


def _chosen_label(name: str, value: str) -> str:
    return _label(name, value, catalog.label(name, value) or value)


def title(given: Mapping[str, str]) -> str:
    """What the page is about."""
    if given["q"]:
        return _("和“%(words)s”有关的事") % {"words": Truncator(given["q"]).chars(SAID_AGAIN)}
    leading = ("life_event", "theme", "department", "agency", "subject", *FACETS)
    first = next((_chosen_label(name, given[name]) for name in leading if given[name]), "")
    return first or _("全部事项")
