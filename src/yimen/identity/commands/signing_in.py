"""Attempts to sign in: counted in the database, so that all web processes count together.

An attempt is written down before the password is looked at and forgotten when it was right: many attempts at the same
moment can't slip under the limit. Names that nobody bears are counted alike, so a lock tells nobody who has an account.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count

from yimen.identity import access
from yimen.identity.choices import user_chain
from yimen.identity.models import Failure, User
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.crypto import keyed_hash
from yimen.kit.errors import TooOften
from yimen.law.identifiers import normalise
from yimen.ledger.commands import record

SPAN = timedelta(minutes=15)
# Somebody who mistypes; one name from everywhere; one address (an office behind one address has many hands).
LIMITS = {"name_at_address": 5, "name": 20, "address": 200}


class SignInLocked(TooOften):
    code = "sign_in_locked"
    sentence = "登录失败次数过多，请 15 分钟后再试，或到政务大厅窗口重置密码。"


def begin_attempt(*, name: str, address: str, at: datetime) -> None:
    """Count an attempt. Raises SignInLocked past a limit; attempts while locked don't prolong the lock."""
    keys = _keys(name, address)
    made = Failure.objects.bulk_create([Failure(key=key, at=at) for key in keys.values()])
    counted = Failure.objects.filter(key__in=keys.values(), at__gt=at - SPAN).values("key").annotate(times=Count("id"))
    times = {row["key"]: row["times"] for row in counted}
    over = [kind for kind, key in keys.items() if times.get(key, 0) > LIMITS[kind]]
    if over:
        Failure.objects.filter(pk__in=[row.pk for row in made]).delete()
        raise SignInLocked
    if times.get(keys["name_at_address"]) == LIMITS["name_at_address"]:
        _last_attempt(name, at)


def forget_attempts(*, name: str, address: str) -> None:
    """The password was right: this name starts anew at this address. The address itself keeps its count."""
    keys = _keys(name, address)
    Failure.objects.filter(key__in=(keys["name_at_address"], keys["name"])).delete()


@command
def signed_in(user: User, *, by: Actor, at: datetime) -> None:
    """Somebody signed in (GB/T 22239: every user's coming is audited)."""
    record(user_chain(user.pk), "signed_in", by=by, at=at)


def _last_attempt(name: str, at: datetime) -> None:
    """The last one before the lock: the account's chain keeps it, if there is such an account."""
    user = access.user_named(name)
    if user is not None:
        record(user_chain(user.pk), "sign_in_last_attempt", by=Actor.system(), at=at)


def _keys(name: str, address: str) -> dict[str, str]:
    who = access.plain_phone(normalise(name))
    return {
        "name_at_address": keyed_hash(f"try:{who}@{address}"),
        "name": keyed_hash(f"try:{who}"),
        "address": keyed_hash(f"from:{address}"),
    }
