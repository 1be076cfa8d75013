"""`yimen sweep`: look at what is due a look, now or at a given instant."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yimen.kit.time import CHINA, now
from yimen.supervision.commands import sweep


class Command(BaseCommand):
    help = "Issue warnings and cards that are due, apply deemed acceptance, return what was never supplemented."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", help="an instant in ISO 8601, China time unless it names a zone; default: now")

    def handle(self, *args: Any, **options: Any) -> None:
        done = sweep(at=_instant(options["at"]) if options["at"] else now())
        self.stdout.write(
            f"looked at {done.looked} clocks: {done.issued} cards issued, {done.deemed} deemed accepted, "
            f"{done.returned} returned, {done.failed} failed"
        )


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise CommandError(f"--at {text}: not an ISO 8601 time, e.g. 2026-11-21T09:00:00+08:00") from wrong
    return at if at.tzinfo else at.replace(tzinfo=CHINA)
