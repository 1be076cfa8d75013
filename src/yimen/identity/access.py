"""Who somebody is at the door: signing in by any of their names, bearer tokens, and the actor behind an account."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from yimen.city.access import is_platform
from yimen.city.choices import Duty
from yimen.city.queries import agencies_reached
from yimen.identity.choices import ORG_KEYS, PERSON_KEYS, Document, MandateKind
from yimen.identity.models import ApiToken, Correction, Holding, LookReport, Mandate, Subject, User
from yimen.kit.actor import Actor
from yimen.kit.commands import keep_once
from yimen.kit.crypto import keyed_hash
from yimen.kit.errors import Forbidden, SignInNeeded
from yimen.kit.prepared import prepared
from yimen.kit.time import now
from yimen.law.identifiers import normalise

PHONE = re.compile(r"^1\d{10}$", re.ASCII)
# Numbers that cannot be taken for a user name or a phone: those shaped like a citizen number.
NUMBERS_TO_SIGN_IN = (Document.CITIZEN_ID, Document.RESIDENCE_PERMIT_HMT, Document.FOREIGN_RESIDENT)
LENGTH_OF_NUMBER = 18
# Who disposes of somebody's data and mandates as if they were that somebody.
SPEAKING = (MandateKind.LEGAL_REPRESENTATIVE, MandateKind.GUARDIAN)
# Who answers for a register of an office's own.
CORRECTING = (Duty.CLERK, Duty.REVIEWER, Duty.CHIEF)
# What a clerk enters from a paper, and only a clerk ends.
ENTERED_BY_CLERKS = (*SPEAKING, MandateKind.HELPER)


def number_hash(document: str, number: str) -> str:
    """How a subject is found without its number being readable."""
    return keyed_hash(f"{document}:{normalise(number)}")


def plain_phone(phone: str) -> str:
    """A mobile number as it is stored: 11 digits, without +86, blanks and dashes."""
    digits = re.sub(r"[\s\-()]", "", phone)
    return re.sub(r"^(\+?86)(?=1\d{10}$)", "", digits)


def plain_name(name: str) -> str:
    """Names are compared without blanks and with one kind of middle dot and bracket."""
    return re.sub(r"\s", "", name).replace("•", "·").replace("．", "·").replace("(", "（").replace(")", "）")


def phone_hash(phone: str) -> str:
    return keyed_hash(f"phone:{plain_phone(phone)}")


def signs_in_by_number(subject: Subject) -> bool:
    return subject.document in NUMBERS_TO_SIGN_IN


def user_named(name: str) -> User | None:
    """The active account behind a citizen number, a phone or a user name; its shape says which, one statement."""
    proper = normalise(name)
    if PHONE.match(plain_phone(name)):
        where = Q(phone_hash=phone_hash(name))
    elif len(proper) == LENGTH_OF_NUMBER and proper[:-1].isdigit():
        where = Q(subject__number_hash__in=[number_hash(document, proper) for document in NUMBERS_TO_SIGN_IN])
    else:
        where = Q(username=name.strip().lower())
    return User.objects.filter(where, is_active=True).first()


class AnyName(BaseBackend):
    """Signs in by any name. A wrong name costs as long as a wrong password and is answered alike."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **other: Any
    ) -> User | None:
        if not username or password is None:
            return None
        user = user_named(username)
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and not _outlived(user) else None

    def get_user(self, user_id: int) -> User | None:
        return next(iter(_active(user_id)), None)


@prepared
def _active(user: int) -> QuerySet[User]:
    """With the other records of the person behind it, so that nobody has to ask for them."""
    return User.objects.filter(pk=user, is_active=True).annotate(records=records_behind("subject"))


def records(subject: int) -> QuerySet[Subject]:
    """All records of one person or firm: those that merges in force hold together, or just the one."""
    first = Subquery(Subject.objects.filter(pk=subject).values(first=Coalesce("same_as_id", "id"))[:1])
    return Subject.objects.filter(Q(pk=first) | Q(same_as=first))


def same_person(subject_id: int) -> tuple[int, ...]:
    """Every record of this person or firm, the one asked for first: ask for rows by these, never by one alone."""
    return keep_once(f"identity.same_person:{subject_id}", lambda: _own_first(subject_id, _records(subject_id)))


@prepared
def _records(subject: int) -> QuerySet[Subject]:
    return records(subject).only("id")


def _own_first(subject: int, rows: list[Subject]) -> tuple[int, ...]:
    return (subject, *sorted(row.pk for row in rows if row.pk != subject))


def records_behind(key: str) -> ArraySubquery:
    """A column with the numbers of all records of the person that a key of the row points to."""
    first = Coalesce(OuterRef(f"{key}__same_as_id"), OuterRef(f"{key}_id"))
    return ArraySubquery(Subject.objects.filter(Q(pk=first) | Q(same_as=first)).order_by().values("pk"))


def _outlived(user: User) -> bool:
    """A password that somebody else gave, and that was not changed in time."""
    return user.given_until is not None and user.given_until <= now()


