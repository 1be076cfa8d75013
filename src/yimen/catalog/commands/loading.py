"""Loading a folder: items/*.json, licences, fields, packages, departments.json. A bad file loads nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import transaction
from pydantic import BaseModel

from yimen.catalog.choices import DepartmentsDocument, EditionDocument
from yimen.catalog.choices.history import HistoryEntry
from yimen.catalog.commands.history import begin_history, record_history, since
from yimen.catalog.commands.packaging import release_package
from yimen.catalog.commands.releasing import Unchanged, release
from yimen.catalog.models import Item
from yimen.catalog.queries.checking import WHOLE, Problem, check, check_package, typed
from yimen.catalog.queries.editions import all_current
from yimen.city import commands as city_commands
from yimen.city import queries as city
from yimen.kit.actor import Actor
from yimen.kit.errors import Invalid, Refusal
from yimen.sheets.commands import load_library
from yimen.vault.choices import KindDocument
from yimen.vault.commands import define_kind
from yimen.vault.queries import kinds, same_kind

D = TypeVar("D", bound=BaseModel)

if TYPE_CHECKING:
    from yimen.city.models import Agency

LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True)
class FileReport:
    """What became of one file. state: new changed unchanged bad; problems: what is wrong, when bad."""

    path: str
    state: str
    problems: tuple[Problem, ...] = ()


@dataclass
class Report:
    """What became of a folder."""

    files: list[FileReport] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Was no file bad?"""
        return bool(self.files) and all(each.state != "bad" for each in self.files)

    def count(self, state: str) -> int:
        """How many files of a state."""
        return sum(each.state == state for each in self.files)


class BadFile(Exception):
    """A file that can't be loaded."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


def load_folder(
    folder: Path, *, by: Actor, at: datetime, tell: Callable[[FileReport], None] = lambda _: None
) -> Report:
    """Load everything a city has put into a folder; each file is one transaction. tell: called after each file.

    Departments and licence kinds come first, as items refer to them; then items, then packages. Loading the same
    folder again does nothing; a changed item becomes a new version.
    """
    report = Report()
    history = _history_of(folder)
    for path, load in _plan(folder, history):
        try:
            with transaction.atomic():
                done = FileReport(str(path.relative_to(folder)), load(_read(path), by, at))
        except BadFile as bad:
            done = FileReport(str(path.relative_to(folder)), "bad", tuple(bad.problems))
        report.files.append(done)
        tell(done)
    if not report.files:
        nothing = FileReport(str(folder), "bad", (Problem("（文件夹）", "没有找到 items/*.json 等可载入的文件"),))
        report.files.append(nothing)
        tell(nothing)
    return report


Loader = Callable[[Any, Actor, datetime], str]
History = Mapping[str, Sequence[HistoryEntry]]


def _plan(folder: Path, history: History) -> Iterator[tuple[Path, Loader]]:
    begun: set[str] = set()
    parts: list[tuple[str, Loader]] = [
        ("departments.json", _departments),
        ("licences.json", _licences),
        ("fields.json", _fields),
        ("items/*.json", _unique(partial(_item, history=history, begun=begun))),
        ("history.json", partial(_history, begun=begun)),
        ("packages.json", _packages),
    ]
    for pattern, load in parts:
        for path in _from_above_down(list(folder.glob(pattern))):
            yield path, load


def _from_above_down(paths: Sequence[Path]) -> list[Path]:
    """By name, and whatever inherits after what it inherits from, so that it finds it."""
    drawn = {path: found for path in paths if (found := _drawn(path))}
    uppers = dict(drawn.values())
    return sorted(paths, key=lambda path: (_depth(drawn[path][0], uppers) if path in drawn else 0, path))


def _drawn(path: Path) -> tuple[str, str] | None:
    """(item, the item above it), of a file that says so."""
    try:
        raw = _read(path)
        return (str(raw["slug"]), str(raw["inherits"]["slug"]))
    except (BadFile, TypeError, KeyError):
        return None  # not drawn from anything; what is wrong with the file is told at its turn


def _depth(slug: str, uppers: Mapping[str, str]) -> int:
    seen: set[str] = set()
    while slug in uppers and slug not in seen:
        seen.add(slug)
        slug = uppers[slug]
    return len(seen)


def _read(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(Problem(WHOLE, "文件超过 5 MB"))
        return parse(path.read_bytes())
    except OSError as wrong:
        raise BadFile(Problem(WHOLE, f"文件无法读取：{wrong.strerror}")) from None


def parse(content: bytes) -> Any:
    """JSON from bytes, of which a database can keep every text. Raises BadFile with line and column, or the field."""
    try:
        raw = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
        problems = [Problem(field or WHOLE, "含有不能使用的字符") for field in _unstorable(raw)]
    except UnicodeDecodeError:
        raise BadFile(Problem(WHOLE, "文件编码不是 UTF-8")) from None
    except json.JSONDecodeError as wrong:
        place = f"第 {wrong.lineno} 行第 {wrong.colno} 列"
        raise BadFile(Problem(WHOLE, f"{place}不是有效的 JSON")) from None
    except RecursionError:
        raise BadFile(Problem(WHOLE, "嵌套过深")) from None
    except ValueError:
        raise BadFile(Problem(WHOLE, "数字过长")) from None
    if problems:
        raise BadFile(*problems)
    return raw


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The standard leaves open which of two equal names counts, so it is asked."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise BadFile(*(Problem(name, "同一个字段写了两次") for name in found if names.count(name) > 1))
    return found


def _unstorable(value: Any, place: str = "") -> Iterator[str]:
    """Where a NUL or half a surrogate pair stands."""
    if isinstance(value, str) and not _storable(value):
        yield place
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _unstorable(each, f"{place}[{index}]")
    elif isinstance(value, dict):
        for name, each in value.items():
            if not _storable(name):
                yield place
            yield from _unstorable(each, f"{place}.{name}".lstrip("."))


def _storable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _fields(raw: Any, by: Actor, at: datetime) -> str:
    """The city's own fields of the library (数据元)."""
    try:
        done = load_library(raw["fields"], by=by, at=at)
    except (TypeError, KeyError, AttributeError):
        raise BadFile(Problem("fields", "应为数据元的列表")) from None
    except Invalid as wrong:
        raise BadFile(*(Problem(each["field"], each["message"]) for each in wrong.errors)) from None
    except Refusal as refused:
        raise BadFile(Problem("fields", str(refused))) from None
    return "new" if done.new else "changed" if done.changed else "unchanged"


