"""What is measured, part by part; each part gives lines for the report."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import checks, floor, over_http, pages, servers, stage
from bench.figures import Contender, alternating, medians
from bench.report import Line
from bench.worker import Worker

OURS, SPIFF, VIEWFLOW = "bench.ours", "bench.peers.spiff", "bench.peers.pharmacy"


@dataclass
class Run:
    """How thorough this run is."""

    quick: bool
    kept: bool = False
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def cases(self) -> int:
        return 20_000 if self.quick else 1_000_000

    @property
    def times(self) -> int:
        return 3 if self.quick else 5

    @property
    def seconds(self) -> float:
        return 2 if self.quick else 5


def steps(run: Run) -> Iterator[Line]:
    """The floor, the peers and ourselves in process, one client; then the floor and the ceiling at four."""
    with ExitStack() as stack:
        ours = stack.enter_context(Worker(sys.executable, OURS, stage.environment("yimen")))
        spiff, viewflow = (_peer(stack, name, module) for name, module in (("spiff", SPIFF), ("viewflow", VIEWFLOW)))
        floor.prepare()
        counted = ours.ask("statements")
        submitted: list[float] = []

        def walk(seconds: float) -> Mapping[str, float]:
            made = ours.ask("submissions", count=max(10, int(seconds * 8)))
            submitted.append(made["per_s"])
            walked: Mapping[str, float] = ours.ask("steps", numbers=made["numbers"])
            return walked

        found = alternating(
            [
                Contender("floor: pgbench, 1 client", lambda seconds: floor.run(seconds, clients=1)),
                Contender("yimen", walk),
                Contender("SpiffWorkflow", lambda seconds: spiff.ask("steps", seconds=seconds)),
                Contender("django-viewflow", lambda seconds: viewflow.ask("steps", seconds=seconds)),
                Contender("floor: pgbench, 4 clients", lambda seconds: floor.run(seconds, clients=4)),
            ],
            times=run.times,
            seconds=run.seconds,
        )
    lowest = found["floor: pgbench, 1 client"]["steps_per_s"]
    part, unit = "Steps in process, one client", "steps/s"
    for name, figures in found.items():
        aim = {"aim": 0.3, "aim_of": "ratio", "better": "more"} if name == "yimen" else {}
        yield Line(part, name, figures["steps_per_s"], unit, "the floor", figures["steps_per_s"] / lowest, **aim)  # type: ignore[arg-type]
    yield Line(part, "yimen, p50 of a step", found["yimen"]["p50_ms"], "ms")
    yield Line(part, "yimen, p95 of a step", found["yimen"]["p95_ms"], "ms")
    rate = medians([{"per_s": each} for each in submitted])["per_s"]
    yield Line(part, "yimen, start-fill-submit", rate, "per s", aim=40, better="more")
    yield Line(
        part, "yimen, statements of five steps", counted["five_steps"], "statements", aim=60, note=_by_step(counted)
    )


def http(run: Run) -> Iterator[Line]:
    """The bare view, ourselves and viewflow on two processes each, four clients with kept connections."""
    with ExitStack() as stack:
        ours = stack.enter_context(Worker(sys.executable, OURS, stage.environment("yimen")))
        viewflow = _peer(stack, "viewflow", VIEWFLOW)
        floor.prepare()
        peers = stage.peers_python()
        doorway = ours.ask("doorway")
        bare = over_http.Bare(stack.enter_context(servers.web("bench.bare.wsgi:application", "floor", python=peers)))
        served = stack.enter_context(servers.web("yimen.wsgi:application", "yimen"))
        theirs = stack.enter_context(servers.web("bench.peers.pharmacy.wsgi:application", "viewflow", python=peers))
        api = over_http.Ours(served, **doorway)
        view = over_http.Viewflow(theirs, viewflow.ask, viewflow.ask("sign_in"))
        submitted: list[Mapping[str, float]] = []

        def walk(seconds: float) -> Mapping[str, float]:
            submitted.append(api.submissions(max(12, int(seconds * 12))))
            return api.steps()

        found = alternating(
            [Contender("bare Django view", bare.run), Contender("yimen", walk), Contender("django-viewflow", view.run)],
            times=run.times,
            seconds=run.seconds,
        )
    ceiling = found["bare Django view"]["steps_per_s"]
    part, unit = "Steps over HTTP, two processes, four clients", "steps/s"
    for name, figures in found.items():
        aim = {"aim": 0.5, "aim_of": "ratio", "better": "more"} if name == "yimen" else {}
        yield Line(part, name, figures["steps_per_s"], unit, "the bare view", figures["steps_per_s"] / ceiling, **aim)  # type: ignore[arg-type]
    for name, figures in found.items():
        yield Line(part, f"{name}, p50 of a request", figures["p50_ms"], "ms")
        yield Line(part, f"{name}, p95 of a request", figures["p95_ms"], "ms", aim=60 if name == "yimen" else None)
    filled = medians(submitted)
    yield Line(part, "yimen, start-fill-submit", filled["per_s"], "per s", aim=40, better="more")
    yield Line(part, "yimen, p95 of its requests", filled["p95_ms"], "ms")


def big(run: Run) -> Iterator[Line]:
    """A city of a million cases: its pages, its memory, its sweep, its calendar."""
    yield from _generated(run)
    with servers.web("yimen.wsgi:application", "city") as served, servers.worker("city") as jobs:
        fresh = served.memory()
        yield from _pages(run, served)
        yield Line("Memory", "a web process, started", max(fresh), "MiB")
        yield Line("Memory", "a web process, after all pages", max(served.memory()), "MiB")
        yield Line("Memory", "the worker", max(jobs.memory()), "MiB")
    with Worker(sys.executable, OURS, stage.environment("city")) as ours:
        yield from _swept(ours.ask("sweep"), run)
        done = ours.ask("recompute", wanted=run.cases // 10)
        part = "A change of the calendar"
        yield Line(part, f"{done['clocks']:,} clocks reckoned anew", done["seconds"], "s")
        yield Line(part, "the same for 100,000 clocks", done["per_100000"], "s")
        yield Line(part, "statements", done["statements"], "statements")


def _generated(run: Run) -> Iterator[Line]:
    if not run.kept:
        print(f"    writing {run.cases:,} cases", flush=True)
        stage.fresh("city", "yimen")
    with Worker(sys.executable, OURS, stage.environment("city")) as ours:
        if not run.kept:
            made = ours.ask("fill", cases=run.cases)
            part = "The city that is measured"
            for name, unit in (("cases", "rows"), ("entries", "rows"), ("running_clocks", "rows"), ("mib", "MiB")):
                yield Line(part, name.replace("_", " "), made[name], unit)
            yield Line(part, "written in", sum(made["seconds"].values()), "s")
        run.known = ours.ask("samples", count=100)


def _pages(run: Run, served: servers.Served) -> Iterator[Line]:
    visitors, times = pages.Visitors(served), 40 if run.quick else 120
    for clients in (1, 4):
        part = f"Pages at {run.cases:,} cases, {'one visitor' if clients == 1 else 'four visitors at once'}"
        for page in pages.pages(run.known):
            figures = visitors.measure(page, times=times, clients=clients)
            print(f"    {page.name}: {figures['p50_ms']:.0f} / {figures['p95_ms']:.0f} ms", flush=True)
            aim = page.aim if clients == 1 else None
            yield Line(part, f"{page.name}, p50", figures["p50_ms"], "ms")
            yield Line(part, f"{page.name}, p95", figures["p95_ms"], "ms", aim=aim)


def guide(run: Run) -> Iterator[Line]:
    """What people read before they apply, in the demonstration city: guides, leaflets, packages, lists."""
    times = 40 if run.quick else 120
    with servers.web("yimen.wsgi:application", "yimen") as served:
        visitors = pages.Visitors(served)
        for clients, who in ((1, "one visitor"), (4, "four visitors at once")):
            part = f"Guides of the demonstration city, {who}"
            for page in pages.guides():
                figures = visitors.measure(page, times=times, clients=clients)
                yield Line(part, f"{page.name}, p50", figures["p50_ms"], "ms")
                yield Line(part, f"{page.name}, p95", figures["p95_ms"], "ms")


def finding(run: Run) -> Iterator[Line]:
    """The search: of the demonstration's and some hundred unseen items whether it finds them; of 20,000 how long it takes."""
    many = 2_000 if run.quick else 20_000
    stage.fresh("found", "yimen")
    with Worker(sys.executable, OURS, stage.environment("found")) as ours:
        ours.ask("unseen")
        ours.ask("indexed", real_vectors=True)
        yield from _quality(ours.ask("quality"), ours.ask("packages_found"))
    stage.fresh("found", "yimen")
    with Worker(sys.executable, OURS, stage.environment("found")) as ours:
        part = f"The search over {many:,} items"
        print(f"    writing {many:,} items", flush=True)
        ours.ask("stock", items=many)
        built = ours.ask("indexed", real_vectors=False)
        yield Line(part, "items", built["items"], "items")
        yield Line(part, "the index built by the worker, all cards new", built["first_s"], "s")
        yield Line(part, "built again after a release", built["again_s"], "s")
        yield Line(part, "taken up by a web process", built["taken_up_s"], "s")
        yield Line(part, "its size", built["mib"], "MiB")
        yield Line(part, "vectors of texts, once per text", built["vectors_per_s"], "per s")
        took = ours.ask("asked")
        yield Line(part, "a question never asked before, p50", took["search_p50_ms"], "ms")
        yield Line(part, "a question never asked before, p95", took["search_p95_ms"], "ms", aim=60)
        yield Line(part, "suggestions while typing, p95", took["suggest_p95_ms"], "ms", aim=60)
        yield Line(part, "with facets and packages, p50", took["page_p50_ms"], "ms")
        yield Line(part, "with facets and packages, p95", took["page_p95_ms"], "ms", aim=60)
        yield Line(part, "the page as a visitor gets it, p50", took["view_p50_ms"], "ms")
        yield Line(part, "the page as a visitor gets it, p95", took["view_p95_ms"], "ms")
        for name, shares in ours.ask("quality_by_words").items():
            note = f"by words; first {100 * shares['1']:.1f} %, among five {100 * shares['5']:.1f} %"
            yield Line(part, f"{name}, among three", 100 * shares["3"], "%", better="more", note=note)


