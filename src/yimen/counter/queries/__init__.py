"""What the counter shows: items this window may take in, the checklist, the form, what is missing."""

from yimen.counter.queries.reading import (
    AT_WINDOW,
    cases_of,
    checklist,
    form,
    item_facts,
    items_for,
    licences_of,
    missing,
    notice_url,
    sign_in_names,
    visitor_facts,
)

__all__ = [
    "AT_WINDOW",
    "cases_of",
    "checklist",
    "form",
    "item_facts",
    "items_for",
    "licences_of",
    "missing",
    "notice_url",
    "sign_in_names",
    "visitor_facts",
]
