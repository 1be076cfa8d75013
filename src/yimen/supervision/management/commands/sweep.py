"""`yimen sweep`: look at what is due a look, now or at a given instant."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yimen.kit.time import CHINA, now
from yimen.supervision.commands import sweep

# Beyond it the calendar can't reckon a next due day: a slip of the pen would act on every case there is.
FIRST_YEAR, LAST_YEAR = 2004, 2100


class Command(BaseCommand):
    help = "Issue warnings and cards that are due, apply deemed acceptance, return what was never supplemented."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", help="an instant in ISO 8601, China time unless it names a zone; default: now")

    def handle(self, *args: Any, **options: Any) -> None:
        done = sweep(at=now() if options["at"] is None else _instant(options["at"]))
        self.stdout.write(
            f"looked at {done.looked} clocks: {done.issued} cards issued, {done.deemed} deemed accepted, "
            f"{done.returned} returned, {done.failed} failed"
        )
        if done.failed:
            raise SystemExit(1)


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise CommandError(
            f"--at {text!r}: not an ISO 8601 time, e.g. 2026-11-21T09:00:00+08:00", returncode=2
        ) from wrong
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise CommandError(f"--at {text}: not between the years {FIRST_YEAR} and {LAST_YEAR}", returncode=2)
    return at if at.tzinfo else at.replace(tzinfo=CHINA)