def _quality(found: Mapping[str, Mapping[str, float]], packages: float) -> Iterator[Line]:
    part = "A right item among the first hits"
    for name, shares in found.items():
        aim = 95 if "," not in name else None
        others = f"first {100 * shares['1']:.1f} %, among five {100 * shares['5']:.1f} %"
        yield Line(part, f"{name}, among three", 100 * shares["3"], "%", aim=aim, better="more", note=others)
    yield Line(part, "questions for packages, among three", 100 * packages, "%", aim=95, better="more")


def _swept(done: Mapping[str, Any], run: Run) -> Iterator[Line]:
    part = f"A sweep over {done['running']:,} running clocks"
    what = f"{done['looked']:,} newly due, {done['cards']:,} cards"
    yield Line(part, what, done["seconds"], "s", aim=5, note=f"{done['deemed']} deemed, {done['returned']} returned")
    yield Line(part, "statements of it", done["statements"], "statements")
    again = done["again"]
    yield Line(part, "again, none due", again["seconds"] * 1000, "ms", "the first", again["seconds"] / done["seconds"])
    yield Line(part, "statements of it, none due", again["statements"], "statements")


def _peer(stack: ExitStack, database: str, module: str) -> Worker:
    """A peer with tables of its own, made anew."""
    stage.fresh(database)
    worker = stack.enter_context(Worker(stage.peers_python(), module, stage.environment(database)))
    worker.ask("build")
    return worker


