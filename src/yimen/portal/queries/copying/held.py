"""Of a copy: the licences with their files, who used them, when they were frozen; what was agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from yimen.applications.choices import Channel, Said
from yimen.applications.queries.consents import said_by
from yimen.files.queries import read_file
from yimen.portal.queries.copying.matters import Files
from yimen.vault.queries import all_uses_of, facts, file_of, freezes_of, held_by, lines


def licences(ids: Sequence[int], files: Files) -> list[dict[str, Any]]:
    """Those that were signed for this person or firm: the signed layout file, and the scan of what was on paper."""
    return [_licence(each, files) for each in held_by(list(ids))]


def _licence(each: Any, files: Files) -> dict[str, Any]:
    kept = file_of(each)
    return {
        "kind": each.kind.name,
        "number": each.number,
        "identifier": each.identifier,
        "issuer": each.issuer,
        "issued_at": each.issued_at,
        "valid_from": each.valid_from,
        "valid_to": each.valid_to,
        "state": each.get_state_display(),
        "trust": each.trust,
        "facts": [{"field": fact.label, "value": fact.value} for fact in facts(each)],
        "file": _file(f"licences/{each.pk}.pdf", kept.file_id if kept else None, files),
        "scan": _file(f"licences/{each.pk}-scan", each.file_id, files),
        "uses": [
            {"at": line.at, "what": line.title, "text": line.text, "by": line.by}
            for line in lines(all_uses_of(each.pk))
        ],
        "frozen": [
            {"from": row.began_at, "why": row.why or None, "lifted_at": row.lifted_at} for row in freezes_of(each.pk)
        ],
    }


def _file(path: str, file: Any, files: Files) -> str | None:
    if file is None:
        return None
    files[path] = partial(read_file, file)
    return path


def consents(ids: Sequence[int]) -> list[dict[str, Any]]:
    """What was said when it was asked whether earlier answers and papers may serve other items."""
    return [
        {
            "said": Said(row.said).label, "channel": Channel(row.channel).label, "said_at": row.said_at,
            "revoked_at": row.revoked_at,
        }
        for row in said_by(ids)
    ]  # fmt: skip
