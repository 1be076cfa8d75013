"""The catalogue as a workbook: items, materials, steps, fees, questions, fields in Chinese columns, both ways."""

from yimen.catalog.queries.workbook.book import Base, Book, CellProblem, Change, Joined, Spot
from yimen.catalog.queries.workbook.joining import join
from yimen.catalog.queries.workbook.layout import SHEET_NAMES
from yimen.catalog.queries.workbook.marking import mark
from yimen.catalog.queries.workbook.reading import read, require_workbook
from yimen.catalog.queries.workbook.writing import Exported, write
from yimen.kit.workbooks import Unreadable

__all__ = [
    "SHEET_NAMES",
    "Base",
    "Book",
    "CellProblem",
    "Change",
    "Exported",
    "Joined",
    "Spot",
    "Unreadable",
    "join",
    "mark",
    "read",
    "require_workbook",
    "write",
]
