"""What is sent to begin, fill in and submit an application, and what only these doors answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints

from yimen.applications.choices import Channel
from yimen.applications.models import Application, PackageApplication, PackagePaper, PackagePart
from yimen.applications.queries import ApplicationShape, DocumentShape, MissingShape, missing_shapes
from yimen.applications.queries.together import (
    assembly_of,
    package_lacking,
    package_papers,
    package_resolutions,
    part_open,
    parts_of,
)
from yimen.catalog.queries.packaging.shapes import AskedShape, WantedShape, field_shapes, material_shapes
from yimen.identity.choices import Document
from yimen.kit.rest import Given, Shape
from yimen.kit.telling import translated
from yimen.kit.time import local
from yimen.law.said import several

if TYPE_CHECKING:
    from yimen.law.package_resolution import MergedResolution

Key = Annotated[str, StringConstraints(max_length=64)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Choice = Annotated[str, StringConstraints(max_length=500)]


class SubjectGiven(Given):
    """Who applies."""

    document: Document
    number: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]


class ApplicationGiven(Given):
    """Begin an application."""

    item: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    subject: SubjectGiven
    channel: Channel = Channel.WEB
    situation: Annotated[dict[Key, Choice | bool | int | None], Field(max_length=50)] = {}


class AnswersGiven(Given):
    """Answers by field name; null or "" takes one back."""

    answers: Annotated[dict[Key, Any], Field(max_length=500)]


class ConsentGiven(Given):
    """What a person says, or whoever speaks for a firm: may earlier answers and papers be used for other items?"""

    subject: SubjectGiven
    say: Literal["agree", "decline", "revoke"]


class ConsentShape(Shape):
    """agreed: it counts now; wording: the version of the text that was shown, with when and by which way."""

    agreed: bool
    said: str
    wording: str
    channel: str
    said_at: datetime | None
    revoked_at: datetime | None


class CopyGiven(Given):
    """The number of the earlier application."""

    earlier: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class BatchGiven(Given):
    """Beside the workbook: which item, for which firm (its unified code)."""

    item: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    firm: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class BatchConfirmGiven(Given):
    """Names of the declarations and signatures that are given for all rows."""

    declared: Annotated[list[Key], Field(max_length=50)] = []


class BatchRowShape(Shape):
    """One line: faults by cell, the number it was filed under, why it was refused."""

    place: int
    name: str
    number: str | None
    repeats: str | None
    faults: list[dict[str, str]]
    refused: list[str]


class BatchShape(Shape):
    """Applications from a workbook, and how far they are."""

    id: int
    item: str
    firm: str
    total: int
    faulty: int
    repeated: int
    filed: int
    failed: int
    to_file: int
    confirmed_at: datetime | None
    finished_at: datetime | None
    rows: list[BatchRowShape]


class PresentedGiven(Given):
    """What a clerk has before them, a licence from the applicant's vault, what they handed in with an earlier

    application, or a promise to bring it later (容缺). licence_number: at a window, of an own department's licence that
    is named instead of taking paper.
    """

    presented: Literal["original", "copy", "licence", "earlier", "promise"]
    licence_number: Annotated[str, StringConstraints(max_length=120)] = ""
    copies: Annotated[int, Field(ge=1, le=99)] = 1
    note: Note = ""


class UploadGiven(Given):
    """What goes with an uploaded file."""

    copies: Annotated[int, Field(ge=1, le=99)] = 1
    note: Note = ""


class WrongShape(Shape):
    """A value that doesn't hold."""

    field: str
    code: str
    message: str


class AnsweredShape(ApplicationShape):
    """The application after answers were kept; errors: of those that were not."""

    errors: list[WrongShape]


class AttachedShape(DocumentShape):
    """A document as handed in, and what is still missing."""

    missing: list[MissingShape]


class RemovedShape(Shape):
    """A document that was taken back, and what is missing now."""

    removed: int
    missing: list[MissingShape]


class DraftShape(Shape):
    """A draft in a list."""

    number: str
    item: str
    item_name: str
    subject: str
    channel: str
    begun_at: datetime
    saved_at: datetime

    @classmethod
    def of(cls, application: Application) -> DraftShape:
        item = application.item
        return cls(
            number=application.number,
            item=item.slug,
            item_name=item.name,
            subject=application.subject.masked_name,
            channel=application.channel,
            begun_at=local(application.begun_at),
            saved_at=local(application.saved_at),
        )


class PackageGiven(Given):
    """Begin an application for a package."""

    package: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    subject: SubjectGiven
    channel: Channel = Channel.WEB
    situation: Annotated[dict[Key, Choice], Field(max_length=50)] = {}
    left_out: Annotated[list[Choice], Field(max_length=50)] = []


class PartGiven(Given):
    """Begin one item of it. subject: the package's unless given (a firm that was founded meanwhile)."""

    subject: SubjectGiven | None = None


