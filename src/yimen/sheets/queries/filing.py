"""Files as answers: what was sent is kept by the application's own room, and the answer names it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from yimen.kit.errors import NotFound, Refusal
from yimen.kit.telling import named
from yimen.law.said import said
from yimen.sheets.choices import Kind, Sheet
from yimen.sheets.queries.checking import FieldError
from yimen.sheets.queries.values import GivenFile, empty
from yimen.sheets.queries.views import by_name


class Kept(NamedTuple):
    """Where a sent file was kept, and under which name."""

    file: str
    name: str


def keep_files(
    sheet: Sheet,
    told: Mapping[str, Any],
    held: Mapping[str, Any],
    *,
    keep: Callable[[GivenFile], Kept],
    known: Collection[str] = (),
) -> tuple[dict[str, Any], list[FieldError]]:
    """The answers with what was sent kept, and named: {"file": id, "name": …}.

    held: the answers until now; a file that is named must stand among them or be known. Codes: those that files
    refuse with, not_your_file.
    """
    fields, found, errors = by_name(sheet), dict(told), list[FieldError]()
    ours = {each["file"]: each for each in files_in(sheet, held)} | dict.fromkeys(known)
    for name, raw in told.items():
        if name not in fields or fields[name].kind is not Kind.FILE or empty(raw):
            continue
        wrong: tuple[str, str] | None = None
        if isinstance(raw, GivenFile):
            try:
                found[name] = keep(raw)._asdict()
            except Refusal as refusal:
                wrong = (refusal.code, str(refusal.detail))
        elif isinstance(raw, Mapping) and raw.get("file") in ours:
            found[name] = ours[raw["file"]] or dict(raw)
        else:
            wrong = ("not_your_file", "请上传文件。")
        if wrong:
            del found[name]
            message = named(fields[name].label, said(wrong[1]))
            errors.append(FieldError(field=name, code=wrong[0], message=message))
    return found, errors


def files_in(sheet: Sheet, answers: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """The files that answers name."""
    for field in sheet.form_fields:
        value = answers.get(field.name)
        if field.kind is Kind.FILE and isinstance(value, Mapping) and value.get("file"):
            yield value


def file_of(sheet: Sheet, answers: Mapping[str, Any], name: str) -> str:
    """The file with which a field was answered. Raises NotFound."""
    field, value = by_name(sheet).get(name), answers.get(name)
    if field is None or field.kind is not Kind.FILE or not isinstance(value, Mapping) or not value.get("file"):
        raise NotFound("没有找到这个文件。")
    return str(value["file"])


def sent(told: Mapping[str, Any]) -> dict[str, GivenFile]:
    """Of what a page sent, the files."""
    return {name: value for name, value in told.items() if isinstance(value, GivenFile)}


def written(told: Mapping[str, Any]) -> dict[str, Any]:
    """Of what a page sent, all that can be shown again as it was typed."""
    return {name: value for name, value in told.items() if not isinstance(value, GivenFile)}
