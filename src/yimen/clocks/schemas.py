"""What the due-date calculator is asked and answers."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from yimen.kit.rest import Asked, Shape
from yimen.law.limits import Pause, Unit, local
from yimen.law.said import said

FIRST_YEAR, LAST_YEAR = 1990, 2100
# A calculator for people, not for filling the server's time: a limit of ten years, twenty pauses of three years.
MOST_PAUSES, LONGEST_PAUSE, MOST_MONTHS = 20, timedelta(days=1100), 120
# For the schema only: what is wrong is told in words, not by the pattern.
DAY, SPAN = r"^2\d{3}-\d{2}-\d{2}(T\d{2}:\d{2})?$", r"^\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}$"
PauseText = Annotated[str, StringConstraints(max_length=24), Field(json_schema_extra={"pattern": SPAN})]
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", re.ASCII)


class DueAsked(Asked):
    """opened: a day, or a moment for hours; limit, unit: how much; pause: FIRST..LAST, may repeat; extension: days."""

    opened: Annotated[str, StringConstraints(max_length=32), Field(json_schema_extra={"pattern": DAY})]
    limit: Annotated[int, Field(ge=0, le=3650)]
    unit: Unit = Unit.WORKING_DAY
    pause: Annotated[list[PauseText], Field(max_length=MOST_PAUSES)] = []
    extension: Annotated[int, Field(ge=0, le=365)] = 0

    @field_validator("opened")
    @classmethod
    def _opens_on_a_day(cls, text: str) -> str:
        _day(text)
        return text

    @field_validator("pause")
    @classmethod
    def _pauses_are_spans(cls, spans: list[str]) -> list[str]:
        for span in spans:
            _pause(span)
        return spans

    @model_validator(mode="after")
    def _months_are_long(self) -> Self:
        if self.unit is Unit.MONTH and self.limit > MOST_MONTHS:
            raise ValueError(said("最多 {most} 个月。", most=MOST_MONTHS))
        return self

    @property
    def opens(self) -> date:
        """A moment for hours, else the day of it."""
        moment = _day(self.opened)
        return moment if self.unit is Unit.HOUR else local(moment).date()

    @property
    def pauses(self) -> list[Pause]:
        return [_pause(span) for span in self.pause]


class SpanShape(Shape):
    """Days that were not counted, and why."""

    first: date
    last: date
    reason: str


class DueShape(Shape):
    """The due day with its reckoning."""

    opened: str
    limit: int
    unit: str
    extension: int
    due: date
    due_at: datetime
    provisional: bool
    counted: list[date]
    not_counted: list[SpanShape]
    reckoning: list[str]


def _day(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError("应为日期或时间，例如 2026-03-02 或 2026-03-02T09:30。") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(said("日期应在 {first} 年至 {last} 年之间。", first=FIRST_YEAR, last=LAST_YEAR))
    return moment


def _pause(text: str) -> Pause:
    found: Any = _SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError("暂停的时间应写成 开始..结束，例如 2026-03-09..2026-03-13。")
    first, last = (_day(part).date() for part in found.groups())
    if last < first or last - first > LONGEST_PAUSE:
        raise ValueError("暂停的结束日期不得早于开始日期，最长三年。")
    return Pause(first, last)
