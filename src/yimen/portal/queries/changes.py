"""What a new edition changes for whoever applies, in a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yimen.catalog.queries import Change, difference
from yimen.catalog.queries.faces import words_of_change

if TYPE_CHECKING:
    from yimen.catalog.choices import EditionDocument

# What somebody who applies has to know; the rest they read in the guide.
MATTERS = (
    "materials", "form_fields", "conditions", "promised_days", "visits", "fee.charged", "fee.standard", "quota",
)  # fmt: skip


def changes(before: EditionDocument, after: EditionDocument) -> list[str]:
    """Of the things that matter, in the document's order."""
    return [_words(each) for each in difference(before, after) if each.of in MATTERS]


def _words(change: Change) -> str:
    word = words_of_change(change.kind)[0]
    if change.title:
        return f"{word}{change.label}：{change.title}"
    parts = [f"{each.before} → {each.after}" if each.before and each.after else each.before or each.after
             for each in change.details]  # fmt: skip
    return f"{word}{change.label}：{'；'.join(parts)}"
