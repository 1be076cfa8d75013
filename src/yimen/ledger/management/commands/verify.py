"""`yimen verify`: recompute every chain and replay every case; exit 1 and name what differs."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from yimen.ledger.models import Entry, Head
from yimen.ledger.queries import faults


class Command(BaseCommand):
    help = "Check that nobody changed the ledger, and that every case's row is what its entries make of it."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for fault in faults():
            found += 1
            self.stdout.write(self.style.ERROR(fault))
        if found:
            self.stdout.write(f"{found} faults found")
            sys.exit(1)
        self.stdout.write(f"{Head.objects.count()} chains with {Entry.objects.count()} entries: all in order")
