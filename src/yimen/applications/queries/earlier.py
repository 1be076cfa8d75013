"""What somebody wrote in earlier applications, for the fields of a form that ask the same thing.

Nothing is copied aside at submission: the answers are read where they lie, the newest few that ask what is wanted
(decision 34). Which field of which edition asks what is kept by each process, for editions never change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from yimen.applications.access import own_business
from yimen.applications.choices import Stage
from yimen.applications.models import Application
from yimen.applications.queries.consents import may_reuse
from yimen.applications.queries.memory import memory
from yimen.city.choices import Duty
from yimen.identity.queries import same_person
from yimen.kit.actor import Actor
from yimen.kit.commands import keep_once
from yimen.kit.time import day_of
from yimen.law.prefill import may_cross
from yimen.law.said import said
from yimen.sheets import queries as sheets
from yimen.sheets.choices import FormField, LibraryDocument
from yimen.sheets.ports import Origin, Prefilled
from yimen.sheets.queries.elements import Library, library
from yimen.sheets.queries.prefilling import NEVER, ages
from yimen.sheets.queries.values import empty

if TYPE_CHECKING:
    from yimen.catalog.choices import EditionDocument
    from yimen.identity.models import Subject

LOOKED_THROUGH, DEEP, READ_AT_MOST = 500, 3, 40
"""So many applications are looked through by what they ask; so many of each answer are read; so many in all."""

ACTING = ("person.", "agent.")
"""In a firm's application these speak of whoever acts for it, not of the firm."""

SAME = said("上次办理本事项")

_ASKED: dict[tuple[int, int], dict[str, str]] = {}


@dataclass(frozen=True)
class _Row:
    pk: int
    item: int
    edition: int
    subject: int
    agent: int | None
    at: datetime


def earlier(
    document: EditionDocument, item: int, subject: Subject, *, by: Actor, at: datetime, always: bool = False
) -> dict[str, list[Prefilled]]:
    """{field: what was written before}, newest first, of the same item and, where consent was given, of others; then

    what they keep to be filled in. What they want forgotten says nothing.
    Whose: the applicant's; what speaks of whoever acts for a firm is theirs. An agent sees only what the mandate
    covers. always: as if consent had been given (to know whether asking for it would help).
    """
    book = library()
    wanted = _wanted(document, book)
    if not wanted:
        return {}
    asking = _Asking(item, subject, by, at, always)
    rows = asking.rows() if subject.pk else []
    chosen = _chosen(rows, wanted, asking, book)
    found: dict[str, list[Prefilled]] = defaultdict(list)
    for application in _read(chosen):
        row = chosen[application.pk]
        for element, fields in wanted.items():
            name = _asked(row.edition, book).get(element)
            turn = asking.turn(element, row)
            if name and turn is not None and asking.allowed(row, book.get(element)):
                told = _told(application, name, turn, same=row.item == item)
                for field in fields:
                    found[field] += told
    for element, fields in wanted.items():
        for field in fields:
            found[field] += asking.kept(element)
    return {field: told for field, told in found.items() if told}


class _Asking:
    """Whose earlier answers count for an application, and which of them."""

    def __init__(
        self, item: int, subject: Subject, by: Actor, at: datetime, always: bool = False, own: bool = False
    ) -> None:
        self.item, self.by, self.at, self.always, self.own = item, by, at, always, own
        self.person = subject.is_person
        self.subjects = same_person(subject.pk)
        agent = by.subject if by.subject not in (None, subject.pk) and not (by.is_staff or own) else None
        self.agents = same_person(agent) if agent else ()
        self._agreed: dict[int, bool] = {}
        everybody = [*self.subjects, *self.agents] if subject.pk else []
        self._memory = keep_once(f"applications.memory:{everybody}:{at}", lambda: memory(everybody))

    def rows(self) -> list[_Row]:
        """Newest first; one statement, once per command: the members of a package all ask for the same."""
        key = f"applications.earlier:{self.subjects}:{self.agents}:{self.by.user}:{self.at}"
        return keep_once(key, self._rows)

    def _rows(self) -> list[_Row]:
        oldest = self.at - timedelta(days=max(ages().values()))
        rows = Application.objects.filter(
            subject__in=[*self.subjects, *self.agents], stage=Stage.SUBMITTED, submitted_at__gte=oldest
        )
        if Duty.CLERK not in self.by.duties:
            rows = rows.filter(own_business(self.by, self.at) | Q(agent=self.by.subject))
        told = rows.order_by("-id").values_list("pk", "item", "edition", "subject", "agent", "submitted_at")[
            :LOOKED_THROUGH
        ]
        return [_Row(*each[:5], at=each[5] or self.at) for each in told]

    def turn(self, element: str, row: _Row) -> int | None:
        """0: the applicant's own; 1: of whoever acts; None: somebody else's."""
        if not self._acting(element):
            return 0 if row.subject in self.subjects else None
        whose = row.agent if row.agent else row.subject if element.startswith(ACTING[:1]) else None
        return 1 if whose is not None and whose in self.agents else None

    def _acting(self, element: str) -> bool:
        return element.startswith(ACTING[1:]) or (element.startswith(ACTING[:1]) and not self.person)

    def kept(self, element: str) -> list[Prefilled]:
        """What they keep for a field: the applicant, or whoever acts where it speaks of them."""
        turn = int(self._acting(element))
        return self._memory.filling(self.agents if turn else self.subjects, element, turn)

    def allowed(self, row: _Row, element: LibraryDocument | None) -> bool:
        """The same item's always; another's where its subject agreed and the law lets it. Never what is forgotten."""
        code = element.code if element else ""
        if self._memory.forgotten(self.agents if self._acting(code) else self.subjects, code, row.at):
            return False
        if row.item == self.item or self.own:
            return True
        sensitive = element is None or element.sensitivity == "sensitive"
        return may_cross(consent=self._consent(row.subject), sensitive=sensitive)

    def _consent(self, subject: int) -> bool:
        if subject not in self._agreed:
            self._agreed[subject] = self.always or may_reuse(subject, self.at)
        return self._agreed[subject]


