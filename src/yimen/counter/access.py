"""A visitor is passed from page to page by a sealed note: no number stands in an address, and no two visitors mix."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core import signing

from yimen.city.choices import Duty
from yimen.identity.queries import subject
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.ledger.commands import look

if TYPE_CHECKING:
    from yimen.identity.models import Subject

SALT, LASTS = "counter.visitor", timedelta(hours=12)
INTAKE = (Duty.CLERK,)


class VisitorGone(NotFound):
    code = "visitor_gone"
    sentence = "这位办事人的页面已经失效，请重新核对证件。"


def note_for(visitor: int, by: Actor) -> str:
    """For one clerk, one working day."""
    return signing.dumps([visitor, by.account], salt=SALT)


def visitor_of(note: str, *, by: Actor, at: datetime, what: str = "基本信息") -> Subject:
    """Who stands at the window; that the clerk looked, and at what, is written down. Raises VisitorGone."""
    try:
        visitor, clerk = signing.loads(note, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError) as wrong:
        raise VisitorGone from wrong
    if clerk != by.account:
        raise VisitorGone
    look(visitor, by=by, at=at, purpose="窗口受理", what=what)
    return subject(visitor)
