"""Cases of an item that are not decided yet, as the catalogue asks before a new edition is released."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet

from yimen.applications.choices import Presented
from yimen.applications.queries.met import met_without_paper
from yimen.cases.models import Case, Supplement
from yimen.catalog.ports import OpenMatter, RunningPromise
from yimen.clocks import queries as clocks
from yimen.law.states import BEFORE_DECISION

if TYPE_CHECKING:
    from yimen.clocks.models import Clock

AT_ONCE = 500
COLUMNS = ("pk", "number", "application_id", "edition_id", "accepted_at", "application__eased", "held", "promised")


def open_matters(item: int) -> Iterator[OpenMatter]:
    """Read piece by piece: four statements for each five hundred."""
    rows = _open().filter(item=item).order_by("pk").values_list(*COLUMNS).iterator(chunk_size=AT_ONCE)
    while some := tuple(islice(rows, AT_ONCE)):
        yield from _matters(some)


def open_matter(case: Case) -> OpenMatter | None:
    """One case as it stands; None once it is decided or ended."""
    return next(_matters(tuple(_open().filter(pk=case.pk).values_list(*COLUMNS))), None)


def _open() -> QuerySet[Case]:
    there = Q(application__documents__removed_at=None)
    promised = Q(application__documents__presented=Presented.PROMISE)
    return Case.objects.filter(state__in=sorted(BEFORE_DECISION)).annotate(
        held=_materials(there & ~promised), promised=_materials(there & promised)
    )


def _materials(which: Q) -> Any:
    """A promise to bring something is not the thing."""
    return ArrayAgg("application__documents__material", filter=which, distinct=True, default=[])


def _matters(rows: tuple[Any, ...]) -> Iterator[OpenMatter]:
    asked, running = _asked([row[0] for row in rows]), clocks.promises(row[1] for row in rows if row[4] is not None)
    there = met_without_paper(row[2] for row in rows)
    for pk, number, application, edition, accepted, eased, held, promised in rows:
        yield OpenMatter(
            number=number,
            edition=edition,
            accepted=accepted is not None,
            handed_in=frozenset(held) | there.get(application, frozenset()),
            owed=frozenset(promised) - frozenset(held),
            asked=asked.get(pk, frozenset()),
            promise=_promise(running.get(number)),
            eased=eased,
        )


def _asked(cases: list[int]) -> Mapping[int, frozenset[str]]:
    """What the open notices of supplement name."""
    return {
        notice.case_id: frozenset(
            [*(each["key"] for each in notice.materials), *(each["name"] for each in notice.fields)]
        )
        for notice in Supplement.objects.filter(case__in=cases, supplied_at=None)
    }


def _promise(clock: Clock | None) -> RunningPromise | None:
    if clock is None:
        return None
    return RunningPromise(
        clocks.opening(clock), clocks.limit_of(clock), tuple(clocks.pauses_of(clock)), clock.extension
    )
