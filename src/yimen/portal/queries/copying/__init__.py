"""Everything that the city holds about one person or firm, as one document and its files: a copy to take away."""

from yimen.portal.queries.copying.archives import packed
from yimen.portal.queries.copying.whole import SCHEMA, Gathered, gather

__all__ = ["SCHEMA", "Gathered", "gather", "packed"]
