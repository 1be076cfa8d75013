"""Doing the jobs that commands have deferred, inside the test's own transaction; and telling what people were told."""

from __future__ import annotations

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from yimen.identity.models import Subject
from yimen.notices.models import Message


def waiting() -> list[tuple[str, str]]:
    """(event, reaction) of every job that waits, oldest first."""
    return [(job.args["event"], job.args["reaction"]) for job in _todo()]


def run() -> list[tuple[str, str]]:
    """Do every waiting job once, in order, as a worker does, also those that come up on the way."""
    done = []
    while job := next(iter(_todo()), None):
        app.tasks[job.task_name](**job.args)
        _finish(job.pk)
        done.append((job.args["event"], job.args["reaction"]))
    return done


def told(subject: Subject) -> list[tuple[str, str]]:
    """Title and body of each message to somebody, oldest first."""
    return list(Message.objects.filter(subject=subject).order_by("id").values_list("title", "body"))


def _todo() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(status="todo", task_name="kit.deliver").order_by("id"))


def _finish(job: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job])


def forget() -> None:
    """Every waiting job is gone, as with a worker that died in the middle of it."""
    for job in _todo():
        _finish(job.pk)
