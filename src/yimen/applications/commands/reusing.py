"""Earlier applications used again: filling in what consent has just opened, taking it out again, copying one whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from yimen.applications import access
from yimen.applications.choices import Stage
from yimen.applications.commands.beginning import sources_of
from yimen.applications.commands.copying import bring_papers
from yimen.applications.commands.opening import lock
from yimen.applications.commands.refusals import AlreadySubmitted
from yimen.applications.models import Application, Filed, PackageApplication
from yimen.applications.queries.earlier import SAME, known_for
from yimen.applications.queries.origins import origins, packed
from yimen.identity.queries import same_person
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import NotFound, Refusal
from yimen.kit.time import day_of
from yimen.law.prefill import Kept, Origin
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.sheets import queries as sheets
from yimen.sheets.choices import Kind
from yimen.sheets.ports import Prefilled
from yimen.sheets.queries.prefilling import NEVER
from yimen.sheets.queries.reading import empty


class NothingToTakeOut(Refusal):
    code = "nothing_reused"
    sentence = "这份申请里没有从其他事项带来的内容。"


class NotTheSame(NotFound):
    code = "not_the_same_item"
    sentence = "只能照抄同一申请人以前提交的同一事项的申请。"


@dataclass(frozen=True)
class Copied:
    """lost: the fields that fit no more, set aside; papers: the keys of materials whose files came along."""

    lost: list[str]
    papers: list[str]


@command
def fill_in(application: Application, *, by: Actor, at: datetime) -> list[str]:
    """Fill what is still empty with what is known now: after consent, or a new licence. Gives the fields filled.

    Who may: whoever may fill it in. Nothing that was answered changes. Raises NotYours, AlreadySubmitted.
    """
    application = _draft(application, by, at)
    document = application.edition.doc
    sources = sources_of(application.subject, by)
    known = known_for(document, application.item_id, application.subject, sources, by=by, at=at)
    return sorted(fill_empty(application, known, by=by, at=at))


def fill_empty(
    application: Application | PackageApplication, known: Mapping[str, Prefilled], *, by: Actor, at: datetime
) -> dict[str, Prefilled]:
    """What is known goes where nothing was answered, of one item's draft or of a package's. Gives what went in."""
    fresh = {name: each for name, each in known.items() if empty(application.answers.get(name))}
    _put(application, fresh, at)
    ledger.record(
        case_chain(application.number),
        "filled_in",
        by=by.acting_for(application.subject_id),
        at=at,
        fields=sorted(fresh),
    )
    return fresh


@command
def take_out(application: Application, *, by: Actor, at: datetime) -> list[str]:
    """Take out what came from other items and was left as it was; what somebody typed stays. Gives the fields.

    For whoever took their consent back while the application is open. What is taken out is set aside, sealed, until
    the draft is gone. Raises NotYours, AlreadySubmitted, NothingToTakeOut.
    """
    application = _draft(application, by, at)
    gone = taken_from_others(application)
    if not gone:
        raise NothingToTakeOut
    put_aside(application, gone, by=by, at=at)
    return gone


def put_aside(application: Application | PackageApplication, gone: Sequence[str], *, by: Actor, at: datetime) -> None:
    """These answers leave the form, sealed beside it until the draft is gone."""
    answers = application.answers
    application.set_aside = {**application.set_aside, **{name: answers[name] for name in gone if name in answers}}
    application.answers = {name: value for name, value in answers.items() if name not in gone}
    application.sources = {name: words for name, words in application.sources.items() if name not in gone}
    application.origins = {name: row for name, row in application.origins.items() if name not in gone}
    application.saved_at = at
    application.save(update_fields=["answers", "sources", "origins", "set_aside", "saved_at"])
    ledger.record(
        case_chain(application.number), "taken_out", by=by.acting_for(application.subject_id), at=at, fields=gone
    )


@command
def copy_from(application: Application, earlier: Application, *, by: Actor, at: datetime) -> Copied:
    """Copy an earlier application of the same item, whole: answers, tables, addresses, the papers that are wanted.

    What registers and licences say now counts before what was written then; promises and signatures are made anew.
    Answers of this draft that a register does not vouch for are replaced: whoever copies wants that one.
    Raises NotYours, AlreadySubmitted, NotTheSame.
    """
    application = _draft(application, by, at)
    _require_same(application, earlier, by, at)
    document = application.edition.doc
    wanted = {field.name for field in document.form_fields if field.kind.value not in NEVER - {Kind.FILE.value}}
    trusted = {name for name, each in origins(application).items() if each.trusted and each.kept is Kept.KEPT}
    told = {name: value for name, value in earlier.answers.items() if not empty(value)}
    asked = {name: value for name, value in told.items() if name in wanted}
    fitting, _errors = sheets.check(document, asked, today=day_of(at))
    on = day_of(earlier.submitted_at) if earlier.submitted_at else None
    copied = {
        name: Prefilled(value, SAME, on, Origin.SAME_ITEM, ref=earlier.number)
        for name, value in fitting.items()
        if name not in trusted
    }
    lost = {name: value for name, value in told.items() if name not in fitting and name not in trusted}
    application.set_aside = {**application.set_aside, **lost}
    _put(application, copied, at)
    papers = bring_papers(application, earlier, by=by, at=at)
    ledger.record(
        case_chain(application.number), "copied", by=by.acting_for(application.subject_id), at=at,
        earlier=earlier.number, set_aside=sorted(lost), materials=papers,
    )  # fmt: skip
    return Copied(lost=sorted(lost), papers=papers)


def taken_from_others(application: Filed) -> list[str]:
    """The fields that hold what was written for another item, as it was."""
    found = origins(application).items()
    return sorted(name for name, each in found if each.origin is Origin.OTHER_ITEM and each.kept is Kept.KEPT)


def _put(application: Application | PackageApplication, known: dict[str, Prefilled], at: datetime) -> None:
    application.answers = {**application.answers, **{name: each.value for name, each in known.items()}}
    application.sources = {**application.sources, **{name: each.note for name, each in known.items()}}
    application.origins = {**application.origins, **packed(known)}
    application.saved_at = at
    application.save(update_fields=["answers", "sources", "origins", "set_aside", "saved_at"])


def _draft(application: Application, by: Actor, at: datetime) -> Application:
    application = lock(application)
    access.require_hand(by, application, at)
    if not application.is_draft:
        raise AlreadySubmitted
    return application


def _require_same(application: Application, earlier: Application, by: Actor, at: datetime) -> None:
    own = earlier.subject_id in same_person(application.subject_id) and earlier.item_id == application.item_id
    if not own or earlier.stage != Stage.SUBMITTED or earlier.pk == application.pk:
        raise NotTheSame
    access.require_hand(by, application, at)
