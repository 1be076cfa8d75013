"""Answers: what is right of them is kept, even when others are wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yimen.applications import access
from yimen.applications.commands.opening import lock, require_open_fields
from yimen.applications.models import Application
from yimen.applications.queries.origins import sources_now
from yimen.applications.queries.signing import signer_of
from yimen.files import commands as files_room
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.time import day_of
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.sheets import queries as sheets
from yimen.sheets.queries import FieldError
from yimen.sheets.queries.filing import Kept

if TYPE_CHECKING:
    from yimen.sheets.queries.values import GivenFile


@command
def answer(
    application: Application,
    answers: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    files: Collection[str] = (),
    whole: Mapping[str, Any] | None = None,
) -> list[FieldError]:
    """Keep what is right of the answers, even when others are wrong; gives the errors [{field, code, message}].

    An empty value takes an answer back; a file that was sent (GivenFile) is kept. files: ids of files that were kept
    elsewhere and may be named here (a package's). whole: signatures that were given under a merged form
    (`sheets.sign`). Raises NotYours, NotOpen.
    """
    application = lock(application)
    access.require_hand(by, application, at)
    require_open_fields(application, answers)
    sheet, held = application.edition.doc, application.answers
    keep = keeper(application.number, by.acting_for(application.subject_id), at)
    told, refused = sheets.keep_files(sheet, answers, held, keep=keep, known=files)
    clean, errors = sheets.check(sheet, told, today=day_of(at))
    clean, unsigned = sheets.sign(sheet, clean, held, signer=lambda: signer_of(by), at=at, whole=whole)
    if clean:
        changed = {name for name, value in clean.items() if application.answers.get(name) != value}
        application.answers = {**application.answers, **clean}
        application.sources = sources_now(application.answers, application.origins, application.sources, changed)
    application.saved_at = at
    application.save(update_fields=["answers", "sources", "saved_at"])
    by = by.acting_for(application.subject_id)
    ledger.record(
        case_chain(application.number),
        "answered",
        by=by.acting_for(application.subject_id),
        at=at,
        fields=sorted(clean),
    )
    return refused + errors + unsigned


def keeper(number: str, by: Actor, at: datetime) -> Callable[[GivenFile], Kept]:
    """What keeps the files that answer fields of this application; it refuses before anything is written."""

    def keep(given: GivenFile) -> Kept:
        data, media = files_room.checked(given.content)
        name, about = given.name or "file", case_chain(number)
        kept = files_room.store(name=name, content=data, known=media, about=about, by=by, at=at)
        return Kept(str(kept.id), kept.name)

    return keep
