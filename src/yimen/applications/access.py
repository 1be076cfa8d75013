"""Who may see and change an application."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from yimen.applications.choices import Channel, Stage
from yimen.applications.models import Application
from yimen.city.choices import Duty
from yimen.hall.queries import authority
from yimen.identity.access import speaks_for
from yimen.identity.choices import Power
from yimen.identity.queries import may_act_for, principals_of
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, SignInNeeded
from yimen.kit.time import day_of
from yimen.law.said import said

if TYPE_CHECKING:
    from yimen.identity.models import Subject


class NotYours(Forbidden):
    code = "not_yours"
    sentence = "只有申请人本人或者受委托的人可以办理；请确认登录的账户，或先办理委托授权。"


class WindowNotAuthorised(Forbidden):
    code = "window_not_authorised"
    sentence = "本窗口没有“{agency}”事项的受理授权，请引导申请人到有授权的窗口办理。"


class MayNotConsent(Forbidden):
    code = "may_not_consent"
    sentence = "只有本人、单位的法定代表人或者监护人可以决定；也可以由本人到窗口办理。"


class MayNotKeep(Forbidden):
    code = "may_not_keep"
    sentence = "只有本人、单位的法定代表人或者监护人可以查看和修改常用信息。"


class NotYourChannel(Forbidden):
    code = "channel_not_yours"
    sentence = "“{channel}”由工作人员登记，请选择网上、手机或者自助终端办理。"


def visible(actor: Actor, at: datetime) -> Q:
    """The one rule of visibility: one's own and those one may act for; staff: what they took in.

    Clerks also what was submitted to the agencies they serve: whoever stands at their window may supplement there.
    """
    rule = own_business(actor, at)
    if actor.is_staff:
        rule |= Q(made_by_id=actor.user)
    if Duty.CLERK in actor.duties:
        rule |= Q(agency_id__in=actor.agencies, stage=Stage.SUBMITTED)
    return rule


def own_business(actor: Actor, at: datetime) -> Q:
    """One's own applications or cases, and those of one's principals within the items of the mandate, no others."""
    if actor.subject is None:
        return Q(pk=None)
    held = principals_of(actor.subject, at)
    rule = Q(subject_id__in=[*actor.subjects, *(pk for each in held if not each.items for pk in each.principals)])
    for mandate in held:
        if mandate.items:
            rule |= Q(subject_id__in=mandate.principals, item__slug__in=mandate.items)
    return rule


def begun_by(actor: Actor) -> Q:
    """What the person behind the account has begun, with whichever account of theirs."""
    own = Q(made_by_id=actor.user)
    return own | Q(made_by__subject__in=actor.subjects) if actor.others else own


def wholly(actor: Actor, at: datetime) -> list[int]:
    """The subjects all of whose business an actor may see: oneself, and whoever gave a mandate for all items."""
    if actor.subject is None:
        return []
    held = principals_of(actor.subject, at)
    return [*actor.subjects, *(pk for each in held if not each.items for pk in each.principals)]


def reach(actor: Actor, at: datetime) -> list[int]:
    """Oneself and one's principals, also those of whom one may see some items only (see own_business)."""
    if actor.subject is None:
        return []
    return [*actor.subjects, *(pk for each in principals_of(actor.subject, at) for pk in each.principals)]


def require_filing(actor: Actor, subject: Subject, slug: str, at: datetime) -> None:
    """May the actor apply for the subject? Oneself, under a mandate, or as a clerk at a window (许可法 29)."""
    if actor.user is None:
        raise SignInNeeded
    if actor.is_one(subject.pk) or Duty.CLERK in actor.duties:
        return
    if actor.subject is None or not may_act_for(actor.subject, subject.pk, Power.FILE, slug, at):
        raise NotYours


def require_channel(actor: Actor, channel: Channel) -> None:
    """What came over a counter or by post is entered by a clerk."""
    if channel in (Channel.WINDOW, Channel.POST) and Duty.CLERK not in actor.duties:
        raise NotYourChannel(channel=said(str(channel.label)))


def require_window(actor: Actor, *, agency: int, agency_name: str, slug: str, at: datetime) -> None:
    """A clerk at a comprehensive window may take in only what an agency has entrusted to that window.

    A clerk of the agency itself needs no authorisation.
    """
    if not window_takes(actor, agency=agency, slug=slug, at=at):
        raise WindowNotAuthorised(agency=agency_name)


