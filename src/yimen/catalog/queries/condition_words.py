"""A condition (`show_if`, a member's `when`) in the words of the form that it looks at."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from yimen.law.condition_tree import Condition, Differs, Either, Equals, Every, Not, OneOf
from yimen.law.conditions import ConditionError, parse


def condition_words(text: str | None, labels: Mapping[str, str]) -> str:
    """“主体业态”为“餐饮服务经营者”. labels: of fields by name. A text that can't be read is given back as it is."""
    if not text:
        return ""
    try:
        return _said(parse(text), labels)
    except ConditionError:
        return text


def _said(condition: Condition, labels: Mapping[str, str]) -> str:
    match condition:
        case Equals(field, value):
            return _("“%(field)s”为“%(value)s”") % {"field": labels.get(field, field), "value": _value(value)}
        case Differs(field, value):
            return _("“%(field)s”不是“%(value)s”") % {"field": labels.get(field, field), "value": _value(value)}
        case OneOf(field, values):
            chosen = "”“".join(_value(value) for value in values)
            return _("“%(field)s”为“%(value)s”之一") % {"field": labels.get(field, field), "value": chosen}
        case Not(part):
            return _("不属于：%(part)s") % {"part": _said(part, labels)}
        case Every(parts):
            return _("，并且").join(_said(part, labels) for part in parts)
        case Either(parts):
            return _("，或者").join(_said(part, labels) for part in parts)
        case _:
            return str(condition)


def _value(value: str | bool) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return value