def _by_step(counted: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counted["by_step"].items())


def lint(run: Run) -> Iterator[Line]:
    """The rules over a large catalogue: the console's run, the worker's, the pages' figures."""
    many = 2_000 if run.quick else 20_000
    stage.fresh("found", "yimen")
    with Worker(sys.executable, OURS, stage.environment("found")) as ours:
        print(f"    writing {many:,} items", flush=True)
        ours.ask("stock", items=many)
        done = ours.ask("checked")
    part = f"The rules over {done['items']:,} editions"
    note = f"{done['findings']:,} findings, {done['loops']:,} of loops"
    yield Line(part, "all findings, proof loops with them", done["lint_s"], "s", aim=60, note=note)
    yield Line(part, "the same, kept by the worker", done["kept_s"], "s")
    yield Line(part, "kept again after one release", done["again_s"], "s", aim=15)
    yield Line(part, "figures of all agencies and rules for the page", done["health_s"], "s", aim=2)
    yield Line(part, "clean-up progress of the city", done["progress_s"], "s", aim=2)


def loading(run: Run) -> Iterator[Line]:
    """Many items at once: an editor's workbook, looked at whole and loaded as drafts; a folder released by the console."""
    many = 200 if run.quick else 2_000
    stage.fresh("found", "yimen")
    with Worker(sys.executable, OURS, stage.environment("found")) as ours:
        done = ours.ask("uploaded", items=many)
        part = f"Loading {many:,} items from a workbook of {done['mib']:.1f} MiB"
        yield Line(part, "read and checked, cell by cell", done["checked_s"], "s")
        yield Line(part, "loaded as drafts, in one transaction", done["loaded_s"], "s")
        yield Line(part, "both", done["checked_s"] + done["loaded_s"], "s", aim=120)
        yield Line(part, "taken in and sealed", done["taken_s"], "s")
        yield Line(part, "sent again, nothing changed", done["again_s"], "s", note=f"{done['unchanged']:,} unchanged")
        yield Line(part, "the workbook written", done["written_s"], "s")
        folder = ours.ask("released", items=many)
    yield Line(
        part, f"{folder['items']:,} items of a folder, released by load-catalog", folder["seconds"], "s", aim=120
    )


