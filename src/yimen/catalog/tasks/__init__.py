"""Jobs of the catalogue."""

from yimen.catalog.tasks import checkups, effect, indexing, quarters, uploads

__all__ = ["checkups", "effect", "indexing", "quarters", "uploads"]
