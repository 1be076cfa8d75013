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
