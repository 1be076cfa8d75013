"""The typed document of a city's divisions and agencies, as `departments.json` brings it. More fields are welcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{6,12}$")]
LEVELS = ("市", "县", "镇", "村")
Phone = Annotated[str, StringConstraints(max_length=40)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)


class DivisionRow(_Row):
    """A city, county, town or village; `parent` may lie outside the file (the province)."""

    code: Code
    name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    display_name: Annotated[str, StringConstraints(max_length=60)] | None = None
    level: Literal["市", "县", "镇", "村"]
    parent: Code | None


class AgencyRow(_Row):
    """A department's agency in one division."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    division: Code
    short: Annotated[str, StringConstraints(max_length=40)] | None = None
    window_phone: Phone | None = None


class DepartmentRow(_Row):
    """A department, with its agencies."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=12)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    kind: Annotated[str, StringConstraints(max_length=40)] | None = None
    hotline: Phone | None = None
    window_phone: Phone | None = None
    duty: Annotated[str, StringConstraints(max_length=200)] | None = None
    instances: tuple[AgencyRow, ...] = ()


class DepartmentsDocument(_Row):
    """The whole file."""

    divisions: tuple[DivisionRow, ...] = Field(min_length=1)
    departments: tuple[DepartmentRow, ...] = ()

    def inconsistencies(self) -> Iterator[tuple[str, str]]:
        """(field, reason): codes that come twice, and what refers to a division that the file doesn't have."""
        levels = {row.code: row.level for row in self.divisions}
        yield from _twice([(f"divisions[{n}].code", row.code) for n, row in enumerate(self.divisions)])
        for n, row in enumerate(self.divisions):
            above = levels.get(row.parent or "")
            if above is None and row.level != "市":
                yield f"divisions[{n}].parent", f"没有代码为“{row.parent or ''}”的区划"
            elif above is not None and LEVELS.index(above) >= LEVELS.index(row.level):
                yield f"divisions[{n}].parent", f"“{row.level}”的上级不能是“{above}”"
        agencies = [
            (f"departments[{n}].instances[{m}]", row)
            for n, department in enumerate(self.departments)
            for m, row in enumerate(department.instances)
        ]
        yield from _twice([(f"{place}.code", row.code) for place, row in agencies])
        for place, agency in agencies:
            if agency.division not in levels:
                yield f"{place}.division", f"没有代码为“{agency.division}”的区划"


def _twice(places: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    often = Counter(code for _place, code in places)
    return ((place, f"代码“{code}”出现了 {often[code]} 次") for place, code in places if often[code] > 1)
