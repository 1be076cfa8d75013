"""People, firms, accounts, made by commands. All numbers are constructed: born 1900–1910, or of nobody."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

from tests.builders.city import AT, SYSTEM
from tests.builders.city import post as make_post
from yimen.city.models import Post
from yimen.identity import commands, queries
from yimen.identity.choices import Document, MandateKind, Power
from yimen.identity.models import Holding, Mandate, Subject, User
from yimen.kit.actor import Actor
from yimen.kit.time import day_of
from yimen.law.identifiers import mod_11_2, mod_31_3, organisation_check

PASSWORD = "mei-jiang-2026"
_people, _firms, _names = count(1), count(1), count(1)


def citizen_number(sequence: int | None = None, born: date = date(1900, 1, 1), region: str = "441402") -> str:
    """A valid number that belongs to nobody alive; another one at each call."""
    turn = next(_people) if sequence is None else sequence
    day = date.fromordinal(born.toordinal() + turn // 1000)
    body = f"{region}{day:%Y%m%d}{turn % 1000:03d}"
    return body + mod_11_2(body)


def uscc(sequence: int | None = None, head: str = "91441402") -> str:
    """A valid unified code of nobody; head: registration authority, category, region."""
    turn = next(_firms) if sequence is None else sequence
    organisation = f"MA0T{turn:04d}"
    body = head + organisation + organisation_check(organisation)
    return body + mod_31_3(body)


def person(name: str = "钟小梅", number: str | None = None, at: datetime = AT, **profile: object) -> Subject:
    """A natural person in the registers, without an account."""
    made = commands.find_or_register_subject(
        document=Document.CITIZEN_ID, number=number or citizen_number(), name=name, by=SYSTEM, at=at
    )
    return commands.update_profile(made, changes=profile, by=SYSTEM, at=at) if profile else made


def firm(
    name: str = "岭东市客家小厨餐饮有限公司", number: str | None = None, at: datetime = AT, **profile: object
) -> Subject:
    made = commands.find_or_register_subject(
        document=Document.USCC, number=number or uscc(), name=name, by=SYSTEM, at=at
    )
    return commands.update_profile(made, changes=profile, by=SYSTEM, at=at) if profile else made


def citizen(name: str = "钟小梅", *, phone: str | None = None, number: str | None = None, at: datetime = AT) -> User:
    """Somebody who signed up."""
    return commands.register_person(
        name=name,
        number=number or citizen_number(),
        phone=phone or f"139{next(_people):08d}",
        password=PASSWORD,
        by=Actor(),
        at=at,
    )


def staff(
    *duties: str, post: Post | None = None, username: str | None = None, name: str = "李敏", at: datetime = AT
) -> User:
    """A member of staff on a post: the one given, or one with these duties that reaches all agencies."""
    user = account(username, name, at=at)
    hold(user, post or make_post(*duties), at=at)
    return user


def account(username: str | None = None, name: str = "李敏", subject: Subject | None = None, at: datetime = AT) -> User:
    return commands.make_account(
        username=username or f"user{next(_names)}", name=name, password=PASSWORD, subject=subject, by=SYSTEM, at=at
    )


def hold(user: User, post: Post, at: datetime = AT) -> Holding:
    return commands.assign_post(user, post, by=SYSTEM, at=at)


def actor(user: User, at: datetime = AT) -> Actor:
    return queries.actor_for(user, at)


def mandate(
    principal: Subject,
    agent: Subject,
    *powers: str,
    kind: str = MandateKind.PERSONAL,
    items: tuple[str, ...] = (),
    valid_from: date | None = None,
    valid_to: date | None = None,
    at: datetime = AT,
) -> Mandate:
    """Entered at a window, with the paper."""
    return commands.grant_mandate(
        principal=principal,
        agent=agent,
        kind=kind,
        powers=powers or Power.values,
        items=items,
        valid_from=valid_from or day_of(at),
        valid_to=valid_to,
        proof="授权委托书原件已核对",
        by=SYSTEM,
        at=at,
    )