class PaperShape(Shape):
    """Something handed in for a material of the merged list."""

    id: int
    material: str
    presented: str
    trust: str
    handed_in_at: datetime
    file: str | None
    licence: str | None


class PartShape(Shape):
    """An item of the package. application: the number of its own application, "" while there is none."""

    item: str
    name: str
    edition: int
    application: str
    state: str


class MemberWayShape(Shape):
    """How one item finds a material met, were it alone."""

    item: str
    way: str
    met: bool


class MergedMaterialShape(WantedShape):
    """A material of the merged list and how it is met; the words are those of an item's own material.

    way: exempt form licence service earlier handed_in commitment tolerated upload; given when an earlier item gives it.
    A commitment is signed in the application of each item that takes one. items: of each item that wants it.
    """

    way: str
    why: str
    met: bool
    open_ways: list[str]
    hints: list[str]
    until: date | None
    items: list[MemberWayShape]


class PackageApplicationShape(Shape):
    """One application for a package: the merged form and list, what is missing, and its items."""

    number: str
    state: str
    package: str
    version: int
    subject: str
    situation: dict[str, Any]
    left_out: list[str]
    saved_at: datetime
    answers: dict[str, Any]
    fields: list[AskedShape]
    materials: list[MergedMaterialShape]
    papers: list[PaperShape]
    missing: list[MissingShape]
    parts: list[PartShape]

    @classmethod
    def of(cls, application: PackageApplication, at: datetime) -> PackageApplicationShape:
        assembly = assembly_of(application)
        return cls(
            number=application.number,
            state=application.stage,
            package=application.package.package.code,
            version=application.package.version,
            subject=application.subject.masked_name,
            situation=application.situation,
            left_out=application.left_out,
            saved_at=local(application.saved_at),
            answers=application.answers,
            fields=field_shapes(assembly, application.answers),
            materials=_merged_materials(application, at),
            papers=[_paper(each) for each in package_papers(application)],
            missing=missing_shapes(package_lacking(application, at)),
            parts=[_part(each) for each in parts_of(application)],
        )


class PackageAnsweredShape(PackageApplicationShape):
    """The same after answers were kept; errors: of those that were not."""

    errors: list[WrongShape]


def _merged_materials(application: PackageApplication, at: datetime) -> list[MergedMaterialShape]:
    """What is asked for and what an earlier item gives, in the order of the list."""
    how = {each.key: each for each in package_resolutions(application, at)}
    wanted = material_shapes(assembly_of(application), application.answers)
    return [MergedMaterialShape(**dict(each), **_met(how.get(each.key))) for each in wanted]


def _met(how: MergedResolution | None) -> dict[str, Any]:
    if how is None or not how.asked:
        return {"way": "given", "why": "", "met": True, "open_ways": [], "hints": [], "until": None, "items": []}
    return {
        "way": how.way.value,
        "why": translated(several(how.whys, "")),
        "met": how.met,
        "open_ways": [each.value for each in how.open],
        "hints": [translated(each) for each in how.hints],
        "until": how.until,
        "items": [MemberWayShape(item=slug, way=own.way.value, met=own.met) for slug, own in how.members],
    }


def _paper(paper: PackagePaper) -> PaperShape:
    return PaperShape(
        id=paper.pk,
        material=paper.material,
        presented=paper.presented,
        trust=paper.trust,
        handed_in_at=local(paper.handed_in_at),
        file=paper.file.name if paper.file else None,
        licence=paper.licence.kind.name if paper.licence else None,
    )


def _part(part: PackagePart) -> PartShape:
    own = part.application if part_open(part) else None
    return PartShape(
        item=part.item.slug,
        name=part.edition.doc.name,
        edition=part.edition.version,
        application=own.number if own else "",
        state=own.stage if own else "",
    )


def _sent(**more: Any) -> dict[str, Any]:
    """A form with a file, and what is sent beside it."""
    needed = [name for name, each in more.items() if "minimum" not in each and name not in ("note", "files")]
    shape = {
        "type": "object",
        "required": ["file", *needed],
        "properties": {"file": {"type": "string", "format": "binary"}, **more},
    }
    return {"multipart/form-data": {"schema": shape}}


def _body(content: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": content}}


HANDED_IN = _body(
    _sent(copies={"type": "integer", "minimum": 1, "maximum": 99}, note={"type": "string", "maxLength": 300})
    | {"application/json": {"schema": PresentedGiven.model_json_schema()}}
)
_FILES = {"type": "array", "items": {"type": "string", "format": "binary"}}
WORKBOOK_SENT = _body(
    _sent(item={"type": "string", "maxLength": 80}, firm={"type": "string", "maxLength": 40}, files=_FILES)
)
FILE_SENT = _body(_sent())
_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
FILE = {"responses": {200: {"description": "文件", "content": _BYTES}}}
