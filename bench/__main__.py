"""`make bench`, `yimen bench`, `python -m bench [--quick] [--only steps http city] [--keep] [--reuse]`."""

from __future__ import annotations

import argparse
import shutil
import sys
import time

from bench import report, stage, suites
from bench.worker import Worker

NOTES = (
    (
        "A suite may be measured alone (`--only`); it then takes the place of what it gave before. Day, commit and machine "
        "of each stand below."
    ),
    (
        "Each figure is the median of repetitions that alternate between everything it is compared with; only ratios "
        "within one run mean anything."
    ),
    (
        "A step is what one person does: accept, review A beside review B, decide, deliver (sign and hand over: two "
        "requests). A case has 20 form fields; nothing is uploaded."
    ),
    (
        "Ours includes in process: finding the case, the rights of whoever acts, the law, clocks, papers, ledger, jobs. "
        "Over HTTP also the bearer token, and the whole case in the answer. The worker is not running meanwhile."
    ),
    "Statements are those of commands with the rights of whoever acts, without BEGIN and COMMIT.",
    (
        "The million cases are written straight into the tables: due days and next looks are the law's, the chains of "
        "the ledger are not hashed, answers are short, every twentieth case has papers."
    ),
)


def main() -> int:
    asked = _arguments()
    begun = time.monotonic()
    stage.VAR.mkdir(parents=True, exist_ok=True)
    stage.peers_python()
    run = suites.Run(quick=asked.quick)
    measured: dict[str, list[report.Line]] = {}
    with stage.SERVER.used():
        run.kept = asked.reuse and stage.exists("city") and stage.exists("yimen")
        if not run.kept:
            _build()
        for name in asked.only:
            print(f"▸ {name}", flush=True)
            measured[name] = list(suites.PARTS[name](run))
    if not (asked.keep or asked.reuse):
        shutil.rmtree(stage.SERVER.data, ignore_errors=True)
    print(report.table([line for lines in measured.values() for line in lines]))
    print(f"\n{time.monotonic() - begun:.0f} s")
    if not asked.quick:
        report.keep(measured, stage.facts(), NOTES)
        print(f"written to {report.RESULTS.relative_to(stage.ROOT)}")
    return 0


def _build() -> None:
    """The demonstration city without its cases, in a fresh database."""
    print("▸ founding the city", flush=True)
    (stage.VAR / "static").mkdir(exist_ok=True)
    stage.fresh("yimen")
    with Worker(sys.executable, suites.OURS, stage.environment("yimen")) as ours:
        ours.ask("build")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="20,000 cases and fewer repetitions; results.json stays as it is"
    )
    parser.add_argument("--only", nargs="+", choices=list(suites.PARTS), default=list(suites.PARTS))
    parser.add_argument("--keep", action="store_true", help="keep the databases afterwards")
    parser.add_argument("--reuse", action="store_true", help="measure the databases that were kept, and keep them")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
