"""Drawing up papers, setting and signing them, withdrawing them."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import BigIntegerField, Func, Value

from yimen.city.commands import sign_for
from yimen.files.choices import Kind as FileKind
from yimen.files.commands import store
from yimen.kit.actor import Actor
from yimen.kit.commands import command, memo
from yimen.kit.crypto import sm3
from yimen.kit.errors import NotFound, Refusal
from yimen.kit.events import speak
from yimen.kit.time import day_of
from yimen.ledger.choices import case_chain
from yimen.ledger.commands import record
from yimen.papers.choices import TEMPLATE_VERSION, Facts, Kind
from yimen.papers.events import PaperDrawnUp
from yimen.papers.models import Paper
from yimen.papers.queries import address_of, code_of, pdf_of

# Without I, L, O, U: nobody mistakes them when typing from paper. 12 letters are 60 bits.
AHEAD = "papers.number"
ALPHABET, TOKEN_LENGTH = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 12


class AlreadyFinished(Refusal):
    code = "paper_already_finished"
    sentence = "文书已经生成。"


class AlreadyWithdrawn(Refusal):
    code = "paper_already_withdrawn"
    sentence = "文书已经撤销。"


@command
def draw_up(*, kind: Kind, about: str, facts: Facts, by: Actor, at: datetime) -> Paper:
    """Give a paper its number and freeze its facts; the file is made after the commit. Speaks PaperDrawnUp.

    about: number of the case. facts: the class of this kind (papers.choices).
    Who may, is the matter of the verb that calls. (许可法 32: notices bear the seal and the date)
    """
    if facts.kind is not kind:
        raise TypeError(f"{type(facts).__name__} are not the facts of kind {kind}")
    number, token = _number(kind, at), _token()
    paper = Paper.objects.create(
        number=number,
        kind=kind,
        about=about,
        title=facts.title,
        agency=facts.agency,
        agency_code=facts.agency_code,
        facts=_sheet(facts, number, token),
        template=TEMPLATE_VERSION,
        token=token,
        drawn_at=at,
    )
    record(case_chain(about), "paper_drawn_up", by=by, at=at, paper=number, kind=kind, title=facts.title)
    speak(PaperDrawnUp(number=number, about=about, kind=kind, at=at))
    return paper


@command
def finish(*, number: str, by: Actor, at: datetime) -> Paper:
    """Set the PDF, sign it with the agency's key, keep it: once.

    Raises AlreadyFinished, NotFound, KeyStoreUnavailable, NoKeyLeft.
    """
    paper = _locked(number)
    if paper.file_id is not None:
        raise AlreadyFinished
    content = pdf_of(paper)
    digest = sm3(content)
    signed = sign_for(paper.agency_code, digest, by=by, at=at)
    paper.file = store(
        name=f"{paper.title}（{number}）.pdf",
        content=content,
        by=by,
        at=at,
        about=case_chain(paper.about),
        kind=FileKind.PRODUCED,
    )
    paper.digest, paper.signature, paper.signed_with, paper.signed_at = digest.hex(), signed.value, signed.key, at
    paper.save(update_fields=["file", "digest", "signature", "signed_with", "signed_at"])
    record(
        case_chain(paper.about), "paper_signed", by=by, at=at, paper=number, digest=paper.digest, key=signed.key.name
    )
    return paper


def finished(paper: Paper, *, at: datetime) -> Paper:
    """The paper with its file, made now if it wasn't yet: the first look may come before the job."""
    if paper.file_id is not None:
        return paper
    with transaction.atomic(savepoint=False):
        paper = _locked(paper.number)
        return paper if paper.file_id is not None else finish(number=paper.number, by=Actor.system(), at=at)


@command
def withdraw(*, number: str, reason: str, by: Actor, at: datetime) -> Paper:
    """Declare a paper void (撤销); it stays readable and the public page says so. Raises AlreadyWithdrawn, NotFound."""
    paper = _locked(number)
    if paper.withdrawn_at is not None:
        raise AlreadyWithdrawn
    paper.withdrawn_at, paper.withdrawn_why = at, reason
    paper.save(update_fields=["withdrawn_at", "withdrawn_why"])
    record(case_chain(paper.about), "paper_withdrawn", by=by, at=at, ground=reason, paper=number)
    return paper


def _locked(number: str) -> Paper:
    try:
        return Paper.objects.select_for_update(no_key=True).get(number=number)
    except Paper.DoesNotExist as absent:
        raise NotFound from absent


def _number(kind: Kind, at: datetime) -> str:
    """岭政服受〔2026〕000123号: the city, the kind, the year, a number drawn from one sequence for all."""
    drawn = memo().pop(AHEAD, None)
    if drawn is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('papers_number')")
            (drawn,) = cursor.fetchone()
    return f"{settings.YIMEN_CITY_NAME[0]}政服{kind.word}〔{day_of(at).year}〕{drawn:06d}号"


def next_number() -> Func:
    """A number as a column of somebody else's statement; give it to `number_is`. An unused one leaves a gap."""
    return Func(Value("papers_number"), function="nextval", output_field=BigIntegerField())


def number_is(drawn: int) -> None:
    """The next paper of this command bears this number: drawing it needs no statement of its own."""
    memo()[AHEAD] = drawn


def _token() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))


def _sheet(facts: Facts, number: str, token: str) -> dict[str, object]:
    """All that is printed, as JSON values: later changes of settings don't change a paper."""
    sample = facts.sample or settings.YIMEN_SAMPLE_SEALS
    return {
        "kind": facts.kind.value,
        "title": facts.title,
        "number": number,
        "facts": facts.model_dump(mode="json") | {"sample": sample},
        "verify_url": address_of(token),
        "verify_page": address_of(token).removesuffix(token),
        "verify_code": code_of(token),
    }
