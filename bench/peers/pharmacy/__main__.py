"""The five steps by viewflow in process, and whatever its HTTP clients need to know."""

from __future__ import annotations

import os
from typing import Any

import django

from bench.figures import timed_steps
from bench.worker import serve


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.pharmacy.settings"
    django.setup()
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from viewflow.workflow.models import Task

    from bench.peers.pharmacy.flows import PharmacyFlow

    def build() -> None:
        call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
        User.objects.create_superuser("bench", "", "bench")

    def sign_in() -> str:
        """The session of somebody who is signed in, as the cookie's value."""
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        user, session = User.objects.get(username="bench"), SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session.save()
        return str(session.session_key)

    def begin(count: int) -> list[int]:
        return [PharmacyFlow.start.run().pk for _ in range(count)]

    def step(process: int, name: str) -> None:
        with PharmacyFlow.lock(process):
            task = Task.objects.get(process=process, flow_task=getattr(PharmacyFlow, name))
            activation = task.flow_task.activation_class(task)
            activation.start(None)
            activation.process.note = "符合条件"
            activation.process.save()
            activation.execute()

    def steps(seconds: float) -> dict[str, Any]:
        return timed_steps(seconds, lambda: begin(1)[0], step)

    serve(build, begin, sign_in, steps)


if __name__ == "__main__":
    main()
