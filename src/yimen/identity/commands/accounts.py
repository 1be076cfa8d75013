"""Accounts: signing up, those that the administration makes, tokens, passwords."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from yimen.identity import access
from yimen.identity.choices import Assurance, Document, user_chain
from yimen.identity.commands.subjects import register_subject, require_name, require_number, update_profile
from yimen.identity.models import ApiToken, Holding, Subject, User
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Forbidden, Invalid, Refusal
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
    _require_password(password)
    written = require_name(name)
    known = Subject.objects.filter(number_hash=access.number_hash(Document.CITIZEN_ID, proper)).exists()
    if known:
        raise SubjectKnown
    subject = register_subject(
        document=Document.CITIZEN_ID, number=proper, name=written, assurance=Assurance.BASIC, by=by, at=at
    )
    user = _make(f"p{secrets.token_hex(8)}", written, password, phone, subject, at)
    subject.profile = {"phone": access.plain_phone(phone)}
    subject.save(update_fields=["profile"])
    own = Actor(user=user.pk, name=user.name, subject=subject.pk, channel=by.channel)
    record(user_chain(user.pk), "account_made", by=own, at=at, way="sign_up")
    return user


@command
def make_account(
    *, username: str, name: str, password: str, phone: str = "", subject: Subject | None = None, by: Actor, at: datetime
) -> User:
    """The administration makes an account, for staff or for a person who stands at the window.

    Raises Forbidden, Invalid, UsernameTaken, PhoneTaken, SubjectKnown.
    """
    if subject is None or not access.keeps_registers(by):
        access.require_administrator(by)
    if not USERNAME.match(username):
        message = "用户名以小写字母开头，可含小写字母、数字、点、横线，共 2 至 40 位。"
        raise Invalid([{"field": "username", "code": "bad_username", "message": message}])
    user = _make(username, require_name(name), password, phone, subject, at)
    record(user_chain(user.pk), "account_made", by=by, at=at, way="administration", username=username)
    if subject is not None:
        record(subject_chain(subject.pk), "account_opened", by=by, at=at, user=user.pk)
    return user


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
def reset_password(user: User, *, password: str, by: Actor, at: datetime) -> None:
    """The administration gives a new password. Raises Forbidden, Invalid."""
    access.require_administrator(by)
    _require_password(password)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(user_chain(user.pk), "password_reset", by=by, at=at)


@command
def change_password(user: User, *, password: str, by: Actor, at: datetime) -> None:
    """The holder changes the password; all tokens made before end with it. Raises Forbidden, Invalid."""
    if by.user != user.pk:
        raise Forbidden
    _require_password(password)
    user.set_password(password)
    user.save(update_fields=["password"])
    ApiToken.objects.filter(user=user, expires_at__gt=at).update(expires_at=at)
    record(user_chain(user.pk), "password_changed", by=by, at=at)


@command
def close_account(user: User, *, reason: str, by: Actor, at: datetime) -> None:
    """Nobody signs in with it any more; its posts and tokens end. Raises Forbidden."""
    access.require_administrator(by)
    User.objects.filter(pk=user.pk).update(is_active=False)
    Holding.objects.current(at).filter(user=user).update(until=at)
    ApiToken.objects.filter(user=user, expires_at__gt=at).update(expires_at=at)
    record(user_chain(user.pk), "account_closed", by=by, at=at, ground=reason)


@command
def make_token(user: User, *, life: timedelta = TOKEN_LIFE, by: Actor, at: datetime) -> str:
    """A bearer token for programs; shown once, only its digest is kept. The holder, or the administration."""
    if by.user != user.pk:
        access.require_administrator(by)
    token = f"yimen_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(user=user, digest=access.token_digest(token), made_at=at, expires_at=at + life)
    record(user_chain(user.pk), "token_made", by=by, at=at, expires=at + life)
    return token


def _make(username: str, name: str, password: str, phone: str, subject: Subject | None, at: datetime) -> User:
    number = access.plain_phone(phone)
    if number and not access.PHONE.match(number):
        raise Invalid([{"field": "phone", "code": "bad_phone", "message": "请填写 11 位手机号码。"}])
    user = User(username=username, name=name, subject=subject, created=at)
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
    return SubjectKnown() if "subject" in words else clash


def _require_password(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as weak:
        errors = [{"field": "password", "code": "weak_password", "message": "；".join(weak.messages)}]
        raise Invalid(errors) from weak
