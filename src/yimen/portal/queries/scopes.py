"""Which items stand under which themes now: what a mandate for a theme reaches, also of items that come later."""

from __future__ import annotations

from collections.abc import Collection

from yimen.catalog.queries.seeking.keeping import index


def themes_of(slug: str) -> frozenset[str]:
    """The names of the themes of an item."""
    kept = index()
    at = kept.at.get(slug, -1)
    return frozenset(kept.entries[at].themes) if at >= 0 and kept.entries[at].slug == slug else frozenset()


def items_of(themes: Collection[str]) -> list[str]:
    """The slugs of the items under any of some themes."""
    wanted = set(themes)
    return [entry.slug for entry in index().entries if entry.slug and wanted & set(entry.themes)]


def themes() -> list[str]:
    """All themes that some item stands under."""
    return sorted({theme for entry in index().entries if entry.slug for theme in entry.themes})


def item_named(text: str) -> str | None:
    """The slug of the item of exactly this name, slug or code."""
    kept = index()
    at = kept.at.get(text.strip(), kept.at.get(text.strip().lower(), -1))
    if at >= 0:
        return kept.entries[at].slug or None
    named = {entry.slug for entry in kept.entries if entry.slug and entry.name == text.strip()}
    return named.pop() if len(named) == 1 else None
