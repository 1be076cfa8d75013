"""What a clerk does with what a visitor lays on the counter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction

from yimen.applications import commands as applications
from yimen.applications.choices import Channel, Presented
from yimen.applications.commands import together
from yimen.applications.commands.reusing import fill_in
from yimen.applications.queries import documents, drafts
from yimen.applications.queries.together import package_application_drafts, package_papers
from yimen.cases import commands as cases
from yimen.cases.choices import Outcome
from yimen.identity import commands as identity
from yimen.identity.choices import Assurance
from yimen.identity.queries import account_at_window, find_subject, same_person
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, Refusal
from yimen.law.said import said
from yimen.notices import commands as notices

if TYPE_CHECKING:
    from yimen.applications.models import Application, Document, PackageApplication, PackagePaper
    from yimen.cases.models import Case
    from yimen.catalog.models import Edition, PackageEdition
    from yimen.identity.models import Subject

COMPARED = "窗口核对证件原件，人证一致"


class NoAccount(Refusal):
    code = "no_account"
    sentence = "此人还没有账号，请先开通。"


@dataclass(frozen=True)
class Ticked:
    """One line of the checklist. originals, copies: pieces of paper, 0 for none; licence: shown from the vault;

    promise: to be brought before the decision (容缺); again: the visitor stands by what they handed in earlier;
    cited: the number of an own department's licence that is named instead of taking paper;
    uploads: scans, as (name, content); removed: ids to take back.
    """

    key: str
    originals: int = 0
    copies: int = 0
    licence: bool = False
    promise: bool = False
    again: bool = False
    cited: str = ""
    uploads: Sequence[tuple[str, IO[bytes]]] = field(default_factory=tuple)
    removed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Hand:
    """What is done with an answer and with a piece of paper: for one item, or for a package."""

    answer: Callable[[Mapping[str, Any]], Sequence[Mapping[str, Any]]]
    attach: Callable[..., object]
    remove: Callable[[Any], object]
    cite: Callable[..., object] | None = None


def take_in(
    application: Application, *, answers: Mapping[str, Any], ticked: Sequence[Ticked], by: Actor, at: datetime
) -> list[dict[str, str]]:
    """Keep what is right of the form and of the checklist; gives what isn't: [{field, code, message}].

    Each piece is a command of its own, so that one bad scan doesn't cost the rest.
    """
    hand = Hand(
        answer=partial(applications.answer, application, by=by, at=at),
        attach=partial(applications.attach, application, by=by, at=at),
        remove=partial(applications.remove, by=by, at=at),
        cite=partial(applications.cite, application, by=by, at=at),
    )
    return _take(hand, answers, ticked, documents(application))


def take_in_package(
    application: PackageApplication, *, answers: Mapping[str, Any], ticked: Sequence[Ticked], by: Actor, at: datetime
) -> list[dict[str, str]]:
    """The same for the merged form and list of a package. Pieces are counted item by item later."""

    def attach(key: str, *, copies: int = 1, **how: Any) -> object:
        return together.attach_to_package(application, key, by=by, at=at, **how)

    hand = Hand(
        answer=partial(together.answer_package, application, by=by, at=at),
        attach=attach,
        remove=partial(together.remove_from_package, by=by, at=at),
    )
    return _take(hand, answers, ticked, package_papers(application))


@command
def settle(case: Case, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Accept an instant item and grant it at once, at a window that may (即办件, 许可法 34(2)).

    Speaks CaseAccepted and CaseDecided. Raises what `accept` and `decide` raise.
    """
    case = cases.accept(case, by=by, at=at, seen=seen)
    return cases.decide(case, outcome=Outcome.GRANT, reason=reason, by=by, at=at)


def visitor_named(*, document: str, number: str, name: str, by: Actor, at: datetime) -> Subject:
    """Who stands here: by number alone if the city knows it (a card reader, a scanner), entered now with the name.

    Raises BadNumber, Invalid, NameDiffers.
    """
    if name.strip():
        return applications.applicant_named(document=document, number=number, name=name, by=by, at=at)
    known = find_subject(document, identity.require_number(document, number, at))
    if known is None:
        message = said("这个号码还没有登记过，请按证件填写姓名或者名称。")
        raise Invalid([{"field": "name", "code": "name_needed", "message": message}])
    return known


def begin(edition: Edition, visitor: Subject, *, by: Actor, at: datetime) -> Application:
    """A draft for the visitor; a second click finds the one that nothing was written into yet.

    Raises what applications' `begin` raises.
    """
    with transaction.atomic():
        identity.take_turn(by)
        mine = [
            each for each in drafts(by, at) if each.item.slug == edition.item.slug and each.subject_id == visitor.pk
        ]
        untouched = next((each for each in mine if each.saved_at == each.begun_at), None)
        return untouched or applications.begin(edition=edition, subject=visitor, channel=Channel.WINDOW, by=by, at=at)


