"""Jobs of the catalogue."""

from yimen.catalog.tasks import effect, indexing, quarters

__all__ = ["effect", "indexing", "quarters"]
