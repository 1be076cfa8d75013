"""A register is told that what it says is wrong: a prefilled value that its owner changed (data-quality report)."""

from __future__ import annotations

from datetime import datetime

from yimen.applications import access
from yimen.applications.models import Application
from yimen.applications.queries.origins import FieldOrigin, origins
from yimen.identity import commands as identity
from yimen.identity.choices import REGISTER
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.sheets.queries.places import Places
from yimen.sheets.queries.wording import text


class NothingWrong(Refusal):
    code = "nothing_wrong_there"
    sentence = "这一项和登记的内容一致，或者不是由登记带来的，不用告诉登记部门。"


@command
def report_source(application: Application, field: str, *, by: Actor, at: datetime) -> None:
    """Tell the office whose register it is that a value there is wrong; the value itself stays sealed.

    Who may: whoever may fill in the application, before and after submission. The report lies at that office's desk
    (identity.report_wrong_value) until it is answered; the person sees what came of it among their corrections.
    Raises NotYours, NothingWrong.
    """
    access.require_owner(by, application, at)
    asked = application.edition.doc.field(field)
    found = origins(application).get(field)
    if asked is None or found is None or not found.challenged:
        raise NothingWrong
    places = Places()
    source, key = _register(found)
    identity.report_wrong_value(
        subject=_whose(application, found),
        source=source,
        source_words=found.note,
        key=key,
        label=asked.label,
        was=text(asked, found.was, places),
        said=text(asked, found.now, places),
        agency=found.office,
        case=application.number,
        by=by,
        at=at,
    )
    ledger.record(
        case_chain(application.number),
        "source_reported",
        by=by.acting_for(application.subject_id),
        at=at,
        field=field,
        source=source,
    )


def _register(found: FieldOrigin) -> tuple[str, str]:
    """As corrections name it: the register of people and the key there, a licence and its field, a service's path."""
    head, _dot, key = found.ref.partition(".")
    return (REGISTER, key) if head in ("person", "org") else (head, key or found.field)


def _whose(application: Application, found: FieldOrigin) -> int:
    """Whose data: the applicant's, or what is held about whoever acts for a firm."""
    about_person = found.ref.startswith("person.") and not application.subject.is_person
    return application.agent_id if about_person and application.agent_id else application.subject_id
