"""What stands between a draft and the offices, and what has to be decided about cases that are open."""

from __future__ import annotations

from yimen.catalog.choices import EditionDocument
from yimen.catalog.models import Edition
from yimen.catalog.queries.checking import Problem, check


def obstacles(edition: Edition) -> tuple[EditionDocument | None, list[Problem]]:
    """The typed document of a draft, or None, and everything that keeps it from the offices."""
    document, problems = check(edition.document)
    if document is not None and document.slug != edition.item.slug:
        problems = [*problems, Problem("slug", f"事项标识不能改动，应为“{edition.item.slug}”")]
    return document, problems


def undecided(edition: Edition) -> list[str]:
    """The changes for which somebody has to choose whether they also count for open cases."""
    return []