def begin_package(
    package: PackageEdition,
    visitor: Subject,
    *,
    situation: Mapping[str, str],
    left_out: Collection[str],
    by: Actor,
    at: datetime,
) -> PackageApplication:
    """One application for all items of a package; a second click finds the one that nothing was written into yet.

    Raises what applications' `begin_package` raises.
    """
    with transaction.atomic():
        identity.take_turn(by)
        untouched = next(
            (
                each
                for each in package_application_drafts(by, at)
                if each.package_id == package.pk
                and each.subject_id == visitor.pk
                and each.saved_at == each.begun_at
                and each.situation == dict(situation)
                and set(each.left_out) == set(left_out)
            ),
            None,
        )
        return untouched or together.begin_package(
            package=package, situation=situation, left_out=left_out, subject=visitor, channel=Channel.WINDOW,
            by=by, at=at,
        )  # fmt: skip


@command
def hear(visitor: Subject, say: str, *, voice: str, by: Actor, at: datetime) -> int:
    """Write down what somebody at the window says about the use of earlier answers and papers for other items.

    say: agree, decline, revoke. Agreed, what they have begun here is filled in; gives how many fields that were.
    Raises what applications' `give_consent`, `decline_consent`, `revoke_consent` raise.
    """
    if say == "revoke":
        applications.revoke_consent(visitor, by=by, at=at)
        return 0
    if say != "agree":
        applications.decline_consent(visitor, channel=Channel.WINDOW, voice=voice, by=by, at=at)
        return 0
    applications.give_consent(visitor, channel=Channel.WINDOW, voice=voice, by=by, at=at)
    here = same_person(visitor.pk)
    begun = [each for each in drafts(by, at) if each.subject_id in here]
    packages = [each for each in package_application_drafts(by, at) if each.subject_id in here]
    filled = [len(fill_in(each, by=by, at=at)) for each in begun]
    return sum([*filled, *(len(together.fill_in_package(each, by=by, at=at)) for each in packages)])


@command
def open_account(visitor: Subject, *, phone: str, by: Actor, at: datetime) -> str:
    """The clerk has compared card and person, and opens an account; gives the first password, shown once.

    Raises what identity's `open_account` raises.
    """
    identity.confirm_identity(visitor, level=Assurance.CHECKED, way=COMPARED, by=by, at=at)
    _, password = identity.open_account(visitor, phone=phone, by=by, at=at)
    return password


@command
def give_password(visitor: Subject, *, by: Actor, at: datetime) -> str:
    """Somebody forgot the password and stands here with the card: a new first password, shown once.

    Raises NoAccount, and what identity's `reset_password` raises.
    """
    user = account_at_window(visitor.pk)
    if user is None:
        raise NoAccount
    identity.confirm_identity(visitor, level=Assurance.CHECKED, way=COMPARED, by=by, at=at)
    password = identity.reset_password(user, reason=COMPARED, by=by, at=at)
    notices.send(
        subject=visitor.pk,
        about="",
        title="密码已在窗口重置",
        body=f"{by.office_name}{by.post_name}核对证件后为您重置了登录密码。如果不是您本人办理的，请立即拨打 12345。",
        once=f"password:{user.pk}:{at.isoformat()}",
        by=by,
        at=at,
    )
    return password


def _take(
    hand: Hand, answers: Mapping[str, Any], ticked: Sequence[Ticked], held: Sequence[Document | PackagePaper]
) -> list[dict[str, str]]:
    wrong = hand.answer(answers) if answers else []
    errors = [{"field": each["field"], "code": each["code"], "message": each["message"]} for each in wrong]
    for line in ticked:
        try:
            _tick(hand, line, [each for each in held if each.material == line.key])
        except Refusal as refusal:
            errors.append({"field": f"line_{line.key}", "code": refusal.code, "message": refusal.detail})
    return errors


def _tick(hand: Hand, line: Ticked, held: Sequence[Document | PackagePaper]) -> None:
    for document in held:
        if document.pk in line.removed:
            hand.remove(document)
    _paper(hand, line.key, Presented.ORIGINAL, line.originals, held)
    _paper(hand, line.key, Presented.COPY, line.copies, held)
    ways = ((Presented.LICENCE, line.licence), (Presented.PROMISE, line.promise), (Presented.EARLIER, line.again))
    for presented, wanted in ways:
        there = any(each.presented == presented and each.pk not in line.removed for each in held)
        if wanted and not there:
            hand.attach(line.key, presented=presented)
    if line.cited and hand.cite is not None:
        hand.cite(line.key, number=line.cited)
    for upload in line.uploads:
        hand.attach(line.key, upload=upload)


def _paper(hand: Hand, key: str, presented: Presented, count: int, held: Sequence[Document | PackagePaper]) -> None:
    """Paper is there in that many pieces, or not at all: what was noted before is taken back when it isn't so."""
    noted = [each for each in held if each.presented == presented]
    if count and any(getattr(each, "copies", count) == count for each in noted):
        return
    for document in noted:
        hand.remove(document)
    if count:
        hand.attach(key, presented=presented, copies=count)
