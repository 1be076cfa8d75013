"""All sheets of the workbook, in their order."""

from __future__ import annotations

from yimen.catalog.queries.workbook.items import ITEMS
from yimen.catalog.queries.workbook.lists import (
    AGENTS,
    BASES,
    FAQ,
    FEES,
    FIELDS,
    JOINT,
    MATERIALS,
    OVERSIGHT,
    PLACES,
    PROCEDURES,
    RESULTS,
    STEPS,
    TABLE_COLUMNS,
    TEXTS,
    WORDINGS,
)

LISTS = (
    BASES, TEXTS, MATERIALS, STEPS, FEES, PLACES, RESULTS, PROCEDURES, FAQ, FIELDS, TABLE_COLUMNS, JOINT, AGENTS,
    OVERSIGHT, WORDINGS,
)  # fmt: skip
SHEETS = (ITEMS, *LISTS)
SHEET_NAMES = [sheet.name for sheet in SHEETS]
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
GUIDE, CODES = "填写说明", "码表"
# What the workbook doesn't carry; it stays as the edition before has it.
NOT_CARRIED = ("裁量标准（裁量表）", "下放事项与上级标准的继承关系")
