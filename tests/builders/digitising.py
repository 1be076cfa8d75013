"""A worker at a batch, in a process of its own that a test may kill: `python -m tests.builders.digitising read 1 2`.

A line is written after each portion is kept, and the work waits for nobody.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime


def main(what: str, batch: str, user: str) -> None:
    import yimen.settings as settings

    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
    settings.STORAGES["default"]["OPTIONS"]["location"] = os.environ["BATCH_FILES"]  # type: ignore[index]
    import django

    django.setup()
    from yimen.identity.access import actor_for
    from yimen.identity.queries import account_of
    from yimen.kit.actor import Actor
    from yimen.kit.time import now
    from yimen.vault.commands.importing import enter_batch, entering, read_batch, reading
    from yimen.vault.models import Batch

    reading.PORTION, entering.PORTION, entering.GROUP = 20, 20, 8
    reading.PORTION_WITH_SCANS = 20

    def clock() -> datetime:
        sys.stdout.write("here\n")
        sys.stdout.flush()
        return now()

    row = Batch.objects.select_related("kind", "agency", "table", "scans").get(pk=int(batch))
    by = actor_for(account_of(Actor(user=int(user))), now())
    (read_batch if what == "read" else enter_batch)(row, by=by, clock=clock)
    sys.stdout.write("done\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
