"""What a field of a form is: its kind, its choices, when it shows, where its value may come from."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Literal, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from yimen.law.form_rules import RuleKind
from yimen.sheets.choices.code_lists import code_lists

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Element = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){1,3}$", max_length=80)]
RuleField = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$", max_length=130)]
Statement = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]

MAX_TEXT = 2000
MAX_ROWS = 200


class Kind(StrEnum):
    """How a field is asked and checked."""

    TEXT = "text"
    TEXTAREA = "textarea"
    CHOICE = "choice"
    MULTI = "multi"
    BOOLEAN = "boolean"
    NUMBER = "number"
    DATE = "date"
    PHONE = "phone"
    IDCARD = "idcard"
    USCC = "uscc"
    ADDRESS = "address"
    TABLE = "table"
    FILE = "file"
    PERIOD = "period"
    MONEY = "money"
    DECLARATION = "declaration"
    SIGNATURE = "signature"


class ColumnKind(StrEnum):
    """What a cell of a table may hold."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    PHONE = "phone"
    IDCARD = "idcard"


class Part(BaseModel):
    """A piece of a definition: never changed, nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Format(Part):
    """What a value looks like. pattern: the whole text; precision: digits behind the point; minimum, maximum: of a

    number, or of money in yuan.
    """

    pattern: str | None = Field(default=None, max_length=300)
    min_length: int | None = Field(default=None, ge=0, le=MAX_TEXT)
    max_length: int | None = Field(default=None, ge=1, le=MAX_TEXT)
    precision: int | None = Field(default=None, ge=0, le=8)
    minimum: float | None = None
    maximum: float | None = None

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error:
            raise ValueError("格式（pattern）不是有效的正则表达式") from None
        return pattern


class Column(Part):
    """A column of a table field."""

    name: Name
    label: Words
    type: ColumnKind = ColumnKind.TEXT
    choices: tuple[Words, ...] | None = None
    unit: str = ""

    @model_validator(mode="after")
    def _choices_where_one_chooses(self) -> Self:
        if self.type is ColumnKind.CHOICE and not self.choices:
            raise ValueError("选择列（choice）必须列出 choices")
        return self


class FormField(Part):
    """A question of a form, as an item's file writes it.

    prefill: `person.*`, `org.*` or `licence.<kind>.<key>`. show_if: an expression of law.conditions over other fields.
    multiple: a choice of several; the answer is then a list. long: a text of several lines. element: the field of the
    library (数据元) that it asks; what refers to the same one means the same.
    section: its page's heading, when the file gives one. statement: what one agrees to or signs (declaration,
    signature). code_list: one of the platform's, instead of `choices`. format: what the value looks like.
    """

    name: Name
    label: Words
    type: Kind
    required: bool = False
    choices: tuple[Words, ...] | None = None
    prefill: str | None = None
    show_if: str | None = None
    hint: str = ""
    unit: str = ""
    section: str | None = None
    multiple: bool = False
    long: bool = False
    columns: tuple[Column, ...] | None = None
    max_length: int = Field(default=MAX_TEXT, ge=1, le=MAX_TEXT)
    element: Element | None = None
    code_list: Name | None = None
    statement: Statement | None = None
    format: Format | None = None

    @model_validator(mode="after")
    def _choices_where_one_chooses(self) -> Self:
        if self.type in (Kind.CHOICE, Kind.MULTI) and not (self.choices or self.code_list):
            raise ValueError("选择题（choice、multi）必须列出 choices")
        if self.code_list and self.code_list not in code_lists():
            raise ValueError("平台没有这个代码表（code_list）")
        if self.type is Kind.DECLARATION and not self.statement:
            raise ValueError("承诺声明（declaration）必须写明声明的内容（statement）")
        if self.choices and len(set(self.choices)) != len(self.choices):
            raise ValueError("choices 中有重复的选项")
        return self

    @property
    def kind(self) -> Kind:
        """The kind as asked: a choice of several is `multi`, a long text a `textarea`."""
        if self.type is Kind.CHOICE and self.multiple:
            return Kind.MULTI
        return Kind.TEXTAREA if self.type is Kind.TEXT and self.long else self.type

    @property
    def options(self) -> tuple[str, ...]:
        """What one chooses from: its own choices, else those of its code list."""
        return self.choices or (code_lists()[self.code_list].names if self.code_list else ())

    @property
    def table(self) -> tuple[Column, ...]:
        """The columns of a table; a file that names none gets a general pair."""
        return self.columns or GENERAL_COLUMNS


class FormRule(Part):
    """What must hold between fields (law.form_rules). fields: names; a table's column as `table.column`.

    value: a number, or days. message: in the words of the item, instead of the sentence that the rule makes.
    """

    kind: RuleKind
    fields: tuple[RuleField, ...] = Field(min_length=1, max_length=20)
    op: Literal["<", "<=", ">", ">=", "=="] | None = None
    value: float | None = None
    message: Words | None = None


GENERAL_COLUMNS = (Column(name="content", label="内容"), Column(name="note", label="备注"))


class Sheet(Protocol):
    """Whatever has form fields: an edition's document, or a package's merged one."""

    @property
    def form_fields(self) -> tuple[FormField, ...]: ...
