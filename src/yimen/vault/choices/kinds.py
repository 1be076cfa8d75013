"""A kind of licence as a document: its fields with label, type and sensitivity, and how its licences look."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints, model_validator

from yimen.papers.choices import Form
from yimen.sheets.choices import Name, Part
from yimen.vault.choices.labels import field_label
from yimen.vault.choices.words import HolderKind

Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class FieldType(models.TextChoices):
    """What stands in a field, so that it is asked, checked and shown as what it is."""

    TEXT = "text", _("短文字")
    LONG = "long", _("长文字")
    DATE = "date", _("日期")
    NUMBER = "number", _("数字")
    MONEY = "money", _("金额（元）")
    CITIZEN_ID = "citizen_id", _("公民身份号码")
    USCC = "uscc", _("统一社会信用代码")
    ADDRESS = "address", _("地址")


class Sensitivity(models.TextChoices):
    """Who may read it beyond the holder and the case that needs it. (个人信息保护法 28)"""

    PUBLIC = "public", _("可以公开")
    PERSONAL = "personal", _("个人信息")
    SENSITIVE = "sensitive", _("敏感个人信息")


class KindField(Part):
    """One field of a kind."""

    key: Name
    label: Label
    type: FieldType = FieldType.TEXT
    sensitivity: Sensitivity = Sensitivity.PUBLIC


class LayoutDocument(Part):
    """How licences of a kind are set. entries: which fields are printed and in which order, with their labels then.

    wide: those that take a whole row. Number, holder, dates, issuer and identifier have their places in every form.
    """

    form: Form = Form.CERTIFICATE
    title: Line = ""
    entries: tuple[KindField, ...] = ()
    wide: tuple[Name, ...] = ()
    photo: bool = False
    note: Line = ""


class KindDocument(Part):
    """A kind of licence as the catalogue's file writes it. fields, layout: derived where the file is silent."""

    code: Name
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    issuing_department: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    holder_kind: HolderKind
    validity: str | None = None
    validity_years: int | None = Field(default=None, ge=1, le=100)
    key_fields: tuple[Name, ...] = Field(min_length=1)
    note: str | None = None
    fields: tuple[KindField, ...] | None = None
    layout: LayoutDocument | None = None

    @model_validator(mode="after")
    def _fields_are_the_keys(self) -> Self:
        if self.fields is not None and tuple(field.key for field in self.fields) != self.key_fields:
            raise ValueError("fields are those of key_fields, in their order")
        return self


class Shape(StrEnum):
    """Beginnings and ends of keys that tell the type."""

    DATE = r"(^|_)date$|^valid_(from|to)$|_valid_to$"
    CITIZEN_ID = r"^(id_number|mother_id|father_id)$"
    ADDRESS = r"address$|^(location|use_place)$"
    MONEY = r"^(monthly_amount|contract_price)$"
    LONG = r"^(business_scope|scope|items|subjects|services|product_kinds|plan_conditions|conclusion)$"


SENSITIVE = {"id_number", "mother_id", "father_id", "bank_account", "card_no", "birth_date", "hardship_type"}
PERSONAL_ENDS = ("name", "address", "gender", "ethnicity", "household_no", "relation", "phone")


def derived_field(key: str, holder: HolderKind) -> KindField:
    """A field as its key tells it: what is on a firm's licence is public but for people's numbers."""
    found = next((each for each in Shape if re.search(each.value, key)), None)
    kind = FieldType.USCC if key == "uscc" else FieldType[found.name] if found else FieldType.TEXT
    return KindField(key=key, label=field_label(key), type=kind, sensitivity=_sensitivity(key, holder))


def _sensitivity(key: str, holder: HolderKind) -> Sensitivity:
    if key in SENSITIVE:
        return Sensitivity.SENSITIVE
    personal = holder == HolderKind.NATURAL and key.endswith(PERSONAL_ENDS)
    return Sensitivity.PERSONAL if personal else Sensitivity.PUBLIC


def fields_of(document: KindDocument) -> tuple[KindField, ...]:
    """As the document says, or derived from the keys."""
    return document.fields or tuple(derived_field(key, document.holder_kind) for key in document.key_fields)
