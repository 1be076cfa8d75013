"""Presenting (亮证) and checking (核验): a code is made for a minute, and taken by one checker."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.kit.time import day_of
from yimen.law.presenting import CodeState, Standing
from yimen.vault import access
from yimen.vault.choices import STANDING_WORDS, UseKind
from yimen.vault.commands.holders import tell_all
from yimen.vault.models import Licence, LicenceUse, PresentingCode
from yimen.vault.queries.presenting import ALPHABET, LENGTH, checker_hash, code_hash
from yimen.vault.queries.standing import standing_of

# One line in the log for as long as somebody shows a licence, however often the code changes meanwhile.
SITTING = timedelta(minutes=10)


class NotPresentable(Refusal):
    code = "licence_not_valid"
    sentence = "这份证照现在不能出示：{why}。"


class CodeTaken(Refusal):
    code = "code_used"
    sentence = "这个亮证码刚刚被别人核验过。一个码只供一次核验，请对方出示新的码。"


@dataclass(frozen=True)
class Shown:
    """A code on its way to the screen; it is nowhere else."""

    pk: int
    code: str
    made_at: datetime


@command
def present(licence: Licence, *, by: Actor, at: datetime) -> Shown:
    """亮证: make a code that is good for one checker and a minute. The holder, and agents who may see the licence.

    Raises NotFound, TooLittleAssurance, FrozenByHolder, NotPresentable.
    """
    access.require_present(licence, by=by, at=at)
    stands = standing_of(licence, at)
    if stands is Standing.FROZEN:
        raise access.FrozenByHolder
    if stands is not Standing.VALID:
        raise NotPresentable(why=STANDING_WORDS[stands][0])
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    made = PresentingCode.objects.create(hash=code_hash(code), licence=licence, shown_by=by.account, made_at=at)
    if not _is_showing(licence, by, at):
        _log(licence, UseKind.PRESENTED, by=replace(by, office_name=by.office_name or by.name), at=at)
    tell_all(licence, "licence_presented", by=by, at=at)
    return Shown(made.pk, code, at)


@command
def take(code: PresentingCode, *, checker: str, told: Standing, by: Actor, at: datetime) -> None:
    """核验: this checker takes the code; of two at the same moment one gets it. told: what they are answered.

    checker: something that is theirs alone (an account, a browser). Raises CodeTaken.
    """
    mine = PresentingCode.objects.filter(pk=code.pk, taken_at=None)
    if not mine.update(taken_at=at, taken_by=checker_hash(checker)):
        raise CodeTaken
    _log(code.licence, UseKind.CHECKED, by=by, at=at, outcome=told)
    tell_all(code.licence, "licence_checked", by=by, at=at, told=told)


@command
def note_misuse(code: PresentingCode, state: CodeState, *, by: Actor, at: datetime) -> None:
    """Somebody showed a code that another checker has used: it may have been photographed, which its holder reads."""
    _log(code.licence, UseKind.ATTEMPTED, by=by, at=at, outcome=CodeTaken.code)
    tell_all(code.licence, "presenting_code_again", by=by, at=at, state=state)


def count_printed(licences: Collection[int], *, at: datetime) -> None:
    """Codes printed on licences were checked: counted by the day, in one statement. Nobody is asked who they are."""
    if not licences:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vault_dayofchecks AS known (licence_id, day, count, last_at) "
            "SELECT licence, %s, 1, %s FROM unnest(%s::bigint[]) AS licence ORDER BY licence "
            "ON CONFLICT (licence_id, day) DO UPDATE SET count = known.count + 1, last_at = EXCLUDED.last_at",
            [day_of(at), at, sorted(set(licences))],
        )


def _is_showing(licence: Licence, by: Actor, at: datetime) -> bool:
    rows = LicenceUse.objects.filter(licence=licence, by=by.user, kind=UseKind.PRESENTED, case="")
    return rows.filter(at__gt=at - SITTING).exists()


def _log(licence: Licence, kind: UseKind, *, by: Actor, at: datetime, outcome: str = "") -> None:
    LicenceUse.objects.create(
        licence=licence, kind=kind, at=at, by=by.user, office=by.office_name, post=by.post_name,
        outcome=outcome,
    )  # fmt: skip
