"""Steps and submissions over HTTP, four clients with kept connections on two web processes."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from typing import Any

import psycopg

from bench import stage
from bench.client import Client, side_by_side
from bench.figures import latencies, percentile
from bench.floor import CASES
from bench.servers import Served

CLIENTS = 4
PEER_STEPS = ("accept", "review_a", "review_b", "decide", "deliver")


class Bare:
    """The ceiling: one view, three writes."""

    def __init__(self, served: Served) -> None:
        self._clients = [Client(served.port) for _ in range(CLIENTS)]
        self._rate = 500.0

    def run(self, seconds: float) -> Mapping[str, float]:
        each = max(20, int(self._rate * seconds / CLIENTS))
        jobs = [_repeated(client, range(number, CASES, CLIENTS), each) for number, client in enumerate(self._clients)]
        took, _ = side_by_side(jobs)
        self._rate = each * CLIENTS / took
        return {"steps_per_s": self._rate, **_latencies(self._clients)}


def _repeated(client: Client, cases: range, count: int) -> Callable[[], None]:
    def work() -> None:
        for case in itertools.islice(itertools.cycle(cases), count):
            client.post(f"/cases/{case + 1}/accept", {"opinion": "符合条件"})

    return work


class Ours:
    """The API with bearer tokens: each client holds the five people's connections and hands cases from one to the next."""

    def __init__(self, served: Served, tokens: Mapping[str, str], begin: Mapping[str, Any], answers: Any) -> None:
        self._teams = [
            {name: Client(served.port, {"Authorization": f"Bearer {token}"}) for name, token in tokens.items()}
            for _ in range(CLIENTS)
        ]
        self._begin, self._answers = begin, answers
        self._waiting: list[str] = []

    def submissions(self, count: int) -> Mapping[str, float]:
        """Begin, fill in, submit: so many applications in all."""
        took, given = side_by_side(
            [lambda team=team: [self._submit(team["owner"]) for _ in range(count // CLIENTS)] for team in self._teams]  # type: ignore[misc]
        )
        self._waiting += [number for numbers in given for number in numbers]
        clients = [team["owner"] for team in self._teams]
        return {"per_s": count // CLIENTS * CLIENTS / took, **_latencies(clients)}

    def steps(self) -> Mapping[str, float]:
        """Walk everything that was submitted and not yet walked, five steps each."""
        numbers, self._waiting = self._waiting, []
        shares = [numbers[place::CLIENTS] for place in range(CLIENTS)]
        took, given = side_by_side(
            [lambda team=team, share=share: [self._walk(team, number) for number in share]  # type: ignore[misc]
             for team, share in zip(self._teams, shares, strict=True)]
        )  # fmt: skip
        steps = [seconds for walks in given for walk in walks for seconds in walk]
        clients = [client for team in self._teams for client in team.values()]
        requests = _latencies(clients)
        return {"steps_per_s": len(steps) / took, **requests, "step_p95_ms": 1000 * percentile(steps, 95)}

    def _submit(self, owner: Client) -> str:
        number: str = json.loads(owner.post("/api/v1/applications", dict(self._begin)))["number"]
        owner.put(f"/api/v1/applications/{number}/answers", {"answers": self._answers})
        owner.post(f"/api/v1/applications/{number}/submit", {})
        return number

    def _walk(self, team: dict[str, Client], number: str) -> list[float]:
        """The seconds of each step; signing and handing over are one person's one step."""
        address = f"/api/v1/cases/{number}"
        case = json.loads(team["clerk"].post(f"{address}/accept", {}))
        for task in case["tasks"]:
            body = {"task": task["id"], "opinion": "agree", "text": "符合条件。"}
            team["reviewer"].post(f"{address}/opine", body)
        team["chief"].post(f"{address}/decide", {"outcome": "grant", "reason": "符合法定条件。"})
        team["deliverer"].post(f"{address}/issue", {})
        team["deliverer"].post(f"{address}/deliver", {"way": "electronic"})
        accept, opine = team["clerk"].taken[-1], team["reviewer"].taken[-2:]
        return [accept, *opine, team["chief"].taken[-1], sum(team["deliverer"].taken[-2:])]


class Viewflow:
    """The peer's own pages: a form that is posted by somebody who is signed in."""

    def __init__(self, served: Served, ask: Callable[..., Any], session: str) -> None:
        token = "b" * 32
        cookies = {"sessionid": session, "csrftoken": token}
        self._clients = [Client(served.port, cookies=dict(cookies)) for _ in range(CLIENTS)]
        self._form = f"csrfmiddlewaretoken={token}&note=fine".encode()
        self._ask, self._rate = ask, 40.0

    def run(self, seconds: float) -> Mapping[str, float]:
        count = max(1, int(self._rate * seconds / len(PEER_STEPS) / CLIENTS))
        processes = self._ask("begin", count=count * CLIENTS)
        shares = [processes[place::CLIENTS] for place in range(CLIENTS)]
        jobs = [lambda client=client, share=share: self._walk(client, share)
                for client, share in zip(self._clients, shares, strict=True)]  # fmt: skip
        took, _ = side_by_side(jobs)
        self._rate = count * CLIENTS * len(PEER_STEPS) / took
        return {"steps_per_s": self._rate, **_latencies(self._clients)}

    def _walk(self, client: Client, processes: list[int]) -> None:
        """The number of a task is read from the table, which a person would read in the list."""
        with psycopg.connect(stage.url("viewflow"), autocommit=True) as connection:
            for process in processes:
                for step in PEER_STEPS:
                    found = connection.execute(
                        "SELECT id FROM viewflow_task WHERE process_id = %s AND flow_task LIKE %s",
                        [process, f"%.{step}"],
                    ).fetchone()
                    assert found is not None
                    client.post(f"/pharmacy/{process}/{step}/{found[0]}/execute/", self._form)


def _latencies(clients: list[Client]) -> dict[str, float]:
    taken = [seconds for client in clients for seconds in client.taken]
    for client in clients:
        client.taken.clear()
    return latencies(taken)
