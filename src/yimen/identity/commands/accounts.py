"""Accounts: signing up, those that a window opens and the administration makes, closing, tokens."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from yimen.identity import access
from yimen.identity.choices import Assurance, Document, user_chain
from yimen.identity.commands.passwords import (
    GIVEN_LASTS,
    AccountClosed,
    OwnAccount,
    end_all_tokens,
    one_time_password,
    require_password,
)
from yimen.identity.commands.subjects import register_subject, require_name, require_number, update_profile
from yimen.identity.models import ApiToken, Holding, Subject, User
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Forbidden, Invalid, Refusal
from yimen.law.said import said
from yimen.ledger.choices import subject_chain
from yimen.ledger.commands import record

USERNAME = re.compile(r"^[a-z][a-z0-9_.-]{1,39}$")
TOKEN_LIFE = timedelta(days=90)


class SubjectKnown(Refusal):
    """The number is in the registers already: an account for it is opened by somebody who has seen the card.

    Said alike whether there is an account or only a file, so that signing up tells nobody which.
    """

    code = "subject_known"
    sentence = "该证件号码不能在网上直接注册。如已注册请直接登录；如未注册，请携带证件到政务大厅窗口开通。"


class AccountKnown(Refusal):
    code = "account_known"
    sentence = "此人已有账号，不用再开通；忘记密码的可以重置密码。"


class AccountOpen(Refusal):
    code = "account_open"
    sentence = "这个账号正在使用中。"


class PhoneTaken(Refusal):
    code = "phone_taken"
    sentence = "这个手机号码已用于其他账号，请换一个号码或直接登录。"


class UsernameTaken(Refusal):
    code = "username_taken"
    sentence = "这个用户名已有人使用。"


@command
def register_person(*, name: str, number: str, phone: str, password: str, by: Actor, at: datetime) -> User:
    """A natural person signs up with name, citizen number, phone and password. Nobody has verified them: level 1.

    Raises BadNumber, Invalid, SubjectKnown, PhoneTaken.
    """
    proper = require_number(Document.CITIZEN_ID, number, at)
    require_password(password)
    written = require_name(name)
    known = Subject.objects.filter(number_hash=access.number_hash(Document.CITIZEN_ID, proper)).exists()
    if known:
        raise SubjectKnown
    subject = register_subject(
        document=Document.CITIZEN_ID, number=proper, name=written, assurance=Assurance.BASIC, by=by, at=at
    )
    try:
        user = _make(_any_name(), written, password, phone, subject, at)
    except AccountKnown as first:
        raise SubjectKnown from first
    subject.profile = {"phone": access.plain_phone(phone)}
    subject.save(update_fields=["profile"])
    own = Actor(user=user.pk, name=user.name, subject=subject.pk, channel=by.channel)
    record(user_chain(user.pk), "account_made", by=own, at=at, way="sign_up")
    return user


@command
def make_account(
    *,
    username: str,
    name: str,
    password: str,
    phone: str = "",
    subject: Subject | None = None,
    given: bool = False,
    by: Actor,
    at: datetime,
) -> User:
    """The administration makes an account. given: the password is to be changed at the first sign-in.

    Raises Forbidden, Invalid, UsernameTaken, PhoneTaken, AccountKnown.
    """
    access.require_administrator(by)
    if not USERNAME.match(username):
        message = said("用户名以小写字母开头，可含小写字母、数字、点、横线，共 2 至 40 位。")
        raise Invalid([{"field": "username", "code": "bad_username", "message": message}])
    user = _make(username, require_name(name), password, phone, subject, at, given=given)
    record(user_chain(user.pk), "account_made", by=by, at=at, way="administration", username=username)
    if subject is not None:
        record(subject_chain(subject.pk), "account_opened", by=by, at=at, user=user.pk)
    return user


@command
def open_account(subject: Subject, *, phone: str, by: Actor, at: datetime) -> tuple[User, str]:
    """A clerk who has compared the card opens an account for somebody in the registers, and gives the first password.

    It is shown once, lasts a week and is changed at the first sign-in. Raises Forbidden, OwnAccount, Invalid,
    AccountKnown, AccountClosed, PhoneTaken.
    """
    if not access.keeps_registers(by):
        raise Forbidden
    if by.is_one(subject.pk):
        raise OwnAccount
    _require_no_account(subject)
    if not access.signs_in_by_number(subject) and not phone.strip():
        message = said("用这种证件不能登录，请登记手机号码。")
        raise Invalid([{"field": "phone", "code": "phone_needed", "message": message}])
    password = one_time_password()
    user = _make(_any_name(), subject.name[:60], password, phone, subject, at, given=True)
    record(user_chain(user.pk), "account_made", by=by, at=at, way="window", until=user.given_until)
    record(subject_chain(subject.pk), "account_opened", by=by, at=at, user=user.pk)
    return user, password


def take_turn(by: Actor) -> None:
    """Until the end of the transaction, a second click of the same person waits here for the first."""
    User.objects.select_for_update(no_key=True).get(pk=by.account)


@command
def correct_own_data(user: User, *, changes: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Somebody corrects their own data; a new mobile number is also the one they sign in with.

    Raises Forbidden, Invalid, PhoneTaken.
    """
    if by.user != user.pk or user.subject is None:
        raise Forbidden
    update_profile(user.subject, changes=changes, by=by, at=at)
    number = access.plain_phone(changes.get("phone") or "")
    if user.subject.is_person and number and number != user.phone:
        user.phone, user.phone_hash = number, access.phone_hash(number)
        with _uniqueness():
            user.save(update_fields=["phone", "phone_hash"])
        record(user_chain(user.pk), "phone_changed", by=by, at=at)