def actor_for(user: User, at: datetime) -> Actor:
    """The actor behind an account now: duties and agencies of all posts held, united. One statement, two for a row
    that wasn't read at the door.

    The post held longest names the post, the office and the window. An account that was closed is nobody.
    """
    if not user.is_active:
        return Actor()
    held, others = _held(user.pk, at), _others(user)
    posts = [each.post for each in held]
    if not posts:
        return Actor(user=user.pk, name=user.name, subject=user.subject_id, others=others)
    first = posts[0]
    office = first.agency or first.hall
    return Actor(
        user=user.pk,
        name=user.name,
        subject=user.subject_id,
        post=first.pk,
        post_name=first.name,
        office=first.agency_id,
        office_name=office.name if office else "",
        duties=frozenset(duty for post in posts for duty in post.duties),
        agencies=frozenset(agency for each in held for agency in _reached(each)),
        window=next((post.window_id for post in posts if post.window_id), None),
        others=others,
    )


def _others(user: User) -> tuple[int, ...]:
    """The further records of the person behind an account."""
    if user.subject_id is None:
        return ()
    known: list[int] | None = user.__dict__.get("records")
    if known is None:
        return same_person(user.subject_id)[1:]
    return tuple(sorted(pk for pk in known if pk != user.subject_id))


def _reached(holding: Holding) -> list[int]:
    reached: list[int] = getattr(holding, "reached")  # noqa: B009 - a column of that statement, unknown to the model
    return reached


@prepared
def _held(user: int, at: datetime) -> QuerySet[Holding]:
    held = Holding.objects.current(at).filter(user=user).order_by("since", "id")
    return held.select_related("post__agency", "post__hall").annotate(reached=agencies_reached("post__"))


def plain(user: Any) -> User:
    """The row behind Django's request.user, which is lazy. Raises SignInNeeded."""
    if not user.is_authenticated:
        raise SignInNeeded
    row: User = getattr(user, "_wrapped", user)
    return row


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def bearer(token: str, at: datetime | None = None) -> Actor | None:
    """The actor of a bearer token; None when it is unknown, expired, or its account closed."""
    instant = at or now()
    found = _token(token_digest(token), instant)
    if not found or not found[0].user.is_active:
        return None
    user = found[0].user
    user.__dict__["records"] = found[0].__dict__["records"]
    return actor_for(user, instant)


@prepared
def _token(digest: str, at: datetime) -> QuerySet[ApiToken]:
    rows = ApiToken.objects.select_related("user").filter(digest=digest, expires_at__gt=at)
    return rows.annotate(records=records_behind("user__subject"))


def require_administrator(by: Actor) -> None:
    if not is_platform(by) and Duty.ADMINISTRATOR not in by.duties:
        raise Forbidden


def keys_of(subject: Subject) -> Mapping[str, str]:
    """What a profile may hold, with its names."""
    return PERSON_KEYS if subject.is_person else ORG_KEYS


def speaks_for(actor: Actor, subject: int, at: datetime) -> bool:
    """May the actor dispose of a subject's data and mandates: the person itself, or a firm's legal representative."""
    if actor.subject is None:
        return False
    if actor.is_one(subject):
        return True
    mandates = Mandate.objects.in_force(at).filter(agent__in=actor.subjects, principal__in=records(subject))
    return mandates.filter(kind__in=SPEAKING).exists()


def reads_looks(actor: Actor, subject: int, at: datetime) -> bool:
    """Who reads who looked at somebody's data: who speaks for them, and a firm's handler for everything."""
    if actor.user is None:
        return False
    if speaks_for(actor, subject, at):
        return True
    rows = Mandate.objects.in_force(at).filter(agent__in=actor.subjects, principal__in=records(subject))
    return rows.filter(kind=MandateKind.HANDLER, items=[], themes=[]).exists()


def keeps_registers(actor: Actor) -> bool:
    """Staff who enter people at a window, and the platform."""
    return is_platform(actor) or bool(actor.duties & {Duty.CLERK, Duty.ADMINISTRATOR})


def may_correct(correction: Correction, actor: Actor) -> bool:
    """The office whose register the value comes from; for the register of people whoever keeps it."""
    if correction.agency_id is None:
        return keeps_registers(actor)
    return any(actor.may(duty, correction.agency_id) for duty in CORRECTING)


def corrections_of(actor: Actor) -> Q:
    """The same as a condition, for the desk's list; supervisors see what their post reaches, and answer nothing."""
    seen = Q(agency_id__in=actor.agencies) if actor.duties & {*CORRECTING, Duty.SUPERVISOR} else Q(pk=None)
    return seen | Q(agency=None) if keeps_registers(actor) or Duty.SUPERVISOR in actor.duties else seen


def may_judge(report: LookReport, actor: Actor) -> bool:
    """A supervisor whose post reaches the office and more than that office, and who is not the one who looked.

    So an office never closes what is said about itself: its chief reads the answer, and nobody who watches over that
    office only, from within it, writes it. (Who supervises decides nothing: city.choices.APART.)
    """
    if Duty.SUPERVISOR not in actor.duties or actor.user == report.looker_id:
        return False
    if report.agency_id is None:
        return True
    return report.agency_id in actor.agencies and (report.agency_id != actor.office or len(actor.agencies) > 1)


def reports_of(actor: Actor) -> Q:
    """Reports that an actor sees: supervisors those they reach, chiefs those about their own office, to learn."""
    if Duty.SUPERVISOR in actor.duties:
        return Q(agency_id__in=actor.agencies) | Q(agency=None)
    return Q(agency_id=actor.office) if Duty.CHIEF in actor.duties and actor.office else Q(pk=None)
