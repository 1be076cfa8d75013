"""What stands between a draft and the offices, and what has to be decided about cases that are open."""

from __future__ import annotations

from datetime import date

from yimen.catalog.choices import EditionDocument, chain
from yimen.catalog.models import Edition
from yimen.catalog.queries.attachments import placed_attachments
from yimen.catalog.queries.checking import WHOLE, Problem
from yimen.catalog.queries.checkups import loops_through
from yimen.catalog.queries.consulting import proofs_unheard
from yimen.catalog.queries.delegation import beyond
from yimen.catalog.queries.impact import Impact, impact
from yimen.catalog.queries.linting import read
from yimen.law.said import said, several
from yimen.ledger.queries import story


def obstacles(edition: Edition) -> tuple[EditionDocument | None, list[Problem]]:
    """The typed document of a draft, or None, and everything that keeps it from the offices."""
    reading = read(edition.document)
    document, problems = reading.document, list(reading.problems)
    problems += [
        Problem(each.place, said("{sentence}（{source}）", sentence=each.sentence, source=each.source))
        for each in reading.stopping
    ]
    if document is not None and document.slug != edition.item.slug:
        problems = [*problems, Problem("slug", said("事项标识不能改动，应为“{slug}”", slug=edition.item.slug))]
    if document is not None:
        problems += [*_unchanged(edition, document), *_unheard(edition, document), *_beyond(document)]
        problems += _strange_files(edition, document)
        problems = problems or _loops(document)
    return document, problems


def meaning(edition: Edition, document: EditionDocument, *, on: date) -> Impact:
    """What the draft means for open cases if it counts from a day on."""
    return impact(edition.item_id, document, on=on, base=edition.base.doc if edition.base else None)


def _unchanged(edition: Edition, document: EditionDocument) -> list[Problem]:
    """Two offices need not read what is there already."""
    base = edition.base
    same = base is not None and document.keyed(base.doc).essence() == base.doc.essence()
    return [Problem(WHOLE, said("和现行版本没有区别"))] if same else []


def _loops(document: EditionDocument) -> list[Problem]:
    """Only of what is ready otherwise: it takes all other items to tell."""
    return [
        Problem(each.place, several((each.sentence, said(each.remedy)), ""))
        for each in loops_through(document)
        if each.stops
    ]


def _strange_files(edition: Edition, document: EditionDocument) -> list[Problem]:
    """Whoever names a file by its number publishes it: it must have been handed in for this item, or the one above."""
    named = [(f"{place}.file", each) for place, each in placed_attachments(document) if each.file]
    slugs = [edition.item.slug, *([document.inherits.slug] if document.inherits else [])]
    known = {
        line.facts.get("file") for slug in slugs if named for line in story(chain(slug)) if line.verb == "file_stored"
    }
    return [
        Problem(place, said("文件“{name}”不是为这个事项上传的，请重新上传", name=each.name))
        for place, each in named
        if each.file not in known
    ]


def _beyond(document: EditionDocument) -> list[Problem]:
    """What a county, town or village may not change in the city's standard."""
    return [Problem(each.place, several((each.sentence, said(each.remedy)), "")) for each in beyond(document)]


def _unheard(edition: Edition, document: EditionDocument) -> list[Problem]:
    return [
        Problem("materials", said("证明“{name}”要保留，应当先公开征求意见（国办发〔2018〕47号）", name=name))
        for name in proofs_unheard(edition.item, document)
    ]
