"""A program that does commands without end, to be killed by a test; and one that looks at what it left behind.

`python -m tests.builders.stream work` prints a line when the town stands and one per closed case. When the database
goes away it waits for it and goes on. `… check` prints what is only half done, and exits with 1 if there is any.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections import Counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yimen.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connection, transaction  # noqa: E402
from procrastinate.contrib.django.models import ProcrastinateJob  # noqa: E402

from tests.builders import walk  # noqa: E402
from yimen.applications.models import Application, Document  # noqa: E402
from yimen.cases import commands as cases  # noqa: E402
from yimen.cases.models import Case  # noqa: E402
from yimen.catalog.models import Edition  # noqa: E402
from yimen.city.models import Window  # noqa: E402
from yimen.demo.choices import FIRM_NAME, PEOPLE  # noqa: E402
from yimen.identity.models import Subject, User  # noqa: E402
from yimen.review.queries import of as tasks_of  # noqa: E402
from yimen.supervision.commands import sweep  # noqa: E402

# What the state of a case says about its papers, its running clocks and the news that must be told.
EXPECTED = {
    "received": ("A", {"acceptance"}, ["CaseReceived"]),
    "accepted": ("AC", {"promise", "statutory"}, ["CaseReceived", "CaseAccepted"]),
    "decided": ("ACH", {"delivery"}, ["CaseReceived", "CaseAccepted", "CaseDecided"]),
    "closed": ("ACHJ", set(), ["CaseReceived", "CaseAccepted", "CaseDecided", "CaseClosed"]),
    "withdrawn": ("ACT", set(), ["CaseReceived", "CaseAccepted", "CaseEnded"]),
}


def work() -> None:
    town, edition = _founded()
    say("ready")
    turn = 0
    while True:
        turn += 1
        try:
            _one_turn(town, edition, turn)
        except DatabaseError:
            _wait_for_database()


def _founded() -> tuple[walk.Town, Edition]:
    """Found the town, or find it again."""
    edition = Edition.objects.select_related("item__agency").first()
    if edition is None:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        with transaction.atomic():
            town = walk.town()
            # All staff now: whoever is hired while the database goes away would be half hired.
            for name in walk.STAFF:
                town.users[name]
            return town, town.release("food-business-licence")
    users = {user.username: user for user in User.objects.all()}
    citizen, owner, firm = (Subject.objects.get(name=name) for name in (PEOPLE[0].name, PEOPLE[1].name, FIRM_NAME))
    return walk.Town(edition.item.agency, users, citizen, owner, firm, Window.objects.get().pk), edition


def _one_turn(town: walk.Town, edition: Edition, turn: int) -> None:
    day = walk.at("2026-03-02")
    if turn % 3:
        walk.closed(town, edition, at=day)
    else:
        case = walk.accepted(town, edition, at=day)
        cases.withdraw(case, reason="不办了。", by=town.act("owner", day), at=day)
        walk.received(town, edition, at=day)
        sweep(at=walk.at("2026-03-10"))
    say(f"turn {turn}")


def _wait_for_database() -> None:
    while True:
        with contextlib.suppress(DatabaseError):
            connection.close()
            connection.ensure_connection()
            return
        time.sleep(0.05)


def check() -> int:
    call_command("verify")
    wrong = [*(found for case in Case.objects.all() for found in _half_done(case)), *_orphans()]
    for each in wrong:
        say(each)
    say(f"{Case.objects.count()} cases, {dict(Counter(Case.objects.values_list('state', flat=True)))}")
    return 1 if wrong else 0


def _half_done(case: Case) -> list[str]:
    papers, running, news = EXPECTED[case.state]
    told = ProcrastinateJob.objects.filter(args__facts__number=case.number, args__event__startswith="cases.")
    signed = ProcrastinateJob.objects.filter(args__facts__about=case.number, args__event="papers.PaperDrawnUp")
    tasks = tasks_of(case)
    opened = {f"step task:{task.pk}" for task in tasks if task.is_open}
    facts = {
        "papers": ("".join(walk.paper_kinds(case)), papers),
        "clocks": (_running(case), running | opened),
        "tasks": (len(tasks), 0 if case.state == "received" else 1),
        "news": (sorted(job.args["event"] for job in told), sorted(f"cases.{each}" for each in news)),
        "jobs of papers": (signed.count(), len(papers)),
    }
    return [
        f"{case.number} is {case.state}: {name} {is_}, not {due}" for name, (is_, due) in facts.items() if is_ != due
    ]


def _running(case: Case) -> set[str]:
    return {f"{clock.kind} {clock.key}".strip() for clock in walk.clocks_of(case.number) if clock.stopped_at is None}


def _orphans() -> list[str]:
    """Submitted without a case, a case without submission, documents without a word in the ledger."""
    submitted = set(Application.objects.filter(stage="submitted").values_list("number", flat=True))
    opened = set(Case.objects.values_list("number", flat=True))
    attached = Document.objects.filter(presented="upload").count()
    said = sum(line.verb == "attached" for app in Application.objects.all() for line in walk.story_of(app.number))
    return [f"{number} is only half submitted" for number in submitted ^ opened] + (
        [f"{attached} documents, {said} entries"] if attached != said else []
    )


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(work() if sys.argv[1] == "work" else check())
