"""Sockets: what later rooms add to a case: verbs and their pages, hindrances, panels and tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from django.urls import reverse

from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal

if TYPE_CHECKING:
    from yimen.cases.models import Case

# Says why an actor can't do a verb now; None when nothing stands in the way.
Check = Callable[["Case", Actor, datetime], Refusal | None]


@dataclass(frozen=True)
class VerbRule:
    """A verb as doors offer it. name: as in the API; label: on the button; check: why not, for this case and actor."""

    name: str
    label: str
    check: Check
    order: int = 50


@dataclass(frozen=True)
class VerbPage:
    """Where the desk does a verb. url_name: takes the case number; key: its letter; variant: of the button.

    unready: why it can't be done yet though the state allows it (an open task, nothing signed).
    """

    url_name: str
    key: str = ""
    variant: str = "secondary"
    icon: str = ""
    unready: Callable[[Case, datetime], Refusal | None] = lambda case, at: None

    def url(self, number: str) -> str:
        return reverse(self.url_name, args=[number])


@dataclass(frozen=True)
class Panel:
    """A part of the case page drawn by a later room. part: its name in PARTS, given to the template as `part`."""

    part: str
    template: str
    order: int = 50


@dataclass(frozen=True)
class Tab:
    """A saved view of the work list. count: how many, at most `kit.paging.MANY`; duties: who sees it.

    following: of a later room's own list, which case opens when one was finished; its rows bear `list=view=<key>`.
    """

    key: str
    label: Any  # str or lazy translation
    url: Callable[[], str]
    duties: frozenset[str]
    count: Callable[[Actor, datetime], int] | None = None
    order: int = 50
    following: Callable[[Case, Actor, datetime], str | None] | None = None


VERBS: dict[str, VerbRule] = {}
PAGES: dict[str, VerbPage] = {}
PANELS: dict[str, Panel] = {}
TABS: dict[str, Tab] = {}
CAUTIONS: list[Callable[[Case, str], list[str]]] = []
HINDRANCES: list[Callable[[Case, str], Refusal | None]] = []
PARTS: dict[str, Callable[[Case, Actor, datetime], Any]] = {}


def plug_verb(rule: VerbRule) -> None:
    VERBS[rule.name] = rule


def plug_hindrance(hindrance: Callable[[Case, str], Refusal | None]) -> None:
    """A later room's reason why the case can't be decided with an outcome yet (an open review task)."""
    if hindrance not in HINDRANCES:
        HINDRANCES.append(hindrance)


def plug_part(name: str, part: Callable[[Case, Actor, datetime], Any]) -> None:
    """A later room's part of the case as the API and pages show it (`tasks`, `results`)."""
    PARTS[name] = part


def plug_page(verb: str, page: VerbPage) -> None:
    """Where the desk does a verb; a verb without a page is not offered there."""
    PAGES[verb] = page


def plug_panel(panel: Panel) -> None:
    """How a later room's part looks on the case page."""
    PANELS[panel.part] = panel


def plug_tab(tab: Tab) -> None:
    """One more saved view beside the work list's own."""
    TABS[tab.key] = tab


def tab_of(listed: str) -> Tab | None:
    """The later room's list that a page was opened from; None for the work list's own views."""
    tab = TABS.get(dict(parse_qsl(listed)).get("view", ""))
    return tab if tab is not None and tab.following is not None else None


def plug_caution(caution: Callable[[Case, str], list[str]]) -> None:
    """What somebody should know before doing a verb (an opinion that disagrees); it hinders nothing."""
    if caution not in CAUTIONS:
        CAUTIONS.append(caution)


def cautions(case: Case, verb: str) -> list[str]:
    return [words for ask in CAUTIONS for words in ask(case, verb)]


def hindrance(case: Case, outcome: str) -> Refusal | None:
    return next((why for ask in HINDRANCES if (why := ask(case, outcome)) is not None), None)


def parts(case: Case, actor: Actor, at: datetime) -> Mapping[str, Any]:
    return {name: part(case, actor, at) for name, part in PARTS.items()}