def _wanted(document: EditionDocument, book: Library) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for field in document.form_fields:
        element = _element(field, book)
        if element:
            found[element].append(field.name)
    return found


def _element(field: FormField, book: Library) -> str | None:
    if field.kind.value in NEVER or not (field.prefill or field.element):
        return None
    return book.sure_element_of(field)


def _chosen(rows: Iterable[_Row], wanted: Mapping[str, Any], asking: _Asking, book: Library) -> dict[int, _Row]:
    """The newest rows that may answer something that fewer than DEEP newer ones may."""
    depth, open_now = dict.fromkeys(wanted, 0), set(wanted)
    chosen: dict[int, _Row] = {}
    rows = list(rows)
    _learn({row.edition for row in rows}, book)
    for row in rows:
        if not open_now or len(chosen) >= READ_AT_MOST:
            break
        asked = open_now & _asked(row.edition, book).keys()
        useful = [each for each in asked if asking.turn(each, row) is not None and asking.allowed(row, book.get(each))]
        if useful:
            chosen[row.pk] = row
        for element in useful:
            depth[element] += 1
            if depth[element] >= DEEP:
                open_now.discard(element)
    return chosen


def _learn(editions: set[int], book: Library) -> None:
    """What the forms of these editions ask; read once per process."""
    unknown = {each for each in editions if (each, book.version) not in _ASKED}
    rows = Application.objects.filter(edition__in=unknown).order_by("edition_id", "-id").distinct("edition_id")
    for application in rows.select_related("edition").only("edition") if unknown else ():
        asked: dict[str, str] = {}
        for field in application.edition.doc.form_fields:
            element = _element(field, book)
            if element:
                asked.setdefault(element, field.name)
        _ASKED[application.edition_id, book.version] = asked


def _asked(edition: int, book: Library) -> Mapping[str, str]:
    return _ASKED.get((edition, book.version), {})


def _read(chosen: Mapping[int, _Row]) -> list[Application]:
    if not chosen:
        return []
    rows = Application.objects.filter(pk__in=list(chosen)).select_related("item").order_by("-id")
    return list(rows.only("number", "answers", "submitted_at", "item__name"))


def _told(application: Application, name: str, turn: int, *, same: bool) -> list[Prefilled]:
    value, on = application.answers.get(name), application.submitted_at
    if value in (None, "", []) or on is None:
        return []
    words = SAME if same else said("以前办理“{item}”", item=application.item.name)
    origin = Origin.SAME_ITEM if same else Origin.OTHER_ITEM
    return [Prefilled(value, words, day_of(on), origin, ref=application.number, turn=turn)]


@dataclass(frozen=True)
class Written:
    """What an application says for a field of the library, as its owner sees it."""

    value: Any
    on: datetime
    number: str
    item: str
    sensitive: bool


def written(subject: Subject, *, by: Actor, at: datetime) -> dict[str, Written]:
    """{field of the library: the newest that earlier applications say}, whatever item they were for."""
    book = library()
    asking = _Asking(0, subject, by, at, always=True, own=True)
    wanted = {code: [code] for code in book.fields}
    chosen = _chosen(asking.rows(), wanted, asking, book)
    found: dict[str, Written] = {}
    for application in _read(chosen):
        row = chosen[application.pk]
        for code, name in _asked(row.edition, book).items():
            value, element = application.answers.get(name), book.get(code)
            if not element or code in found or empty(value):
                continue
            if asking.turn(code, row) == 0 and asking.allowed(row, element):
                sensitive = element.sensitivity == "sensitive"
                found[code] = Written(value, row.at, application.number, application.item.name, sensitive)
    return found


def known_for(
    document: EditionDocument, item: int, subject: Subject, sources: list[int], *, by: Actor, at: datetime
) -> dict[str, Prefilled]:
    """Everything that is known for a form: registers, licences, earlier answers, the profile; the best of each."""
    more = earlier(document, item, subject, by=by, at=at)
    return sheets.prefill(document, sources, at, more=more)
