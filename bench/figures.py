"""Figures from measurements: medians, percentiles, alternating repetitions."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Contender:
    """Something to be measured. run: for about so many seconds; gives figures by name, of which the median is kept."""

    name: str
    run: Callable[[float], Mapping[str, float]]


def alternating(contenders: Sequence[Contender], *, times: int, seconds: float) -> dict[str, dict[str, float]]:
    """Each contender in turn, again and again: what disturbs the machine disturbs all of them alike."""
    seen: dict[str, list[Mapping[str, float]]] = {each.name: [] for each in contenders}
    for turn in range(times):
        for each in contenders if turn % 2 == 0 else reversed(contenders):
            seen[each.name].append(each.run(seconds))
            print(f"    {each.name}: {_said(seen[each.name][-1])}", flush=True)
    return {name: medians(runs) for name, runs in seen.items()}


def medians(runs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which so many of a hundred lie, as the nearest that occurred."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]


def latencies(seconds: Sequence[float]) -> dict[str, float]:
    return {"p50_ms": 1000 * percentile(seconds, 50), "p95_ms": 1000 * percentile(seconds, 95)}


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _said(figures: Mapping[str, float]) -> str:
    return "  ".join(f"{name} {value:,.1f}" for name, value in figures.items())


STEPS = ("accept", "review_a", "review_b", "decide", "deliver")


def timed_steps(seconds: float, begin: Callable[[], Any], step: Callable[[Any, str], None]) -> dict[str, Any]:
    """Walk cases through the five steps until so many seconds were spent in steps."""
    taken: list[float] = []
    while sum(taken) < seconds:
        case = begin()
        for name in STEPS:
            begun = time.perf_counter()
            step(case, name)
            taken.append(time.perf_counter() - begun)
    return {"steps_per_s": len(taken) / sum(taken), **latencies(taken)}
