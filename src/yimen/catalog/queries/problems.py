"""What a check of a document gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. field: where in the file, as materials[2].name; reason: Chinese."""

    field: str
    reason: str
