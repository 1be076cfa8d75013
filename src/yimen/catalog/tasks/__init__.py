"""Jobs of the catalogue."""

from yimen.catalog.tasks import effect, quarters

__all__ = ["effect", "quarters"]
