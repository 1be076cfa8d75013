"""The typed document of what an item was before: `history.json` says how each earlier edition differed from today's."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from yimen.catalog.choices.document import EditionDocument
from yimen.catalog.choices.material import Material
from yimen.catalog.choices.words import Slug, Text, Title
from yimen.sheets.choices import Part

LISTS = ("conditions_added", "conditions_removed")


class HistoryEntry(Part):
    """One earlier edition. materials_added: asked for then; materials_absent: of today's, not asked for then.

    overrides: fields of the document that said otherwise, and conditions_added, conditions_removed. valid_to None: the
    day of the change isn't confirmed. current_from: since when today's holds.
    """

    slug: Slug
    version: int = Field(ge=1)
    valid_from: date | None = None
    valid_to: date | None = None
    current_from: date | None = None
    overrides: dict[str, Any] = Field(default_factory=dict)
    materials_added: tuple[Material, ...] = ()
    materials_absent: tuple[Title, ...] = ()
    reason: Text | None = None
    basis: Text | None = None

    def applied(self, document: EditionDocument) -> dict[str, Any]:
        """What the item said then, as a raw document."""
        raw = document.stored()
        raw |= {name: value for name, value in self.overrides.items() if name in raw}
        absent = set(self.materials_absent)
        raw["materials"] = [row for row in raw["materials"] if row["name"] not in absent]
        raw["materials"] += [material.model_dump(mode="json", by_alias=True) for material in self.materials_added]
        gone = set(self.overrides.get("conditions_removed", ()))
        raw["conditions"] = [line for line in raw["conditions"] if line not in gone]
        raw["conditions"] += list(self.overrides.get("conditions_added", ()))
        if self.overrides.get("case_type") == "承诺件" and "promised_days" not in self.overrides:
            raw["promised_days"] = raw["promised_days"] or None
        return raw

    @property
    def note(self) -> str:
        """Why it changed, on what basis, and whatever else the file says that no field holds."""
        known = {*EditionDocument.model_fields, *LISTS}
        others = [str(value) for name, value in self.overrides.items() if name not in known]
        parts = [self.reason or "", *others, f"依据：{self.basis}" if self.basis else ""]
        return "；".join(part.rstrip("。；") for part in parts if part)