def resolver(run: Run) -> Iterator[Line]:
    """How each material is met, and why: by the law alone, and with what the database knows of an applicant."""
    stage.fresh("found", "yimen")
    with Worker(sys.executable, OURS, stage.environment("found")) as ours:
        law = ours.ask("resolved", seconds=run.seconds)
        part = "The resolver of materials"
        note = f"{law['materials_per_s']:,.0f} materials per s; 30 licences, 60 earlier papers"
        yield Line(part, "applications resolved, the law alone", law["applications_per_s"], "per s", note=note)
        cases = 20 if run.quick else 200
        done = ours.ask("resolved_for_somebody", cases=cases)
        yield Line(part, f"of somebody with {cases} earlier cases, p50", done["p50_ms"], "ms")
        yield Line(part, f"of somebody with {cases} earlier cases, p95", done["p95_ms"], "ms", aim=40)
        yield Line(part, "statements of it", done["statements"], "statements")


def prefill(run: Run) -> Iterator[Line]:
    """A long form filled with what is known, for a firm with many earlier cases."""
    stage.fresh("found", "yimen")
    with Worker(sys.executable, OURS, stage.environment("found")) as ours:
        done = ours.ask("prefilled", cases=20 if run.quick else 200)
    part = f"A form of {done['fields']} questions, {done['cases']} earlier cases of five items"
    yield Line(part, "everything that is known, p50", done["p50_ms"], "ms", note=f"{done['filled']} filled")
    yield Line(part, "everything that is known, p95", done["p95_ms"], "ms", aim=40)
    yield Line(part, "statements of it", done["statements"], "statements")


def licences(run: Run) -> Iterator[Line]:
    """Checking: how many a second in process and over HTTP."""
    yield from checks.measured(run.times, run.seconds, 500 if run.quick else 5_000)


def digitising(run: Run) -> Iterator[Line]:
    """Old licences by the batch: a CSV looked at and entered; then the rows that came of it by bare COPY. In turn, thrice.

    Seconds are medians, the share is the median of those of each turn: the machine's speed changes by the minute.
    """
    many, turns = (10_000, 1) if run.quick else (200_000, 3)
    stage.fresh("before", "yimen")
    with Worker(sys.executable, OURS, stage.environment("before")) as ours:
        ours.ask("digitised_before")
    seen = [_digitised(many) for _turn in range(turns)]
    done, shares = medians(seen), [each["share"] for each in seen]
    part = f"Old licences: {many:,} rows of a CSV of {done['mib']:.1f} MiB"
    yield Line(part, "taken in, sealed and counted", done["taken_s"], "s")
    yield Line(part, "looked at, row by row", done["checked_s"], "s")
    yield Line(part, "entered: holders, licences, signatures, ledger", done["entered_s"], "s")
    yield Line(part, "both", done["took_s"], "s", aim=300)
    yield Line(part, "the same rows into the same tables by bare COPY", done["copied_s"], "s")
    speed = {"aim": 1 / 3, "aim_of": "ratio", "better": "more"}
    told = f"{min(shares):.2f} to {max(shares):.2f} in {turns} turns"
    yield Line(part, "rate", many / done["took_s"], "rows/s", "bare COPY", done["share"], note=told, **speed)  # type: ignore[arg-type]
    yield Line(part, "peak memory of the process", max(each["rss_mib"] for each in seen), "MiB", aim=500)


def _digitised(many: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        stage.fresh("found", "before")
        stage.fresh("bare", "before")
        with Worker(sys.executable, OURS, stage.environment("found")) as ours:
            print(f"    {many:,} old licences", flush=True)
            done: dict[str, float] = ours.ask("digitised", rows=many, folder=folder)
        done["copied_s"] = stage.copied("bare", Path(folder))
    done["took_s"] = done["checked_s"] + done["entered_s"]
    return done | {"share": done["copied_s"] / done["took_s"]}


PARTS = {
    "steps": steps,
    "http": http,
    "city": big,
    "guide": guide,
    "finding": finding,
    "lint": lint,
    "loading": loading,
    "import": digitising,
    "resolver": resolver,
    "prefill": prefill,
    "licences": licences,
}
