"""Signing keys at the console: list them, replace one, revoke one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yimen.city import commands, queries
from yimen.city.choices import RevokedFor
from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal
from yimen.kit.signing import KeyKind
from yimen.kit.time import CHINA, now


class Command(BaseCommand):
    help = (
        "signing_keys list | rotate HOLDER KIND | revoke KEY --reason compromised --note ... [--since 2026-03-01T08:00]"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["list", "rotate", "revoke"])
        parser.add_argument("names", nargs="*", help="rotate: holder and kind (sm2, x509); revoke: name of the key")
        parser.add_argument("--reason", choices=RevokedFor.values, default=RevokedFor.COMPROMISED)
        parser.add_argument("--note", default="")
        parser.add_argument("--since", type=datetime.fromisoformat, help="not to be trusted from this instant on")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            for line in getattr(self, f"_{given['act']}")(given):
                self.stdout.write(line)
        except Refusal as refusal:
            raise CommandError(refusal.detail) from refusal

    def _list(self, given: dict[str, Any]) -> list[str]:
        keys = [key for ring in queries.keyrings() for key in queries.keys_of(ring.holder)]
        return [f"{key.name}\t{key.since:%Y-%m-%d}\t{_state(key)}" for key in keys]

    def _rotate(self, given: dict[str, Any]) -> list[str]:
        if len(given["names"]) != 2 or given["names"][1] not in KeyKind.values:
            raise CommandError("signing_keys rotate HOLDER sm2|x509")
        holder, kind = given["names"]
        name = queries.holder_name(holder)
        key = commands.rotate_key(holder, KeyKind(kind), name=name, by=Actor.system(), at=now())
        return [key.name]

    def _revoke(self, given: dict[str, Any]) -> list[str]:
        if len(given["names"]) != 1 or not given["note"].strip():
            raise CommandError("signing_keys revoke KEY --note WHY")
        key, since = queries.signing_key(given["names"][0]), given["since"]
        since = since.replace(tzinfo=CHINA) if since and since.tzinfo is None else since
        commands.revoke_key(
            key, reason=RevokedFor(given["reason"]), note=given["note"], distrusted_from=since,
            by=Actor.system(), at=now(),
        )  # fmt: skip
        return [f"{key.name} revoked"]


def _state(key: Any) -> str:
    return "revoked" if key.revoked_at else "replaced" if key.until else "in use"
