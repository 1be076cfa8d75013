"""The console command `yimen` (also `python -m yimen`). Imports are late, so that `yimen due` needs no Django."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from importlib.metadata import version
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from yimen.law.limits import Pause
    from yimen.law.verdicts import Verdict

UNITS = ("working_day", "natural_day", "hour", "month")
IDENTIFIERS = ("citizen-id", "uscc", "licence", "case-number")
WRONG_USE = 2
MOST_AT_ONCE = 1000

EPILOG = """\
commands that need the database (each has its own --help):
  migrate             bring the tables up to date
  load-catalog DIR    load service items from files; says per file what is wrong
  sweep [--at TIME]   issue what is due: warnings, cards, deemed acceptance
  verify              recompute the ledger's chains and replay every case
  token USERNAME      print an API token
Any other management command of Django's works too: yimen shell, yimen check --deploy, ...
"""


class Parser(argparse.ArgumentParser):
    """A wrong argument gets one clear line."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"{self.prog}: {message}\n")


def main(arguments: list[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yimen.settings")
    own = _parser()
    if not words:
        own.print_help()
        return WRONG_USE
    if words[0].startswith("-") or (words[0] in _COMMANDS and words[:2] != ["check", "--deploy"]):
        asked = own.parse_args(words)
        answer: int = asked.run(asked)
        return answer
    return _management(own, words)


def _parser() -> Parser:
    parser = Parser(prog="yimen", description="一门: the unified government-service platform", epilog=EPILOG)
    parser.add_argument("--version", action="version", version=f"yimen {version('yimen')}")
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (run, describe) in _COMMANDS.items():
        command = commands.add_parser(name, help=(run.__doc__ or "").splitlines()[0], description=run.__doc__)
        command.set_defaults(run=run, refuse=command.error)
        describe(command)
    return parser


def due(asked: argparse.Namespace) -> int:
    """Print when a limit ends, and the reckoning. Needs no database."""
    from yimen.law.calendar import CHINA, OutOfReach
    from yimen.law.extensions import CAPS
    from yimen.law.limits import Limit, Unit, reckon

    try:
        limit = Limit(asked.limit, Unit(asked.unit))
        opened = _opened(asked.opened, limit.unit is Unit.HOUR)
        reckoning = reckon(
            opened=opened, limit=limit, pauses=asked.pause, extension=asked.extension, calendar=CHINA
        )  # fmt: skip
    except OverflowError:
        asked.refuse(str(OutOfReach()))
    except ValueError as refusal:
        asked.refuse(str(refusal))
    print(reckoning.due_at.isoformat(timespec="minutes")[:16] if limit.unit is Unit.HOUR else reckoning.due.isoformat())
    print(*reckoning.sentences(), sep="\n")
    most = max(CAPS.values(), key=lambda cap: cap.days)
    if asked.extension > most.days:
        print(f"注意：法律允许的延长最多{most.days}个工作日（{most.article}）。")
    return 0


def check(asked: argparse.Namespace) -> int:
    """Say whether an identifier is valid, and if not, why; exit status 0 or 1. Needs no database."""
    verdict = _verdict(asked.kind, asked.value)
    if verdict.code == "not_normalised":  # which is worth saying only of what would else be valid
        proper = _verdict(asked.kind, verdict.value)
        verdict = verdict if proper.valid else proper
    print("valid" if verdict.valid else f"invalid: {verdict.why} ({verdict.code})")
    return 0 if verdict.valid else 1


def demo(asked: argparse.Namespace) -> int:
    """Start the demonstration city: database, web server and worker. Ctrl-C stops everything."""
    from yimen.kit import console

    return console.demo(asked.host, asked.port)


def serve(asked: argparse.Namespace) -> int:
    """Run the web server."""
    from yimen.kit import console

    return console.serve(asked.host, asked.port, workers=asked.workers, threads=asked.threads)


def worker(asked: argparse.Namespace) -> int:
    """Run the worker: jobs, and the sweep every minute."""
    from yimen.kit import console

    return console.work(asked.concurrency)


def bench(asked: argparse.Namespace) -> int:
    """Measure against floor, ceiling and peers; writes bench/results.json."""
    from yimen.kit import console

    return console.bench(asked.rest)


def _due_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--opened", type=_moment, required=True, metavar="DATE", help="2026-03-02 or 2026-03-02T09:00")
    command.add_argument("--limit", type=int, required=True, metavar="N")
    command.add_argument("--unit", choices=UNITS, default="working_day")
    command.add_argument("--pause", type=_pause, action="append", default=[], metavar="FIRST..LAST", help="may repeat")
    command.add_argument("--extension", type=int, default=0, metavar="DAYS")


def _check_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("kind", choices=IDENTIFIERS)
    command.add_argument("value")


def _address_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=_port, default=8000)


def _serve_arguments(command: argparse.ArgumentParser) -> None:
    _address_arguments(command)
    command.add_argument("--workers", type=_count, default=2, help="processes")
    command.add_argument("--threads", type=_count, default=4, help="threads in each process")


def _worker_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--concurrency", type=_count, default=2, help="jobs at once")


def _bench_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("rest", nargs=argparse.REMAINDER, help="handed to bench/")


_COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], Callable[[argparse.ArgumentParser], None]]] = {
    "demo": (demo, _address_arguments),
    "serve": (serve, _serve_arguments),
    "worker": (worker, _worker_arguments),
    "due": (due, _due_arguments),
    "check": (check, _check_arguments),
    "bench": (bench, _bench_arguments),
}


def _management(own: Parser, words: list[str]) -> int:
    from yimen.kit import console

    name = words[0].replace("-", "_")
    if not console.knows(name):
        own.error(f"there is no command {words[0]!r}; see yimen --help")
    return console.manage([name, *words[1:]])


def _verdict(kind: str, value: str) -> Verdict:
    from yimen.kit.time import now
    from yimen.law import identifiers

    if kind == "citizen-id":
        return identifiers.citizen_id(value, today=now().date())
    return {"uscc": identifiers.uscc, "licence": identifiers.licence, "case-number": identifiers.case_number}[kind](
        value
    )


def _opened(moment: datetime | date, with_time: bool) -> date:
    """Hours begin at a moment, days on a day."""
    if with_time:
        return moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    return moment.date() if isinstance(moment, datetime) else moment


def _moment(text: str) -> datetime | date:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-03-02 or 2026-03-02T09:00") from None


def _pause(text: str) -> Pause:
    from yimen.law.limits import Pause

    first, between, last = text.partition("..")
    try:
        days = date.fromisoformat(first), date.fromisoformat(last if between else first)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no pause like 2026-03-09..2026-03-13") from None
    if days[1] < days[0]:
        raise argparse.ArgumentTypeError(f"the pause {text} ends before it begins")
    return Pause(*days)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_AT_ONCE):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {MOST_AT_ONCE}")
    return int(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port (1 to 65535)")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
