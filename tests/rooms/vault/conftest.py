"""The desk's fixtures, for pages on which staff use licences."""

from tests.builders.desk import at, edition, town, visit

__all__ = ["at", "edition", "town", "visit"]
