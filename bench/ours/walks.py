"""Our cases in process: submissions and the five steps, by commands; statements counted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from bench.figures import latencies
from bench.ours.town import Town, town
from yimen.applications import commands as applications
from yimen.applications.choices import Channel
from yimen.cases import commands as cases
from yimen.cases import queries as case_queries
from yimen.cases.choices import Outcome
from yimen.cases.models import Case
from yimen.kit.time import now
from yimen.results import commands as results
from yimen.results.choices import Way
from yimen.review import commands as review
from yimen.review.choices import Opinion
from yimen.review.queries import of as tasks_of

STEPS = 5


def submit(place: Town) -> str:
    """Begin, fill in 20 fields, submit; the number."""
    at = now()
    by = place.act("owner", at)
    application = applications.begin(edition=place.edition, subject=place.firm, channel=Channel.WEB, by=by, at=at)
    applications.answer(application, place.answers, by=by, at=at)
    applications.submit(application, by=by, at=at)
    return application.number


def accept(place: Town, case: Case) -> None:
    at = now()
    cases.accept(case, by=place.act("clerk", at), at=at)


def opine(place: Town, case: Case, which: int) -> None:
    at = now()
    task = tasks_of(case)[which]
    review.opine(case, task=task.pk, opinion=Opinion.AGREE, text="符合条件。", by=place.act("reviewer", at), at=at)


def decide(place: Town, case: Case) -> None:
    at = now()
    cases.decide(case, outcome=Outcome.GRANT, reason="符合法定条件。", by=place.act("chief", at), at=at)


def deliver(place: Town, case: Case) -> None:
    """Signed, then handed over: one person, one step."""
    at = now()
    by = place.act("deliverer", at)
    results.issue(case, by=by, at=at)
    results.deliver(case, way=Way.ELECTRONIC, by=by, at=at)


FIVE: tuple[tuple[str, Callable[[Town, Case], None]], ...] = (
    ("accept", accept),
    ("review A", lambda place, case: opine(place, case, 0)),
    ("review B", lambda place, case: opine(place, case, 1)),
    ("decide", decide),
    ("deliver", deliver),
)


def submissions(count: int) -> dict[str, Any]:
    """Submit so many applications, one after another."""
    place = town()
    begun = time.perf_counter()
    numbers = [submit(place) for _ in range(count)]
    return {"numbers": numbers, "per_s": count / (time.perf_counter() - begun)}


def steps(numbers: list[str]) -> dict[str, float]:
    """Walk submitted cases to their end; finding the case and the rights of whoever acts belong to each step."""
    place, taken = town(), []
    for number in numbers:
        for _name, step in FIVE:
            begun = time.perf_counter()
            step(place, case_queries.of_number(number))
            taken.append(time.perf_counter() - begun)
    return {"steps_per_s": len(taken) / sum(taken), **latencies(taken)}


def statements() -> dict[str, Any]:
    """SQL statements of the commands of one case: submission, and each of the five steps (transaction words apart)."""
    place = town()
    submit(place)  # what is read once and kept is kept by now
    counted: dict[str, int] = {}
    with Counting() as count:
        number = submit(place)
    counted["submit"] = count.total
    for name, step in FIVE:
        case = case_queries.of_number(number)
        with Counting() as count:
            step(place, case)
        counted[name] = count.total
    return {"by_step": counted, "five_steps": sum(counted.values()) - counted["submit"]}


def told() -> list[str]:
    """Every statement of one case, shortened, with how often it occurs: for whoever wants fewer of them."""
    place, lines = town(), []
    number = submit(place)
    for name, step in FIVE:
        with Counting() as count:
            step(place, case_queries.of_number(number))
        lines += [f"{name:9} {times} × {sql[:150]}" for sql, times in count.said.items()]
    return lines


class Counting:
    """Counts statements on Django's connection."""

    def __enter__(self) -> Counting:
        from django.db import connection

        self.said: Counter[str] = Counter()
        self._stack = ExitStack()
        self._stack.enter_context(connection.execute_wrapper(self._count))
        return self

    def __exit__(self, *exception: Any) -> None:
        self._stack.close()

    @property
    def total(self) -> int:
        return self.said.total()

    def _count(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.said[" ".join(sql.split())] += 1
        return execute(sql, params, many, context)