def _unique(load: Callable[[Any, Actor, datetime, set[str]], str]) -> Loader:
    """Two files of one folder may not bring the same item."""
    seen: set[str] = set()
    return lambda raw, by, at: load(raw, by, at, seen)


def _item(raw: Any, by: Actor, at: datetime, seen: set[str], *, history: History, begun: set[str]) -> str:
    """A new item's earlier editions come first, so that the numbers follow the time."""
    document, problems = check(raw)
    if document is None:
        raise BadFile(*problems)
    if document.slug in seen:
        raise BadFile(Problem("slug", f"“{document.slug}”在另一个文件中已经出现"))
    seen.add(document.slug)
    new = not Item.objects.filter(slug=document.slug).exists()
    agency, entries = agency_of(document), history.get(document.slug, ()) if new else ()
    if entries:
        document = begin_history(document, agency, entries, by=by, at=at)
        begun.add(document.slug)
    return _outcome(lambda: release(document, agency=agency, since=since(entries), by=by, at=at), new=new)


def _history_of(folder: Path) -> History:
    """By item, as far as it can be read; what can't is told when the file's own turn comes."""
    path = folder / "history.json"
    try:
        entries = _entries(_read(path)) if path.exists() else []
    except BadFile:
        return {}
    return {slug: [each for each in entries if each.slug == slug] for slug in {each.slug for each in entries}}


def _entries(raw: Any) -> list[HistoryEntry]:
    entries = [_typed_at(HistoryEntry, place, each) for place, each in enumerate(_list(raw))]
    _require_once([(f"[{place}].version", f"{each.slug} {each.version}") for place, each in enumerate(entries)])
    return entries


def _history(raw: Any, by: Actor, at: datetime, *, begun: set[str]) -> str:
    """Earlier editions of items that were here already; those of new ones came with them."""
    entries, new = _entries(raw), len(begun)
    known = {edition.item.slug: edition for edition in all_current()}
    for place, entry in enumerate(entries):
        if entry.slug not in known:
            raise BadFile(Problem(f"[{place}].slug", f"没有事项“{entry.slug}”"))
    for slug in dict.fromkeys(entry.slug for entry in entries):
        edition = known[slug]
        try:
            new += record_history(
                edition.item, edition.doc, [each for each in entries if each.slug == slug], by=by, at=at
            )
        except Invalid as refused:
            raise BadFile(
                *(Problem(f"{slug}.{error['field']}", error["message"]) for error in refused.errors)
            ) from None
    return "changed" if new else "unchanged"


