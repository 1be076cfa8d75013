"""Passwords: changed by their holder, or given anew by somebody who has seen the holder, to be changed at once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from yimen.city.choices import Duty
from yimen.identity import access
from yimen.identity.choices import user_chain
from yimen.identity.models import ApiToken, Holding, User
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Forbidden, Invalid, Refusal
from yimen.ledger.commands import record

# How long a password holds that somebody else has given; its holder sets an own one at the first sign-in.
GIVEN_LASTS = timedelta(days=7)
# Read aloud and typed from paper: nothing that is mistaken for something else. 12 signs are 59 bits.
SIGNS, GROUPS, IN_GROUP = "abcdefghjkmnpqrstuvwxyz23456789", 3, 4


class OwnAccount(Refusal):
    """So that nobody locks the administration out, and nobody lifts themselves."""

    code = "own_account"
    sentence = "不能对自己的账号和岗位进行这项操作，请由另一位管理员办理。"


class AccountClosed(Refusal):
    code = "account_closed"
    sentence = "这个账号已停用。需要重新启用的，请联系系统管理员。"


class StaffAccount(Forbidden):
    code = "staff_account"
    sentence = "这是工作人员的账号，密码由系统管理员重置。"


def one_time_password() -> str:
    """A password to be given to somebody: kf7m-3xnp-w9dr."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(IN_GROUP)) for _ in range(GROUPS))


@command
def reset_password(user: User, *, reason: str = "", by: Actor, at: datetime) -> str:
    """Give a new password, shown once: it lasts a week and is changed at the first sign-in. All tokens end.

    The administration, or for somebody without posts a clerk who has compared the card.
    Raises Forbidden, StaffAccount, OwnAccount, AccountClosed.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    _require_may_reset(row, by, at)
    password = one_time_password()
    row.set_password(password)
    row.given_until = at + GIVEN_LASTS
    row.save(update_fields=["password", "given_until"])
    end_all_tokens(row, at)
    record(user_chain(row.pk), "password_reset", by=by, at=at, ground=reason, until=row.given_until)
    return password


@command
def change_password(user: User, *, password: str, by: Actor, at: datetime) -> None:
    """The holder changes the password; all tokens made before end with it. Raises Forbidden, Invalid."""
    if by.user != user.pk:
        raise Forbidden
    require_password(password)
    if user.given_until is not None and user.check_password(password):
        raise Invalid([{"field": "password", "code": "same_password", "message": "新密码不能与原来的相同。"}])
    user.set_password(password)
    user.given_until = None
    user.save(update_fields=["password", "given_until"])
    end_all_tokens(user, at)
    record(user_chain(user.pk), "password_changed", by=by, at=at)


@command
def end_tokens(user: User, *, reason: str, by: Actor, at: datetime) -> int:
    """All access tokens of an account end at once; gives how many. The holder, or the administration.

    Raises Forbidden.
    """
    if by.user != user.pk:
        access.require_administrator(by)
    ended = end_all_tokens(user, at)
    record(user_chain(user.pk), "tokens_ended", by=by, at=at, ground=reason, tokens=ended)
    return ended


def end_all_tokens(user: User, at: datetime) -> int:
    """Part of a command that is recorded as a whole."""
    return ApiToken.objects.filter(user=user, expires_at__gt=at).update(expires_at=at)


def require_password(password: str) -> None:
    """Raises Invalid."""
    try:
        validate_password(password)
    except ValidationError as weak:
        errors = [{"field": "password", "code": "weak_password", "message": "；".join(weak.messages)}]
        raise Invalid(errors) from weak


def _require_may_reset(user: User, by: Actor, at: datetime) -> None:
    if by.user is not None and by.user == user.pk:
        raise OwnAccount
    if not access.keeps_registers(by):
        raise Forbidden
    if not user.is_active:
        raise AccountClosed
    administers = Duty.ADMINISTRATOR in by.duties or by.user is None
    if not administers and (user.subject_id is None or Holding.objects.current(at).filter(user=user).exists()):
        raise StaffAccount
