"""Items and editions as programs ask for them and see them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from yimen.catalog.choices import EditionDocument
from yimen.catalog.models import Consultation, Edition, Upload
from yimen.catalog.queries import Change
from yimen.catalog.queries.consulting import state_of
from yimen.catalog.queries.difference import Detail
from yimen.kit.rest import Asked, Shape
from yimen.kit.time import local

Facet = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]


class EditionLine(Shape):
    """An edition in a list. state: released suspended cancelled past; note: why it was made."""

    edition: int
    state: str
    state_label: str
    valid_from: date | None
    valid_to: date | None
    released_at: datetime | None
    note: str
    digest: str

    @classmethod
    def of(cls, edition: Edition) -> EditionLine:
        return cls(
            edition=edition.version,
            state=edition.state,
            state_label=edition.get_state_display(),
            valid_from=edition.valid_from,
            valid_to=edition.valid_to,
            released_at=local(edition.released_at) if edition.released_at else None,
            note=edition.note,
            digest=edition.digest,
        )


class Against(Asked):
    """The edition to compare with."""

    against: Annotated[int, Field(ge=0, le=100_000)]


class SegmentShape(Shape):
    """A stretch of both texts. kind: same removed added."""

    kind: str
    text: str


class DetailShape(Shape):
    """One field. segments: without the added ones the earlier text, without the removed ones the later one."""

    label: str
    before: str
    after: str
    segments: list[SegmentShape] = []


class ChangeShape(Shape):
    """One difference. place: where in the document; kind: added removed changed; was: the row's earlier name.

    effect: eases burdens alters neither; choosable: an easing that may be granted to open cases; new_only: why not.
    """

    place: str
    group: str
    label: str
    kind: str
    title: str
    was: str = ""
    effect: str
    choosable: bool = False
    new_only: str = ""
    details: list[DetailShape]

    @classmethod
    def of(cls, change: Change) -> ChangeShape:
        return cls(
            place=change.place,
            group=str(change.group),
            label=str(change.label),
            kind=change.kind,
            title=change.title,
            was=change.was,
            effect=change.effect.value,
            choosable=change.choosable,
            new_only=change.new_only,
            details=[_detail(each) for each in change.details],
        )


def _detail(detail: Detail) -> DetailShape:
    told = [SegmentShape(kind=each.kind, text=each.text) for each in detail.segments]
    return DetailShape(label=str(detail.label), before=detail.before, after=detail.after, segments=told)


class OfficeOfItem(Shape):
    code: str
    name: str
    phone: str
    address: str


class EditionShape(Shape):
    """The whole current edition: everything its document says, and beside it number, dates and office."""

    model_config = ConfigDict(extra="allow")

    slug: str
    name: str
    kind: str
    case_type: str
    department: str
    edition: int
    released_at: datetime | None
    valid_from: date | None
    digest: str
    office: OfficeOfItem
    subjects: list[str]
    promised_days: int | None
    statutory_days: int | None
    materials: list[dict[str, Any]]
    form_fields: list[dict[str, Any]]
    steps: list[dict[str, Any]]

    @classmethod
    def of(cls, edition: Edition) -> EditionShape:
        document: EditionDocument = edition.doc
        agency = edition.item.agency
        office = OfficeOfItem(
            code=agency.code, name=agency.name, phone=agency.window_phone or agency.phone, address=agency.address
        )
        return cls(
            **document.stored(),
            edition=edition.version,
            released_at=local(edition.released_at) if edition.released_at else None,
            valid_from=edition.valid_from,
            digest=edition.digest,
            office=office,
        )


class OfAgency(Asked):
    """Which agency's items."""

    agency: Facet = ""


class UploadProblem(Shape):
    """What is wrong, and where: a cell of a workbook (材料!F17), or a place in a document."""

    model_config = ConfigDict(extra="ignore")

    where: str
    head: str = ""
    value: str = ""
    reason: str


class UploadShape(Shape):
    """An upload: how far it is, what is wrong with it, what it would change. state as in UploadState."""

    number: int
    file: str
    form: str
    state: str
    begun_at: datetime
    begun_by: str
    doing: str
    done: int
    total: int
    new: int
    changed: int
    unchanged: int
    refused: str
    problem_count: int
    problems: list[UploadProblem]
    ignored: list[str]

    @classmethod
    def of(cls, upload: Upload, *, told: bool = True) -> UploadShape:
        """told: with every problem."""
        counts = {name: int(upload.counts.get(name, 0)) for name in ("new", "changed", "unchanged")}
        facts: dict[str, Any] = {name: getattr(upload, name) for name in cls.model_fields if hasattr(upload, name)}
        return cls(
            **{
                **facts,
                **counts,
                "number": upload.pk,
                "file": upload.file.name,
                "state": upload.state.value,
                "begun_at": local(upload.begun_at),
                "begun_by": upload.begun_by_name,
                "problems": [UploadProblem.model_validate(each) for each in upload.problems] if told else [],
            }
        )


class RowsAsked(Asked):
    """What a list is narrowed down to: words, an agency's code, a level."""

    q: Facet = ""
    agency: Facet = ""
    level: Facet = ""
    cursor: Annotated[str, StringConstraints(max_length=20)] | None = None
    size: Annotated[int, Field(ge=1, le=500)] = 50


class ConsultationsAsked(Asked):
    """Which consultations: by words, by where they stand."""

    q: Facet = ""
    state: Facet = ""
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None


class ListLine(Shape):
    """A list in the directory. published: its last quarter."""

    code: str
    title: str
    purpose: str
    count: int
    published: str | None


class ListColumn(Shape):
    key: str
    label: str


class ListRow(Shape):
    """An entry. key: the same in every quarter; values: by the keys of the columns."""

    key: str
    item: str
    guide: str
    agency: str
    agency_name: str
    levels: list[str]
    values: dict[str, str]


class ListPage(Shape):
    """A page of a list: as it stands now (quarter null), or as it was published."""

    code: str
    quarter: str | None
    total: int
    columns: list[ListColumn]
    items: list[ListRow]
    next: str | None


class ConsultationLine(Shape):
    """A consultation about a proof. state: upcoming open waiting concluded; outcome: kept changed dropped, or empty."""

    number: int
    title: str
    item: str
    proof: str
    basis: str
    reason: str
    opens_on: date
    closes_on: date
    state: str
    comments: int
    hearing_on: date | None
    outcome: str
    outcome_reason: str
    answer: str

    @classmethod
    def of(cls, found: Consultation, today: date) -> ConsultationLine:
        same = {
            name: getattr(found, name)
            for name in ("title", "basis", "reason", "opens_on", "closes_on", "hearing_on", "outcome", "outcome_reason")
        }
        return cls(
            number=found.pk, item=found.item.slug, proof=found.material_name, state=str(state_of(found, today)),
            comments=found.comments.count(), answer=found.answer, **same,
        )  # fmt: skip