@command
def close_account(user: User, *, reason: str, by: Actor, at: datetime) -> None:
    """Nobody signs in with it any more; its posts and tokens end. Raises Forbidden, OwnAccount, AccountClosed."""
    access.require_administrator(by)
    if by.user is not None and by.user == user.pk:
        raise OwnAccount
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise AccountClosed
    Holding.objects.current(at).filter(user=user).update(until=at)
    end_all_tokens(user, at)
    record(user_chain(user.pk), "account_closed", by=by, at=at, ground=reason)


@command
def reopen_account(user: User, *, reason: str, by: Actor, at: datetime) -> None:
    """A closed account serves again, without its former posts. Duty administrator. Raises Forbidden, AccountOpen."""
    access.require_administrator(by)
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise AccountOpen
    record(user_chain(user.pk), "account_reopened", by=by, at=at, ground=reason)


@command
def make_token(user: User, *, life: timedelta = TOKEN_LIFE, by: Actor, at: datetime) -> str:
    """A bearer token for programs; shown once, only its digest is kept. The holder, or the administration."""
    if by.user != user.pk:
        access.require_administrator(by)
    token = f"yimen_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(user=user, digest=access.token_digest(token), made_at=at, expires_at=at + life)
    record(user_chain(user.pk), "token_made", by=by, at=at, expires=at + life)
    return token


def _any_name() -> str:
    """People sign in by number or phone; the account's own name is nobody's business."""
    return f"p{secrets.token_hex(8)}"


def _require_no_account(subject: Subject) -> None:
    if not subject.is_person:
        message = said("单位由法定代表人或者经办人用个人账号办理，不另设账号。")
        raise Invalid([{"field": "", "code": "not_a_person", "message": message}])
    known = User.objects.filter(subject=subject).first()
    if known is not None:
        raise AccountKnown if known.is_active else AccountClosed


def _make(
    username: str,
    name: str,
    password: str,
    phone: str,
    subject: Subject | None,
    at: datetime,
    *,
    given: bool = False,
) -> User:
    number = access.plain_phone(phone)
    if number and not access.PHONE.match(number):
        raise Invalid([{"field": "phone", "code": "bad_phone", "message": "请填写 11 位手机号码。"}])
    user = User(username=username, name=name, subject=subject, created=at)
    user.given_until = at + GIVEN_LASTS if given else None
    if number:
        user.phone, user.phone_hash = number, access.phone_hash(number)
    user.set_password(password)
    with _uniqueness():
        user.save(force_insert=True)
    return user


@contextmanager
def _uniqueness() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise _taken(clash) from clash


def _taken(clash: IntegrityError) -> Exception:
    """Which uniqueness spoke: the database decides between two who sign up at once."""
    words = str(clash)
    if "phone_hash" in words:
        return PhoneTaken()
    if "username" in words:
        return UsernameTaken()
    return AccountKnown() if "subject" in words else clash
