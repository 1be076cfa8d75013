"""The form of the due-date calculator. It is not a Django form: its pauses are a table of the sheet's own kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from yimen.law.limits import Limit, Pause, Unit
from yimen.portal.forms.days import read_day
from yimen.ui import inputs

LONGEST = 1000
PAUSES = [{"name": "first", "label": "", "kind": "date"}, {"name": "last", "label": "", "kind": "date"}]


@dataclass(frozen=True)
class Terms:
    """What is to be reckoned, in the words of `law`."""

    opened: date
    limit: Limit
    pauses: list[Pause]
    extension: int


class DueForm:
    """Reads the query, keeps what was typed, says what is wrong."""

    def __init__(self, query: QueryDict, *, today: date) -> None:
        self.asked = "opened" in query
        self.errors: list[dict[str, str]] = []
        self._held: dict[str, Any] = (
            inputs.read(query, self._shape()) if self.asked else {"opened": today.isoformat(), "limit": "20"}
        )

    def press(self, button: inputs.Button) -> None:
        """A row more, a row less."""
        self._held = inputs.apply(self._held, button)

    def read(self) -> Terms | None:
        """The terms, or None with errors."""
        opened = self._opened()
        limit = Limit(self._number("limit", _("期限")), self._unit())
        pauses = [pause for row in self._held.get("pauses") or [] if (pause := self._pause(row))]
        extension = self._number("extension", _("延长"), default=0)
        return None if self.errors or opened is None else Terms(opened, limit, pauses, extension)

    def fields(self) -> list[dict[str, Any]]:
        """The fields as typed, each with what is wrong."""
        wrong = {each["field"]: each["message"] for each in self.errors}
        return [
            {**shape, "value": self._held.get(shape["name"]), "error": wrong.get(shape["name"], "")}
            for shape in self._shape()
        ]

    def _shape(self) -> list[dict[str, Any]]:
        columns = [PAUSES[0] | {"label": _("第一天")}, PAUSES[1] | {"label": _("最后一天")}]
        words = {"working_day": _("工作日"), "natural_day": _("自然日"), "hour": _("办公小时"), "month": _("月")}
        units = [{"value": unit.value, "label": words[unit]} for unit in Unit]
        return [
            {
                "name": "opened", "label": _("从哪天开始"), "kind": "date", "required": True,
                "hint": _("收到材料或者受理的那天，这一天不计入。"),
            },
            {
                "name": "time", "label": _("几点开始"), "kind": "text", "show_if": "unit == 'hour'",
                "hint": _("只在按小时计算时需要，例如 09:30。"),
            },
            {"name": "limit", "label": _("期限是多少"), "kind": "number", "required": True},
            {"name": "unit", "label": _("单位"), "kind": "choice", "required": True, "choices": units},
            {
                "name": "pauses", "label": _("中间有不计入的时间吗？"), "kind": "table", "columns": columns,
                "hint": _("例如听证、检验、鉴定、专家评审。还没有结束的，最后一天不填。"),
            },
            {"name": "extension", "label": _("批准延长了几天"), "kind": "number"},
        ]  # fmt: skip

    def _opened(self) -> date | None:
        day = self._day("opened", self._held.get("opened") or "", required=True)
        if day is None or self._unit() is not Unit.HOUR:
            return day
        try:
            return datetime.combine(day, time.fromisoformat(self._held.get("time") or "08:30"))
        except ValueError:
            self._wrong("time", _("请按 09:30 的样子填写时间。"))
            return None

    def _unit(self) -> Unit:
        held = self._held.get("unit") or Unit.WORKING_DAY
        return Unit(held) if held in set(Unit) else Unit.WORKING_DAY

    def _number(self, name: str, label: str, default: int | None = None) -> int:
        text = self._held.get(name) or ""
        if not text and default is not None:
            return default
        if not text.isdecimal() or int(text) > LONGEST:
            self._wrong(name, _("“%(label)s”请填写 0 到 %(most)d 的整数。") % {"label": label, "most": LONGEST})
            return 0
        return int(text)

    def _pause(self, row: dict[str, str]) -> Pause | None:
        first = self._day("pauses", row.get("first", ""), required=True)
        last = self._day("pauses", row.get("last", ""), required=False)
        if first is None:
            return None
        if last is not None and last < first:
            self._wrong("pauses", _("不计入的时间，最后一天不能早于第一天。"))
            return None
        return Pause(first, last)

    def _day(self, name: str, text: str, *, required: bool) -> date | None:
        if not text and not required:
            return None
        day, wrong = read_day(text)
        if wrong:
            self._wrong(name, wrong)
        return day

    def _wrong(self, name: str, message: str) -> None:
        if name not in {each["field"] for each in self.errors}:
            self.errors.append({"field": name, "message": message})
