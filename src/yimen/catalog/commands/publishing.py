"""Publishing the lists for a quarter: what they say is frozen, with what changed since they were published last."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from yimen.catalog import access
from yimen.catalog.models import Publication
from yimen.catalog.queries.lists import LISTS, Row, current_rows
from yimen.catalog.queries.lists.differences import stored_row
from yimen.catalog.queries.lists.published import changes_since, heads_of
from yimen.catalog.queries.lists.quarters import first_day, quarter_of
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.crypto import sm3
from yimen.kit.errors import Refusal
from yimen.kit.locks import wait_turn
from yimen.kit.time import day_of
from yimen.ledger.commands import record

LOCK = "catalog.lists"
PLATFORM = "平台"


class NotThisQuarter(Refusal):
    code = "quarter_not_current"
    sentence = "清单按当前内容公布，只能公布本季度的清单。"


class AlreadyPublished(Refusal):
    code = "lists_already_published"
    sentence = "本季度的清单已经公布，公布后不再改动；变化将在下一季度公布。"


class NothingToPublish(Refusal):
    code = "nothing_to_publish"
    sentence = "目录里还没有在用的事项，没有可以公布的清单。"


def list_chain(code: str) -> str:
    """The ledger chain of one list."""
    return f"list:{code}"


@command
def publish_lists(quarter: str, *, by: Actor, at: datetime) -> list[Publication]:
    """Freeze every list that was not yet published in this quarter, with what changed since it was published last.

    Who: the staffing office, an administrator, the platform. Raises Forbidden, NotThisQuarter, NothingToPublish,
    AlreadyPublished.
    """
    access.require_publish(by)
    first_day(quarter)
    if quarter != quarter_of(day_of(at)):
        raise NotThisQuarter
    wait_turn(LOCK)  # two at once follow one another
    known = set(Publication.objects.filter(quarter=quarter).values_list("list", flat=True))
    if not current_rows("items"):
        raise NothingToPublish
    made = [_publish(code, quarter, by, at) for code in LISTS if code not in known]
    if not made:
        raise AlreadyPublished
    return made


def _publish(code: str, quarter: str, by: Actor, at: datetime) -> Publication:
    before = Publication.objects.defer("rows").filter(list=code).order_by("-quarter").first()
    rows, heads = current_rows(code), heads_of(code)
    made = Publication.objects.create(
        list=code, quarter=quarter, columns=heads, rows=[stored_row(row) for row in rows], count=len(rows),
        changes=changes_since(before, code).stored(), digest=digest_of(heads, rows), published_at=at,
        published_by=by.office_name or (PLATFORM if by.channel == "system" else by.name),
    )  # fmt: skip
    record(
        list_chain(code), "list_published", by=by, at=at, quarter=quarter, rows=made.count, digest=made.digest,
        against=made.changes["against"],
    )  # fmt: skip
    return made


def digest_of(heads: Sequence[tuple[str, str]], rows: Sequence[Row]) -> str:
    """SM3 of what a list says, in one fixed form: whoever holds the file can tell that it is the one published."""
    said = [list(heads), [stored_row(row) for row in rows]]
    return sm3(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hex()
