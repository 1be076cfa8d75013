"""The case that is measured: a real item with 20 fields whose two review steps stand side by side."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from yimen.catalog import commands as catalog
from yimen.catalog import queries as editions
from yimen.catalog.models import Edition
from yimen.demo.choices import FIRM_CODE
from yimen.demo.commands import found
from yimen.demo.commands.city import DATA, is_founded
from yimen.demo.commands.secrets import demo_password
from yimen.demo.queries import sample_answers
from yimen.identity import commands as identity
from yimen.identity import queries as people
from yimen.identity.choices import Document
from yimen.identity.models import Subject
from yimen.kit.actor import Actor
from yimen.kit.time import now

ITEM, FIELDS = "drug-retail-licence", 20
STAFF = ("clerk", "reviewer", "chief", "deliverer")


@dataclass(frozen=True)
class Town:
    edition: Edition
    firm: Subject
    answers: dict[str, Any]

    def act(self, username: str, at: datetime) -> Actor:
        """Rights are worked out anew for each step, as at the door."""
        return people.actor_for(people.account(username), at)


def document() -> dict[str, Any]:
    """The demonstration's pharmacy licence, cut to 20 fields, its inspection beside its review.

    No material must be uploaded: files are not what is measured here.
    """
    raw: dict[str, Any] = json.loads((DATA / "items" / f"{ITEM}.json").read_text("utf-8"))
    raw["form_fields"] = raw["form_fields"][:FIELDS]
    raw["materials"] = [each | {"necessity": "非必要"} for each in raw["materials"]]
    second = next(step for step in raw["steps"] if step["name"] == "现场检查")
    second["parallel_with_previous"] = True
    return raw


def build() -> None:
    """Found the demonstration city without its cases, and release the edition."""
    at = now()
    if not is_founded():
        found(password=demo_password(), at=at)
    agency = editions.current(ITEM).item.agency
    catalog.release(document(), agency=agency, by=Actor.system(), at=at - timedelta(days=100))


def town() -> Town:
    edition = editions.current(ITEM)
    firm = people.find_subject(Document.USCC, FIRM_CODE)
    if firm is None:
        raise RuntimeError("the town was not built")
    return Town(edition, firm, sample_answers(edition.doc))


def doorway() -> dict[str, Any]:
    """What programs need that knock at the API: tokens, the body that begins an application, the answers."""
    at, place = now(), town()
    system = Actor.system()
    tokens = {name: identity.make_token(people.account(name), by=system, at=at) for name in ("owner", *STAFF)}
    subject = {"document": Document.USCC.value, "number": FIRM_CODE, "name": place.firm.name}
    begin = {"item": ITEM, "subject": subject, "channel": "web"}
    return {"tokens": tokens, "begin": begin, "answers": place.answers}
