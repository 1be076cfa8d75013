"""`yimen lint-catalog`: findings of all released editions, by agency and item; ends with 1 where there is an error."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yimen.catalog.choices.labels import place_words
from yimen.catalog.models import Edition
from yimen.catalog.queries import linting
from yimen.city.queries import agencies
from yimen.law.catalogue import RULES, Finding, Severity, found_loops

Found = tuple[Edition, list[Finding]]


class Command(BaseCommand):
    help = "Print what the catalogue's rules find in all released editions; ends with 1 where an error is found."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", default="", help="only this agency (its code)")
        parser.add_argument(
            "--rule", default="", choices=["", *RULES], metavar="RULE", help="only this rule (its code)"
        )
        parser.add_argument("--errors", action="store_true", help="only what keeps an edition from release")
        parser.add_argument("--json", action="store_true", help="one JSON object, for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["agency"] and not agencies().filter(code=options["agency"]).exists():
            raise CommandError(f"没有编码为“{options['agency']}”的部门。")
        told = self._json if options["json"] else self._words
        if told(_found(options["agency"], options["rule"], errors=options["errors"])):
            sys.exit(1)

    def _words(self, found: Iterator[Found]) -> int:
        """Everything in words; gives the number of errors."""
        items = errors = warnings = 0
        told = ""
        for edition, said in found:
            items += 1
            errors += sum(each.stops for each in said)
            warnings += sum(not each.stops for each in said)
            if said and edition.item.agency.code != told:
                told = edition.item.agency.code
                self.stdout.write(f"\n== {edition.item.agency.name}")
            if said:
                self._item(edition, said)
        stopping, others = Severity.ERROR.label, Severity.WARNING.label
        self.stdout.write(f"\n共检查 {items} 个事项：{stopping} {errors} 个问题，{others} {warnings} 个问题")
        return errors

    def _item(self, edition: Edition, said: list[Finding]) -> None:
        self.stdout.write(f"{edition.item.name}（{edition.item.slug}，第 {edition.version} 版）")
        for each in said:
            place = place_words(each.place) if each.place else "整个版本"
            self.stdout.write(f"  [{each.severity.label}] {place}：{each.sentence}（{each.rule}）")
            if each.marks:
                self.stdout.write(
                    "    " + "".join(f"【{piece}】" if offends else piece for piece, offends in each.parts)
                )

    def _json(self, found: Iterator[Found]) -> int:
        """Everything for programs, item by item; gives the number of errors."""
        totals = {"items": 0, "errors": 0, "warnings": 0}
        self.stdout.write('{"items": [', ending="")
        for number, (edition, said) in enumerate(found):
            totals["items"] += 1
            totals["errors"] += sum(each.stops for each in said)
            totals["warnings"] += sum(not each.stops for each in said)
            told = json.dumps(_facts(edition, said), ensure_ascii=False)
            self.stdout.write((",\n" if number else "\n") + told, ending="")
        self.stdout.write(f'\n], "totals": {json.dumps(totals)}}}')
        return totals["errors"]


def _found(agency: str, rule: str, *, errors: bool) -> Iterator[Found]:
    """Item by item. Loops are looked for among all items, whatever is asked for."""
    lens = linting.lens()
    loops: dict[str, list[Finding]] = {}
    desks = [lens.desk(document) for _edition, document in linting.of_current()]
    for found in found_loops(desks, severities=lens.severities):
        loops.setdefault(found.slug, []).append(found)
    for edition, document in linting.of_current(agency):
        said = [*lens.look(edition, document), *loops.get(document.slug, [])]
        chosen = [each for each in said if rule in ("", each.rule) and (each.stops or not errors)]
        yield edition, sorted(chosen, key=lambda each: not each.stops)


def _facts(edition: Edition, said: list[Finding]) -> dict[str, Any]:
    agency = edition.item.agency
    return {
        "agency": agency.code,
        "agency_name": agency.name,
        "slug": edition.item.slug,
        "name": edition.item.name,
        "version": edition.version,
        "findings": [asdict(each) for each in said],
    }
