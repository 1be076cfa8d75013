"""Addresses by division: the lists to choose from, and a chosen one in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from yimen.city import queries as city
from yimen.sheets.queries.reading import PARTS

WIDTHS = {"county": 6, "town": 9, "village": 12}


class Places:
    """What one page needs to know of divisions; each is asked for once."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._lists: dict[tuple[str, str], dict[str, list[dict[str, str]]]] = {}

    def possible(self, code: str) -> bool:
        """Is it empty, a division of this city, or one of another city (of which we keep no list)?"""
        ours = code.startswith(_prefix()) and code != settings.YIMEN_CITY_DIVISION
        return not ours or bool(self.name(code))

    def name(self, code: str) -> str:
        """The way down to a division: 梅江区江南街道."""
        if code and code not in self._names:
            self._names[code] = city.division_names(code)
        return self._names.get(code, "")

    def words(self, value: Any) -> str:
        """An address in one line."""
        if not isinstance(value, Mapping):
            return str(value)
        parts = self.parts(value)
        deepest = next((parts[name] for name in reversed(PARTS) if parts[name]), "")
        place = "" if deepest == settings.YIMEN_CITY_DIVISION else self.name(deepest)
        return (f"{settings.YIMEN_CITY_NAME}{place}" if place else "") + parts["detail"]

    def parts(self, value: Any) -> dict[str, str]:
        """An address as the four inputs of its field: codes of county, town, village, and the detail."""
        if not isinstance(value, Mapping):
            return dict.fromkeys(PARTS, "") | {"detail": str(value or "")}
        code = str(value.get("division") or "")
        from_code = {name: code[:width] if _deep(code, name) else "" for name, width in WIDTHS.items()}
        given = {name: str(value.get(name) or from_code[name]) for name in PARTS}
        return given | {"detail": str(value.get("detail") or "")}

    def lists(self, value: Any) -> dict[str, list[dict[str, str]]]:
        """The divisions to choose from at each level, given what is chosen above."""
        parts = self.parts(value)
        chosen = (parts["county"], parts["town"])
        if chosen not in self._lists:
            self._lists[chosen] = city.address_lists(parts)
        return self._lists[chosen]


def _prefix() -> str:
    """What the codes of this city's divisions begin with: four digits, six for a county-level city."""
    code: str = settings.YIMEN_CITY_DIVISION
    return code[:4] if code.endswith("00") else code[:6]


def _deep(code: str, level: str) -> bool:
    """Does a code reach down to a level? A city without counties has none though its towns' codes are as long."""
    if level == "county" and code[:6] == settings.YIMEN_CITY_DIVISION:
        return False
    return len(code) >= WIDTHS[level]
