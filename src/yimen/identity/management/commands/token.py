from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yimen.identity.commands import make_token
from yimen.identity.queries import account
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.kit.telling import translated
from yimen.kit.time import now


class Command(BaseCommand):
    help = "Print a bearer token of an account. It is shown once; only its digest is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        try:
            user = account(username)
        except NotFound as unknown:
            raise CommandError(translated(unknown.detail)) from unknown
        self.stdout.write(make_token(user, by=Actor.system(), at=now()))
