"""The clocks of a case as pages and programs show them, each with its reckoning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from yimen.city.queries import calendar
from yimen.clocks import queries as clocks
from yimen.clocks.choices import Doing
from yimen.kit.commands import remembering
from yimen.kit.telling import translated
from yimen.kit.time import day_of, local
from yimen.law.clocks import ClockKind
from yimen.law.limits import Unit
from yimen.ui.faces import CLOCKS, ClockFace

if TYPE_CHECKING:
    from yimen.cases.models import Case
    from yimen.clocks.models import Clock


ONE_DAY = timedelta(days=1)
DAYS = (Unit.WORKING_DAY, Unit.NATURAL_DAY)


@dataclass(frozen=True)
class ClockShape:
    """One clock in plain values. left: units left, negative when overdue, None when stopped.

    opened: the day that is not counted. due_at: the last moment where hours are counted, else None.
    met: was it stopped in time; None while it runs. total: days to be counted, None for other units.
    """

    kind: str
    label: str
    key: str
    state: str
    opened: date
    due: date
    due_at: datetime | None
    left: int | None
    unit: str
    extension: int
    stopped_at: datetime | None
    met: bool | None
    provisional: bool
    reckoning: list[str]
    total: int | None = None


def clock_shapes(case: Case, at: datetime, *, steps: bool = True) -> list[ClockShape]:
    """Every clock the case has had, oldest first. steps: with the review steps' own."""
    with remembering():
        return [_shape(clock, at) for clock in clocks.of(case.number) if steps or clock.kind != ClockKind.STEP]


def clock_faces(case: Case, at: datetime, *, steps: bool = False, stopped: bool = False) -> list[ClockFace]:
    """For the tag `clock`: the clocks that run or are paused now, with `stopped` also the others."""
    shapes = clock_shapes(case, at, steps=steps)
    return [_face(shape, day_of(at)) for shape in shapes if stopped or shape.state != Doing.STOPPED]


def face_of(clock: Clock, at: datetime) -> ClockFace:
    """One clock alone."""
    return _face(_shape(clock, at), day_of(at))


def due_face(
    kind: str, due: date | None, at: datetime, *, opened: datetime | None = None, state: str = Doing.RUNNING
) -> ClockFace:
    """A clock of which a list knows only the due day: working days left, and today is the day when it falls due.

    opened: since when it runs, as far as the list knows: then it changes colour with the share of it that is used.
    """
    today, known = day_of(at), calendar()
    if due is None:
        return ClockFace(kind=kind, state=state)
    left = known.count_working(today, due) if today <= due else -known.count_working(due + ONE_DAY, today)
    total = known.count_working(day_of(opened) + ONE_DAY, due) if opened else None
    return ClockFace(kind=kind, state=state, due=due, left=0 if today == due else left, level=_level(kind, left, total))


def _level(kind: str, left: int, total: int | None) -> str:
    """When cards are due (docs/rules/cards.md), as colours: eight tenths used, nine tenths or the last day, over."""
    if total is None or left < 0:
        return ""
    if kind == ClockKind.PROMISE and (10 * left <= total or left <= 1):
        return "yellow"
    return "warning" if 5 * left <= total or left <= 1 else "normal"


def _shape(clock: Clock, at: datetime) -> ClockShape:
    reckoning = clocks.reckoning(clock)
    return ClockShape(
        kind=clock.kind,
        label=str(CLOCKS[clock.kind]),
        key=clock.key,
        state=clock.doing.value,
        opened=clock.opened_on,
        due=clock.due_on,
        due_at=local(clock.due_at) if clock.unit == Unit.HOUR else None,
        left=clocks.left(clock, at),
        unit=clock.unit,
        extension=clock.extension,
        stopped_at=local(clock.stopped_at) if clock.stopped_at else None,
        met=clock.stopped_at < clock.due_at if clock.stopped_at else None,
        provisional=reckoning.provisional and clock.stopped_at is None,
        reckoning=[translated(each) for each in reckoning.sentences()],
        total=clock.amount + clock.extension if clock.unit in DAYS else None,
    )


def _face(shape: ClockShape, today: date) -> ClockFace:
    left = 0 if shape.due == today and shape.due_at is None else shape.left
    return ClockFace(
        kind=shape.kind,
        state=shape.state,
        due=shape.due_at or shape.due,
        left=left if shape.state == Doing.RUNNING else None,
        unit=shape.unit,
        level=_level(shape.kind, left, shape.total) if left is not None else "",
        reckoning=shape.reckoning,
        provisional=shape.provisional,
        met=shape.met,
    )
