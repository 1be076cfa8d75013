"""Blank forms and samples: which edition names a file, and who may therefore fetch it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from yimen.catalog.choices import UNRELEASED, Attachment, EditionDocument
from yimen.catalog.models import Edition
from yimen.kit.errors import NotFound


class NoSuchAttachment(NotFound):
    code = "no_such_attachment"
    sentence = "没有找到这个文件，可能已经更换，请回到办事指南重新下载。"


def attachments(document: EditionDocument) -> Iterator[Attachment]:
    """Every file that a document names."""
    return (each for _place, each in placed_attachments(document))


def placed_attachments(document: EditionDocument) -> Iterator[tuple[str, Attachment]]:
    """The same, each with its place: materials[2].blank_form."""
    for number, material in enumerate(document.materials):
        for name, each in (("blank_form", material.blank_form), ("sample", material.sample)):
            if each:
                yield f"materials[{number}].{name}", each
    for number, result in enumerate(document.results):
        if result.sample:
            yield f"results[{number}].sample", result.sample


def _named(edition: Edition) -> list[Attachment]:
    """Those of an edition; a draft that can't be read yet names none (its editors fetch them in the editor)."""
    try:
        return list(attachments(edition.doc))
    except ValidationError:
        return []


def attachment(slug: str, file: str, *, drafts: bool) -> Attachment:
    """The attachment with this file. What no released edition names is seen only by those who may see drafts.

    Earlier editions count: a running case keeps its own. Raises NoSuchAttachment.
    """
    editions = Edition.objects.filter(item__slug=slug).order_by("-version")
    for edition in editions if drafts else editions.exclude(state__in=UNRELEASED):
        found = next((each for each in _named(edition) if each.file == file), None)
        if found is not None:
            return found
    raise NoSuchAttachment