def agency_of(document: EditionDocument) -> Agency:
    """The agency that a document names, else the department's highest one in this city. Raises BadFile."""
    rows = city.agencies().order_by("division__path", "code")
    if document.agency:
        found = rows.filter(code=document.agency).first()
        if found is None:
            raise BadFile(Problem("agency", f"没有部门“{document.agency}”"))
        return found
    own = rows.filter(department=document.department)
    found = own.filter(division__code=settings.YIMEN_CITY_DIVISION).first() or own.first()
    if found is None:
        raise BadFile(Problem("department", f"没有简码为“{document.department}”的部门"))
    return found


def _departments(raw: Any, by: Actor, at: datetime) -> str:
    document, problems = typed(DepartmentsDocument, raw)
    problems += [Problem(*each) for each in document.inconsistencies()] if document else []
    if problems:
        raise BadFile(*problems)
    if _known_already(raw):
        return "unchanged"
    return _outcome(lambda: city_commands.load_divisions(raw, by=by, at=at), new=False)


def _known_already(raw: Any) -> bool:
    """Does the city have every division and agency of the file under its name?"""
    divisions = {row["code"]: row.get("display_name") or row["name"] for row in raw["divisions"]}
    agencies = {row["code"]: row["name"] for each in raw["departments"] for row in each["instances"]}
    known = dict(city.agencies().filter(code__in=agencies).values_list("code", "name"))
    places = city.divisions_below(city.division(settings.YIMEN_CITY_DIVISION)) if known else None
    return (
        known == agencies
        and places is not None
        and divisions.items() <= dict(places.values_list("code", "name")).items()
    )


def _licences(raw: Any, by: Actor, at: datetime) -> str:
    documents = [_typed_at(KindDocument, place, each) for place, each in enumerate(_list(raw))]
    _require_once([(f"[{place}].code", each.code) for place, each in enumerate(documents)])
    known = kinds()
    fresh = [each for each in documents if not same_kind(each, known.get(each.code))]
    for document in fresh:
        define_kind(document, by=by, at=at)
    return "unchanged" if not fresh else "changed" if known else "new"


def _packages(raw: Any, by: Actor, at: datetime) -> str:
    slugs = set(Item.objects.values_list("slug", flat=True))
    documents, problems = [], []
    for place, each in enumerate(_list(raw)):
        document, wrong = check_package(each, slugs)
        problems += _inside(place, wrong)
        documents.append(document)
    if problems:
        raise BadFile(*problems)
    _require_once([(f"[{place}].code", each.code) for place, each in enumerate(documents) if each])
    states = {_outcome(partial(release_package, one, by=by, at=at), new=False) for one in documents if one}
    return "changed" if "changed" in states else "unchanged"


def _outcome(act: Callable[[], object], *, new: bool) -> str:
    try:
        act()
    except Unchanged:
        return "unchanged"
    except Invalid as refused:
        raise BadFile(*(Problem(error["field"], error["message"]) for error in refused.errors)) from None
    except Refusal as refused:
        raise BadFile(Problem(WHOLE, refused.detail)) from None
    return "new" if new else "changed"


def _list(raw: Any) -> list[Any]:
    if not isinstance(raw, list):
        raise BadFile(Problem(WHOLE, "应为列表（[…]）"))
    return raw


def _inside(place: int, problems: list[Problem]) -> list[Problem]:
    """Problems of one member of a list, with their place in the file."""
    return [
        Problem(f"[{place}]" if each.field == WHOLE else f"[{place}].{each.field}", each.reason) for each in problems
    ]


def _require_once(places: list[tuple[str, str]]) -> None:
    codes = [code for _place, code in places]
    twice = [
        Problem(place, f"代码“{code}”在这个文件中出现了不止一次") for place, code in places if codes.count(code) > 1
    ]
    if twice:
        raise BadFile(*twice)


def _typed_at(model: type[D], place: int, raw: Any) -> D:
    document, problems = typed(model, raw)
    if document is None:
        raise BadFile(*_inside(place, problems))
    return document
