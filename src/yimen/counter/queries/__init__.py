"""What the counter shows: items this window may take in, the checklist, the form, what is missing."""

from yimen.counter.queries.reading import (
    AT_WINDOW,
    checklist,
    form,
    item_facts,
    items_for,
    missing,
    notice_url,
    sign_in_names,
    visitor_facts,
)
from yimen.counter.queries.visitor import cases_of, drafts_for, licences_of

__all__ = [
    "AT_WINDOW",
    "cases_of",
    "checklist",
    "drafts_for",
    "form",
    "item_facts",
    "items_for",
    "licences_of",
    "missing",
    "notice_url",
    "sign_in_names",
    "visitor_facts",
]
