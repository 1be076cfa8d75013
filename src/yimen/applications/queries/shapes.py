"""An application as programs see it. The fields are a contract: more may come, none is renamed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from yimen.applications.choices import Channel, Presented, Trust
from yimen.applications.queries.origins import FieldOrigin, origins, source_words
from yimen.applications.queries.reading import documents, field_needs, material_needs, terms
from yimen.applications.queries.resolving import lacking, owed, resolutions
from yimen.kit.rest.shapes import Shape
from yimen.kit.telling import translated
from yimen.kit.time import local
from yimen.law.completeness import Missing, answers_that_count, asked_fields, asked_materials
from yimen.law.said import said

if TYPE_CHECKING:
    from yimen.applications.models import Application, Document
    from yimen.catalog.choices import Material
    from yimen.law.resolution import Resolution
    from yimen.sheets.choices import FormField


class FileShape(Shape):
    name: str
    size: int
    type: str
    sha256: str


class DocumentShape(Shape):
    """Something handed in for a material. presented: upload original copy licence; trust: A to D.

    valid_to: the last day of an original that was compared.
    """

    id: int
    material: str
    presented: str
    presented_label: str
    copies: int
    note: str
    trust: str
    trust_label: str
    handed_in_at: datetime
    checked_at: datetime | None
    valid_to: date | None = None
    file: FileShape | None
    licence: str | None


class ColumnShape(Shape):
    name: str
    label: str
    type: str
    choices: list[str]
    unit: str


class FieldShape(Shape):
    """A question of the form. asked: does its condition hold now; source: where a prefilled value comes from.

    origin: how far that is trusted (identity licence service same_item other_item profile, or empty), as_of: when it
    was true, prefilled: the value as it was filled in; challenged: the applicant says otherwise than a register;
    differs: what other registers say, in words.
    """

    name: str
    label: str
    type: str
    required: bool
    choices: list[str]
    hint: str
    unit: str
    section: str | None
    show_if: str | None
    max_length: int
    columns: list[ColumnShape]
    asked: bool
    value: Any = None
    source: str = ""
    origin: str = ""
    as_of: date | None = None
    prefilled: Any = None
    challenged: bool = False
    differs: list[str] = []


class MaterialShape(Shape):
    """A material of the edition's list, with what was handed in for it.

    way: how it is met (not_asked exempt form licence service earlier handed_in commitment tolerated upload), why: in
    words; met: nothing is left to do; open_ways: what one may choose instead; hints: why it is not met otherwise;
    until: the last day of the licence, the paper or the promise.
    """

    key: str
    name: str
    necessity: str
    asked: bool
    kind: str
    source: str
    issuer: str | None
    original: int
    copies: int
    electronic: bool
    licence_type: str | None
    basis: str | None
    standard: str | None
    show_if: str | None
    documents: list[DocumentShape]
    way: str
    why: str
    met: bool
    open_ways: list[str]
    hints: list[str]
    until: date | None


class MissingShape(Shape):
    """What is still missing or does not hold. kind: field material; also: other fields that a rule looks at."""

    kind: str
    key: str
    message: str
    also: list[str] = []


class ApplicantShape(Shape):
    document: str
    number: str
    name: str


class ApplicationShape(Shape):
    """An application in full, to whoever fills it in. owed: may come later (容缺), before anything is granted."""

    number: str
    state: str
    item: str
    item_name: str
    edition: int
    subject: ApplicantShape
    agency: str
    channel: str
    situation: dict[str, Any]
    begun_at: datetime
    saved_at: datetime
    submitted_at: datetime | None
    answers: dict[str, Any]
    fields: list[FieldShape]
    materials: list[MaterialShape]
    missing: list[MissingShape]
    owed: list[MissingShape]


def shape(application: Application, at: datetime) -> ApplicationShape:
    """The documents, and what else the applicant has that meets a material."""
    document, subject = application.edition.doc, application.subject
    handed_in = documents(application)
    return ApplicationShape(
        number=application.number,
        state=application.stage,
        item=application.item.slug,
        item_name=document.name,
        edition=application.edition.version,
        subject=ApplicantShape(document=subject.document, number=subject.number, name=subject.name),
        agency=application.agency.name,
        channel=Channel(application.channel).value,
        situation=application.situation,
        begun_at=local(application.begun_at),
        saved_at=local(application.saved_at),
        submitted_at=local(application.submitted_at) if application.submitted_at else None,
        answers=application.answers,
        fields=field_shapes(application),
        materials=material_shapes(application, handed_in, at),
        missing=missing_shapes(lacking(application, handed_in, at=at)),
        owed=missing_shapes(owed(application, handed_in)),
    )


def field_shapes(application: Application) -> list[FieldShape]:
    document, answers, sources = terms(application), application.answers, source_words(application, own=True)
    asked, was = asked_fields(field_needs(document), answers), origins(application)
    return [_field(field, answers, sources, field.name in asked, was.get(field.name)) for field in document.form_fields]


def material_shapes(application: Application, handed_in: Iterable[Document], at: datetime) -> list[MaterialShape]:
    """Every material of the list, each with its documents; what was eased away only if it is there."""
    document, answers = terms(application), application.answers
    by_key: dict[str, list[DocumentShape]] = {}
    for each in handed_in:
        by_key.setdefault(each.material, []).append(document_shape(each))
    needs = material_needs(document)
    asked = {need.key for need in asked_materials(needs, answers_that_count(field_needs(document), answers))}
    how = {each.key: each for each in resolutions(application, at)}
    return [
        _material(document.material(key) or material, key in asked, by_key.get(key, []), how[key])
        for material in application.edition.doc.materials
        if (key := material.key or "") in by_key or document.material(key)
    ]


def document_shape(document: Document) -> DocumentShape:
    file, licence = document.file, document.licence
    return DocumentShape(
        id=document.pk,
        material=document.material,
        presented=document.presented,
        presented_label=Presented(document.presented).label,
        copies=document.copies,
        note=document.note,
        trust=document.trust,
        trust_label=Trust(document.trust).label,
        handed_in_at=local(document.handed_in_at),
        checked_at=local(document.checked_at) if document.checked_at else None,
        valid_to=document.valid_to,
        file=FileShape(name=file.name, size=file.size, type=file.media_type, sha256=file.sha256) if file else None,
        licence=licence.kind.name if licence else None,
    )


def missing_shapes(lacks: Sequence[Missing]) -> list[MissingShape]:
    return [
        MissingShape(kind=each.kind, key=each.key, message=translated(each.message), also=list(each.also))
        for each in lacks
    ]


def _field(
    field: FormField, answers: Mapping[str, Any], sources: Mapping[str, str], asked: bool, was: FieldOrigin | None
) -> FieldShape:
    columns = field.table if field.kind == "table" else ()
    value = answers.get(field.name)
    return FieldShape(
        name=field.name,
        label=field.label,
        type=field.type.value,
        required=field.required,
        choices=list(field.choices or ()),
        hint=field.hint,
        unit=field.unit,
        section=field.section,
        show_if=field.show_if,
        max_length=field.max_length,
        columns=[
            ColumnShape(
                name=each.name, label=each.label, type=each.type, choices=list(each.choices or ()), unit=each.unit
            )
            for each in columns
        ],
        asked=asked,
        value=value.isoformat() if isinstance(value, date) else value,
        source=translated(sources.get(field.name, "")),
        **(_prefilled(was) if was else {}),
    )


def _prefilled(was: FieldOrigin) -> dict[str, Any]:
    return {
        "origin": was.origin.value,
        "as_of": was.as_of,
        "prefilled": was.was,
        "challenged": was.challenged,
        "differs": [
            translated(said("{source}：{value}", source=each.note, value=each.value))
            for each in was.others
            if isinstance(each.value, str | int | float)
        ],
    }


def _material(material: Material, asked: bool, handed_in: list[DocumentShape], how: Resolution) -> MaterialShape:
    return MaterialShape(
        key=material.key or "",
        name=material.name,
        necessity=material.necessity.value,
        asked=asked,
        kind=material.kind,
        source=material.source,
        issuer=material.issuer,
        original=material.original,
        copies=material.copies,
        electronic=material.electronic,
        licence_type=material.licence_type,
        basis=material.basis,
        standard=material.standard,
        show_if=material.show_if,
        documents=handed_in,
        way=how.way.value,
        why=translated(how.why),
        met=how.met,
        open_ways=[each.value for each in how.open],
        hints=[translated(each) for each in how.hints],
        until=how.until,
    )
