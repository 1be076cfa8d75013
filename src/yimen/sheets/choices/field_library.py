"""数据元: a canonical field, of which the forms of many items are made. docs/forms.md"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import StringConstraints, model_validator

from yimen.sheets.choices.code_lists import code_lists
from yimen.sheets.choices.fields import Element, Format, Kind, Name, Part, Words

Source = Annotated[
    str,
    StringConstraints(pattern=r"^(person|org)\.[a-z0-9_]+$|^licence\.[a-z][a-z0-9_]*\.[a-z0-9_]+$", max_length=120),
]
LONGEST_MEANING = 500


class Sensitivity(models.TextChoices):
    """How much a value says about a person. (个人信息保护法 4, 28)"""

    GENERAL = "general", _("一般信息")
    PERSONAL = "personal", _("个人信息")
    SENSITIVE = "sensitive", _("敏感个人信息")


class LibraryDocument(Part):
    """A field of the library.

    also: other names under which forms ask it. authority: the office or register that knows best. sources: where a form
    may take it from, best first. standard: by which standard. since, retired, replaced_by: its life.
    """

    code: Element
    name: Words
    also: tuple[Words, ...] = ()
    meaning: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_MEANING)]
    kind: Kind
    format: Format = Format()
    unit: str = ""
    choices: tuple[Words, ...] | None = None
    code_list: Name | None = None
    authority: Words
    sensitivity: Sensitivity
    sources: tuple[Source, ...] = ()
    standard: str | None = None
    since: date | None = None
    retired: date | None = None
    replaced_by: Element | None = None

    @model_validator(mode="after")
    def _choices_where_one_chooses(self) -> Self:
        if self.kind in (Kind.CHOICE, Kind.MULTI) and not (self.choices or self.code_list):
            raise ValueError("选择题（choice、multi）必须列出 choices 或者写明 code_list")
        if self.code_list and self.code_list not in code_lists():
            raise ValueError("平台没有这个代码表（code_list）")
        if self.replaced_by == self.code:
            raise ValueError("数据元不能由它自己代替")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by."""
        return (self.name, *self.also)
