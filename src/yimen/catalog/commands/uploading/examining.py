"""Looking at an upload whole: every item of it, every problem with its place. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from yimen.catalog.choices import EditionDocument, UploadForm, UploadOutcome, UploadWork
from yimen.catalog.commands.uploading.folders import MOST_ITEMS, documents
from yimen.catalog.commands.uploading.judging import Judge, Place, typed_before
from yimen.catalog.queries import workbook
from yimen.catalog.queries.merging import changed_places
from yimen.catalog.queries.uploads.standing import Standing, standings
from yimen.catalog.queries.workbook.wording import cell_reason, place_meant
from yimen.kit.actor import Actor
from yimen.kit.commands import remembering

if TYPE_CHECKING:
    from yimen.city.models import Agency

MOST_PROBLEMS, MOST_CHANGES = 500, 40
Tell = Callable[[UploadWork, int, int], None]


@dataclass(frozen=True)
class Found:
    """An item that is fit. document: None where nothing changes."""

    slug: str
    name: str
    agency: int
    outcome: UploadOutcome
    standing: str
    document: dict[str, Any] | None = None
    changes: tuple[tuple[str, str, str, str], ...] = ()
    change_count: int = 0


@dataclass
class Examined:
    """What an upload holds. problems: the first of problem_count, each with where, head, value, reason."""

    items: list[Found] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    problem_count: int = 0
    ignored: list[str] = field(default_factory=list)

    def wrong(self, where: str, reason: str, **more: Any) -> None:
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append({"where": where, "reason": reason, **more})

    @property
    def counts(self) -> dict[str, int]:
        """How many items of each outcome."""
        return {str(each): sum(item.outcome == each for item in self.items) for each in UploadOutcome}


def examine(content: bytes, form: str, *, by: Actor, tell: Tell) -> Examined:
    """Everything that is in a file and everything that is wrong with it. Raises Unreadable, BadFolder."""
    look = _workbook if form == UploadForm.XLSX else _documents
    examined = Examined()
    with remembering():
        examined.items.extend(look(content, form, by, tell, examined))
    examined.problems.sort(key=_in_order)
    if not examined.items and not examined.problem_count:
        examined.wrong("", "文件里没有事项")
    return examined


def _workbook(content: bytes, form: str, by: Actor, tell: Tell, examined: Examined) -> Iterator[Found]:
    tell(UploadWork.READ, 0, 0)
    book = workbook.Book()
    for grid in workbook.read(content):
        book.add(grid)
    examined.ignored = book.ignored
    slugs = book.slugs
    if len(slugs) > MOST_ITEMS:
        raise workbook.Unreadable(f"工作簿有 {len(slugs):,} 个事项，一次最多 {MOST_ITEMS:,} 个，请分成几个工作簿。")
    known, judge = standings(slugs), Judge(by)
    bases = {slug: workbook.Base(each.document, each.stamp) for slug, each in known.items() if each.edition}
    for number, joined in enumerate(workbook.join(book, bases), 1):
        tell(UploadWork.CHECK, number, len(slugs))
        found = _joined(joined, known.get(joined.slug), judge, examined)
        if found:
            yield found
    for problem in book.problems:
        _cell(examined, problem.spot, problem.reason)


def _joined(joined: workbook.Joined, standing: Standing | None, judge: Judge, examined: Examined) -> Found | None:
    for problem in joined.problems:
        _cell(examined, problem.spot, problem.reason)
    if standing and not joined.new and not joined.changes and not joined.problems:
        return _unchanged(standing)
    document, agency, wrong = judge.judge(joined.document, standing)
    told = {problem.spot.address for problem in joined.problems}
    for place, reason in wrong:
        spot = joined.spot(place_meant(place, reason))
        if spot.address not in told:
            _cell(examined, spot, cell_reason(spot, place, reason))
    if document is None or agency is None or wrong or joined.problems:
        return None
    changes = [(each.where, each.what, each.before, each.after) for each in joined.changes]
    return _fit(document, agency, standing, changes)


def _in_order(problem: dict[str, Any]) -> tuple[int, int, int]:
    """As one goes through a workbook: sheet by sheet, row by row. Documents stay in their order."""
    sheet = problem.get("sheet")
    place = workbook.SHEET_NAMES.index(sheet) if sheet in workbook.SHEET_NAMES else 0
    return place, problem.get("row", 0), problem.get("column", 0)


def _cell(examined: Examined, spot: workbook.Spot, reason: str) -> None:
    examined.wrong(
        spot.address, reason, head=spot.head, value=spot.value, sheet=spot.sheet, row=spot.row, column=spot.column
    )


def _documents(content: bytes, form: str, by: Actor, tell: Tell, examined: Examined) -> Iterator[Found]:
    tell(UploadWork.READ, 0, 0)
    sent, examined.ignored = documents(content, form)
    slugs = [str(each.raw.get("slug")) for each in sent if isinstance(each.raw, dict)]
    known, judge = standings(slugs), Judge(by)
    seen: set[str] = set()
    for number, each in enumerate(sent, 1):
        tell(UploadWork.CHECK, number, len(sent))
        for where, reason in each.problems:
            examined.wrong(each.at(where), reason)
        if each.problems:
            continue
        slug = str(each.raw.get("slug")) if isinstance(each.raw, dict) else ""
        document, agency, wrong = judge.judge(each.raw, known.get(slug))
        if slug and slug in seen:
            wrong.append((("slug",), f"“{slug}”在这个文件中已经出现过"))
        seen.add(slug)
        for place, reason in wrong:
            examined.wrong(each.at(_said(place)), reason)
        if document is not None and agency is not None and not wrong:
            yield _compared(document, agency, known.get(slug))


def _said(place: Place) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")


def _compared(document: EditionDocument, agency: Agency, standing: Standing | None) -> Found:
    before = typed_before(standing)
    keyed = document.keyed(before)
    if before is not None and standing is not None and keyed.essence() == before.essence():
        return _unchanged(standing)
    places = changed_places(before.stored() if before else {}, keyed.stored()) if standing else []
    return _fit(keyed, agency, standing, [(place, "有变化", "", "") for place in places])


def _unchanged(standing: Standing) -> Found:
    item = standing.item
    return Found(item.slug, item.name, item.agency_id, UploadOutcome.UNCHANGED, standing.stamp)


def _fit(
    document: EditionDocument, agency: Agency, standing: Standing | None, changes: list[tuple[str, str, str, str]]
) -> Found:
    return Found(
        slug=document.slug,
        name=document.name,
        agency=agency.pk,
        outcome=UploadOutcome.CHANGED if standing else UploadOutcome.NEW,
        standing=standing.stamp if standing else "",
        document=document.keyed(typed_before(standing)).stored(),
        changes=tuple(changes[:MOST_CHANGES]),
        change_count=len(changes),
    )
