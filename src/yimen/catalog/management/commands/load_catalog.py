"""`yimen load-catalog FOLDER`: load a city's items, licence kinds, packages and departments."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from yimen.catalog.commands import FileReport, load_folder
from yimen.kit.actor import Actor
from yimen.kit.time import now
from yimen.sheets.commands import load_library
from yimen.sheets.queries import library, shipped

WORDS = {"new": "新发布", "changed": "已更新", "unchanged": "无变化", "bad": "有误，未载入"}


class Command(BaseCommand):
    help = "Load a folder: items/*.json, licences, fields, packages, departments.json; a bad file loads nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            self.stderr.write(f"{folder}：没有这个文件夹")
            sys.exit(1)
        if not library().version:
            load_library(shipped(), by=Actor.system(), at=now())
        report = load_folder(folder, by=Actor.system(), at=now(), tell=self._tell)
        counts = "，".join(f"{word} {report.count(state)}" for state, word in WORDS.items())
        self.stdout.write(f"共 {len(report.files)} 个文件：{counts}")
        if not report.ok:
            sys.exit(1)

    def _tell(self, done: FileReport) -> None:
        self.stdout.write(f"{done.path}：{WORDS[done.state]}")
        for problem in done.problems:
            self.stdout.write(f"  {problem.field}：{problem.reason}")