def window_takes(actor: Actor, *, agency: int, slug: str, at: datetime) -> bool:
    """May what is asked for be taken in here? Who is no clerk asks for himself."""
    if actor.office == agency or Duty.CLERK not in actor.duties:
        return True
    return authority(window=actor.window, agency=agency, slug=slug, day=day_of(at)).accepts


def require_consenting(actor: Actor, subject: Subject, at: datetime) -> None:
    """Who decides what a subject's earlier answers and papers may be used for: the person, a firm's representative,

    a guardian; a clerk writes down what somebody at the window says.
    """
    if actor.user is None:
        raise SignInNeeded
    if speaks_for(actor, subject.pk, at):
        return
    if Duty.CLERK not in actor.duties:
        raise MayNotConsent


def require_speaking(actor: Actor, subject: Subject, at: datetime) -> None:
    """Who sees and changes what is kept to be filled in: the person, a firm's representative, a guardian."""
    if actor.user is None:
        raise SignInNeeded
    if not speaks_for(actor, subject.pk, at):
        raise MayNotKeep


def require_system(actor: Actor) -> None:
    """The platform itself, carrying out what was decided elsewhere."""
    if actor.channel != "system":
        raise Forbidden


def require_hand(actor: Actor, application: Application, at: datetime) -> None:
    """May the actor fill in this application?

    Its subject; whoever holds now, also if they began it, the power to file, once it is submitted the power to
    supplement; clerks: what was begun at their window, once it is submitted what their post reaches.
    """
    if actor.user is None:
        raise SignInNeeded
    subject, slug = application.subject_id, application.item.slug
    power = Power.FILE if application.is_draft else Power.SUPPLEMENT
    if actor.is_one(subject) or _at_desk(actor, application):
        return
    if actor.subject is None or not may_act_for(actor.subject, subject, power, slug, at):
        raise NotYours


def require_owner(actor: Actor, application: Application, at: datetime) -> None:
    """Whoever the application speaks for: its subject, whoever may file for it, a clerk who fills it in for them."""
    if actor.user is None:
        raise SignInNeeded
    subject = application.subject_id
    if actor.subject == subject or _at_desk(actor, application):
        return
    if actor.subject is None or not may_act_for(actor.subject, subject, Power.FILE, application.item.slug, at):
        raise NotYours


def _at_desk(actor: Actor, application: Application) -> bool:
    if Duty.CLERK not in actor.duties:
        return False
    if not application.is_draft:
        return application.agency_id in actor.agencies
    return application.made_by_id == actor.user or (actor.window is not None and application.window_id == actor.window)


def visible_packages(actor: Actor, at: datetime) -> Q:
    """Package applications: one's own, those of whoever gave a mandate for all items, and what one began; at a window

    what its clerk began.
    """
    rule = Q(pk=None)
    if actor.subject is not None:
        rule |= Q(subject_id__in=wholly(actor, at)) | Q(subject_id__in=reach(actor, at), made_by_id=actor.user)
    if Duty.CLERK in actor.duties:
        rule |= Q(made_by_id=actor.user)
    return rule


def require_package_hand(
    actor: Actor, subject: int, slugs: Iterable[str], at: datetime, *, made_by: int | None = None
) -> None:
    """May the actor apply for the subject in all these items? Oneself, under a mandate that covers each of them, or as

    a clerk for whoever stands at the window (许可法 29). made_by: who began it; no clerk goes on with another's.
    """
    if actor.user is None:
        raise SignInNeeded
    if actor.is_one(subject) or (Duty.CLERK in actor.duties and made_by in (None, actor.user)):
        return
    if actor.subject is None or not all(may_act_for(actor.subject, subject, Power.FILE, each, at) for each in slugs):
        raise NotYours


def require_some_window(actor: Actor, members: Iterable[tuple[int, str, str]], at: datetime) -> None:
    """A package is begun at a window that takes in at least one of its items. members: (agency, its name, item)."""
    named = ""
    for agency, name, slug in members:
        if window_takes(actor, agency=agency, slug=slug, at=at):
            return
        named = named or name
    raise WindowNotAuthorised(agency=named)
