"""Jobs of the catalogue."""

from yimen.catalog.tasks import effect

__all__ = ["effect"]
