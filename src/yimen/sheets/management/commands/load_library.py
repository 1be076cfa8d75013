"""`yimen load-library [FILE]`: take the fields of a library's file into the city's library."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from yimen.kit.actor import Actor
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.time import now
from yimen.sheets.commands import load_library
from yimen.sheets.queries.elements import SHIPPED, shipped


class Command(BaseCommand):
    help = "Load the field library (数据元): the one that comes with the platform, or a file of the city's own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=SHIPPED)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = load_library(shipped(options["file"]), by=Actor.system(), at=now())
        except Invalid as wrong:
            for each in wrong.errors:
                self.stderr.write(f"{each['field']}：{each['message']}")
            sys.exit(1)
        except (Refusal, OSError, ValueError, KeyError) as wrong:
            self.stderr.write(str(wrong))
            sys.exit(1)
        self.stdout.write(f"数据元：新增 {done.new}，已更新 {done.changed}，无变化 {done.unchanged}")
