"""All sheets of the workbook, in their order."""

from __future__ import annotations

from yimen.catalog.queries.workbook.items import ITEMS
from yimen.catalog.queries.workbook.lists import (
    AGENTS,
    BASES,
    DISCRETION,
    FACTORS,
    FAQ,
    FEES,
    FIELDS,
    FORM_RULES,
    GRADES,
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
from yimen.law.said import said

LISTS = (
    BASES, TEXTS, MATERIALS, STEPS, FEES, PLACES, RESULTS, PROCEDURES, FAQ, FIELDS, TABLE_COLUMNS, FORM_RULES, JOINT,
    AGENTS, OVERSIGHT, WORDINGS, DISCRETION, FACTORS, GRADES,
)  # fmt: skip
SHEETS = (ITEMS, *LISTS)
SHEET_NAMES = [sheet.name for sheet in SHEETS]
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
GUIDE, CODES = "填写说明", "码表"
# What the workbook doesn't carry; it stays as the edition before has it.
NOT_CARRIED = (said("空白表格、示范文本、结果样本的文件本身（只有名称、网址和编号）"),)
