"""The form of the public look-up, and the case behind a grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from yimen.cases.queries import of_application

if TYPE_CHECKING:
    from yimen.cases.models import Case


def by_number(number: str) -> Case | None:
    """The case that a grant was given for: number and password were right not long ago."""
    return of_application(number)


def blanks(number: str, password: str) -> list[dict[str, str]]:
    """What was left empty."""
    errors = []
    if not number:
        errors.append({"field": "number", "message": _("请输入办件编号。")})
    if not password.strip():
        errors.append({"field": "password", "message": _("请输入查询密码。")})
    return errors


def fields(number: str, errors: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Number and password; the number is shown again, the password never."""
    wrong = {each["field"]: each["message"] for each in errors}
    return [
        {
            "name": "number", "label": _("办件编号"), "kind": "text", "required": True, "value": number,
            "max_length": 60, "hint": _("印在收件凭证上，例如 44140020260302…"),
            "error": wrong.get("number", ""),
            "autocomplete": "off",
        },
        {
            "name": "password", "label": _("查询密码"), "kind": "text", "password": True, "required": True,
            "hint": _("收件凭证上的 6 位数字。"), "error": wrong.get("password", ""),
            "autocomplete": "off", "max_length": 20,
        },
    ]  # fmt: skip
