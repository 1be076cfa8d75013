"""Which files a page may name: those that the draft names already, and those that were uploaded in the editor.

A file's id alone proves nothing, else an editor could publish a citizen's paper as a blank form: what was uploaded but
not saved yet is carried on the page under a signature.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.signing import BadSignature, Signer

from yimen.catalog.queries.editing.entries import Entries

FIELD = ".file"


def signed(file: str) -> str:
    """A file's id as a page carries it."""
    return _signer().sign(file) if file else ""


def admit(entries: Entries, document: Mapping[str, Any]) -> Entries:
    """The entries with plain ids; one that is neither signed nor in the document is left as the document has it."""
    known = set(files_of(document))
    for name in [name for name in entries.values if name.endswith(FIELD)]:
        held = entries.one(name)
        try:
            entries.set(name, _signer().unsign(held) if held else "")
        except BadSignature:
            if held not in known:
                entries.drop(name)
    return entries


def files_of(held: Any) -> Iterator[str]:
    """The ids of all files that a document names; drafts need not fit the model."""
    if isinstance(held, Mapping):
        if isinstance(held.get("file"), str):
            yield held["file"]
        for each in held.values():
            yield from files_of(each)
    elif isinstance(held, list | tuple):
        for each in held:
            yield from files_of(each)


def _signer() -> Signer:
    return Signer(salt="catalog.editing.file")
