"""Checking licences: in two processes at once, over HTTP one by one and in batches."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

from bench import floor, over_http, servers, stage
from bench.client import Client, side_by_side
from bench.figures import Contender, alternating, latencies
from bench.report import Line
from bench.worker import Worker

OURS, PROCESSES, CLIENTS, BATCH = "bench.ours", 2, 4, 100


def measured(times: int, seconds: float, count: int) -> Iterator[Line]:
    """count: so many different licences."""
    stage.fresh("checked", "yimen")
    with ExitStack() as stack:
        first, second = (stack.enter_context(Worker(sys.executable, OURS, stage.environment("checked"))) for _ in "ab")
        print(f"    taking in {count:,} licences", flush=True)
        tokens: list[str] = first.ask("licences", count=count)
        yield from _in_process(first, second, tokens, times, seconds)
        floor.prepare()
        bare = servers.web("bench.bare.wsgi:application", "floor", python=stage.peers_python())
        served = servers.web("yimen.wsgi:application", "checked")
        ceiling = over_http.Bare(stack.enter_context(bare))
        api = Checks(stack.enter_context(served).port, first.ask("machine"), tokens)
        yield from _over_http(ceiling, api, times, seconds)


class Checks:
    """Machines that check over the API, four connections."""

    def __init__(self, port: int, token: str, codes: Sequence[str]) -> None:
        self._clients = [Client(port, {"Authorization": f"Bearer {token}"}) for _ in range(CLIENTS)]
        self._codes, self._rate, self._batches = codes, 300.0, 20.0

    def singly(self, seconds: float) -> Mapping[str, float]:
        each = max(20, int(self._rate * seconds / CLIENTS))
        took, _ = side_by_side([lambda n=n, c=c: self._one_by_one(c, n, each) for n, c in enumerate(self._clients)])  # type: ignore[misc]
        self._rate = each * CLIENTS / took
        return {"per_s": self._rate, **self._latencies()}

    def batches(self, seconds: float) -> Mapping[str, float]:
        each = max(5, int(self._batches * seconds / CLIENTS))
        took, _ = side_by_side([lambda n=n, c=c: self._hundreds(c, n, each) for n, c in enumerate(self._clients)])  # type: ignore[misc]
        self._batches = each * CLIENTS / took
        return {"per_s": self._batches * BATCH, **self._latencies()}

    def _one_by_one(self, client: Client, number: int, count: int) -> None:
        for turn in range(count):
            code = self._codes[(turn * CLIENTS + number) % len(self._codes)]
            if not json.loads(client.get(f"/api/v1/public/licences/{code}"))["valid"]:
                raise RuntimeError("a licence of the bench is not valid")

    def _hundreds(self, client: Client, number: int, count: int) -> None:
        for turn in range(count):
            start = (turn * CLIENTS + number) * BATCH
            codes = [self._codes[(start + place) % len(self._codes)] for place in range(BATCH)]
            told: list[Any] = json.loads(client.post("/api/v1/public/licence-checks", {"codes": codes}))["items"]
            if not all(each["valid"] for each in told):
                raise RuntimeError("a licence of the bench is not valid")

    def _latencies(self) -> dict[str, float]:
        taken = [seconds for client in self._clients for seconds in client.taken]
        for client in self._clients:
            client.taken.clear()
        return latencies(taken)


def _in_process(first: Worker, second: Worker, tokens: Sequence[str], times: int, seconds: float) -> Iterator[Line]:
    def together(length: float) -> Mapping[str, float]:
        with ThreadPoolExecutor(PROCESSES) as pool:
            asked = [
                pool.submit(each.ask, "checks", tokens=tokens, seconds=length, seed=seed)
                for seed, each in enumerate((first, second))
            ]
            found = [each.result() for each in asked]
        return {"per_s": sum(each["per_s"] for each in found), "p95_ms": max(each["p95_ms"] for each in found)}

    together(seconds)  # every content is met once
    found = alternating([Contender("two processes", together)], times=times, seconds=seconds)["two processes"]
    curve = first.ask("signatures", tokens=tokens[:200])["per_s"]
    shown = first.ask("presented", count=100)["per_s"]
    part = f"Checking {len(tokens):,} licences in process, two processes"
    yield Line(part, "checks, each from its row", found["per_s"], "per s", aim=2000, better="more")
    yield Line(part, "p95 of a check", found["p95_ms"], "ms")
    yield Line(part, "signatures compared anew, one process", curve, "per s", "a check", curve / found["per_s"])
    yield Line(part, "codes shown and taken, one process", shown, "per s")


def _over_http(ceiling: over_http.Bare, api: Checks, times: int, seconds: float) -> Iterator[Line]:
    api.singly(seconds)  # each process meets every content once
    found = alternating(
        [
            Contender("bare Django view", ceiling.run),
            Contender("one code a request", api.singly),
            Contender("a hundred codes a request", api.batches),
        ],
        times=times,
        seconds=seconds,
    )
    part, bare = "Checking licences over HTTP, two processes, four clients", found["bare Django view"]["steps_per_s"]
    yield Line(part, "bare Django view, three writes", bare, "requests/s")
    for name in ("one code a request", "a hundred codes a request"):
        rate = found[name]["per_s"]
        yield Line(part, name, rate, "checks/s", "the bare view", rate / bare, aim=500, better="more")
        yield Line(part, f"{name}, p95 of a request", found[name]["p95_ms"], "ms")
