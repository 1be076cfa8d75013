"""`yimen demo_accounts`: the table of demonstration accounts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from yimen.demo import choices
from yimen.demo.commands.secrets import demo_password


class Command(BaseCommand):
    help = "Print the demonstration accounts: user name, password, who it is."

    def handle(self, *args: Any, **options: Any) -> None:
        password = demo_password()
        self.stdout.write(f"\n{'user name':<12}{'password':<18}who it is")
        self.stdout.write("-" * 60)
        for each in (*choices.PEOPLE, *choices.STAFF):
            self.stdout.write(f"{each.username:<12}{password:<18}{each.who}")
