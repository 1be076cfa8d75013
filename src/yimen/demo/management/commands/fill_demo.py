"""`yimen fill_demo`: fill the demonstration city, unless it is there."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from yimen.demo.commands import (
    digitise,
    fill,
    found,
    issue_licences,
    look_after_data,
    open_to_the_public,
    use_licences,
    write_manual,
)
from yimen.demo.commands.city import is_founded
from yimen.demo.commands.secrets import demo_password
from yimen.kit.time import now


class Command(BaseCommand):
    help = "Fill the demonstration city: places, catalogue, people and cases in every state. Does nothing when filled."

    def handle(self, *args: Any, **options: Any) -> None:
        if is_founded():
            self.stdout.write("      the demonstration city is there already")
            return
        at = now()
        with transaction.atomic():  # all or nothing: a half-filled city would never be completed
            self.stdout.write("      loading the catalogue, founding the city …")
            city = found(password=demo_password(), at=at)
            write_manual(at=at)
            open_to_the_public(at=at)
            count = fill(city, at=at, tell=lambda what: self.stdout.write(f"      {what}"))
            use_licences(city, at=at)
            look_after_data(city, at=at)
            digitise(at=at)
            issue_licences(city, at=at)
        self.stdout.write(f"      {count} sample applications walked into being")
