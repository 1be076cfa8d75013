"""What is given out: an agency's workbook, an item's, an empty one; the whole catalogue as a folder of documents."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from yimen.catalog.models import Edition
from yimen.catalog.queries.editions import all_current
from yimen.catalog.queries.uploads.standing import stamp, standing_editions, standing_of
from yimen.catalog.queries.workbook import Exported, write
from yimen.city import queries as city
from yimen.kit.time import local
from yimen.vault.queries import kinds

if TYPE_CHECKING:
    from yimen.city.models import Agency

Codes = dict[str, list[tuple[str, str]]]


def agency_workbook(agency: Agency, *, at: datetime) -> bytes:
    """All items of an agency: what is in the making where something is, else the current edition."""
    rows = standing_editions().filter(item__agency=agency)
    latest = {edition.item_id: edition for edition in rows}
    return write(_exported(latest.values()), title=f"{agency.name}：政务服务事项", made=at, codes=_codes())


def item_workbook(slug: str, *, at: datetime) -> bytes:
    """One item. Raises NotFound."""
    found = standing_of(slug)
    editions = [found.edition] if found.edition else []
    return write(_exported(editions), title=found.item.name, made=at, codes=_codes())


def empty_workbook(*, at: datetime) -> bytes:
    """Nothing but heads, lists and how to fill in."""
    return write([], title="政务服务事项（空白）", made=at, codes=_codes())


def whole_catalogue(agency: Agency | None = None) -> bytes:
    """items/*.json of all current editions, as `load-catalog` and the upload read them."""
    rows = all_current().order_by("item__slug")
    found = rows.filter(item__agency=agency) if agency else rows
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for edition in found.iterator(chunk_size=200):
            text = json.dumps(edition.document, ensure_ascii=False, indent=1)
            day = local(edition.released_at) if edition.released_at else None
            made = day.timetuple()[:6] if day else (2020, 1, 1, 0, 0, 0)
            archive.writestr(zipfile.ZipInfo(f"items/{edition.item.slug}.json", made), text + "\n")
    return buffer.getvalue()


def _exported(editions: Iterable[Edition]) -> Iterator[Exported]:
    for edition in editions:
        yield Exported({**edition.document, "slug": edition.item.slug}, stamp(edition))


def _codes() -> Codes:
    """The city's codes that one may choose: departments, agencies, licence kinds."""
    agencies = list(city.agencies().order_by("division__path", "code"))
    departments: dict[str, str] = {}
    for agency in agencies:
        departments.setdefault(agency.department, agency.short or agency.name)
    return {
        "部门": sorted(departments.items()),
        "机构": [(agency.code, agency.name) for agency in agencies],
        "证照类型": [(code, kind.name) for code, kind in sorted(kinds().items())],
    }
