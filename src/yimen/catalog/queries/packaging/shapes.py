"""Packages as programs see them. The fields are a contract: more may come, none is renamed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from yimen.catalog.models import PackageEdition
from yimen.catalog.queries.packaging.assembling import Assembly
from yimen.catalog.queries.packaging.listing import PackageLine
from yimen.catalog.queries.packaging.resolving import Resolution
from yimen.kit.rest.shapes import Given, Shape
from yimen.kit.time import local

Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class ResolveGiven(Given):
    """Answers to a package's questions by name, and the items that may be left out and are."""

    answers: Annotated[dict[Word, Word], Field(max_length=50)] = {}
    left_out: Annotated[list[Word], Field(max_length=50)] = []


class PackageLineShape(Shape):
    """A package in a list. items: the slugs that may take part."""

    code: str
    name: str
    description: str
    life_event: str
    subjects: list[str]
    items: list[str]
    version: int

    @classmethod
    def of(cls, line: PackageLine) -> PackageLineShape:
        return cls(
            code=line.code, name=line.name, description=line.description, life_event=line.life_event,
            subjects=list(line.subjects), items=list(line.items), version=line.version,
        )  # fmt: skip


class PackageShape(Shape):
    """A package with its questions, members, order and what is declared one."""

    version: int
    released_at: datetime
    digest: str
    document: dict[str, Any]

    @classmethod
    def of(cls, edition: PackageEdition) -> PackageShape:
        return cls(
            version=edition.version,
            released_at=local(edition.released_at),
            digest=edition.digest,
            document=edition.doc.stored(),
        )


class MemberShape(Shape):
    """An item that takes part. after: what it waits for; starts, ends: working days from the start; latest: by the

    calendar, when all begins today.
    """

    item: str
    name: str
    edition: int
    stage: str | None
    after: list[str]
    starts: float
    ends: float
    latest: date | None
    critical: bool
    may_be_left_out: bool


class AskedShape(Shape):
    """A field of the merged form; members: {item: the name that it gave the field}; given: by an earlier item."""

    name: str
    label: str
    type: str
    required: bool
    choices: list[str]
    show_if: str | None
    members: dict[str, str]


class WantedShape(Shape):
    """A material of the merged list; given: the item whose result it is, "" when the applicant hands it in."""

    key: str
    name: str
    necessity: str
    licence_type: str
    given: str
    members: dict[str, str]


class ResolvedShape(Shape):
    """What somebody's package comes to."""

    code: str
    version: int
    answers: dict[str, str]
    working_days: int
    one_by_one: int
    latest: date | None
    members: list[MemberShape]
    left_out: list[str]
    unavailable: list[str]
    fields: list[AskedShape]
    materials: list[WantedShape]

    @classmethod
    def of(cls, found: Resolution, started: date) -> ResolvedShape:
        days, path = found.latest(started), found.assembly.path
        return cls(
            code=found.document.code,
            version=found.package.version,
            answers=dict(found.answers),
            working_days=path.working_days,
            one_by_one=path.one_by_one,
            latest=max(days.values(), default=None),
            members=_members(found, days),
            left_out=list(found.left_out),
            unavailable=list(found.gone),
            fields=field_shapes(found.assembly, {}),
            materials=material_shapes(found.assembly, {}),
        )


def field_shapes(assembly: Assembly, answers: Mapping[str, Any]) -> list[AskedShape]:
    """The merged form, given the answers."""
    served = {merged.name: merged for merged in assembly.form.fields}
    return [
        AskedShape(
            name=field.name,
            label=field.label,
            type=field.type.value,
            required=field.required,
            choices=list(field.choices or ()),
            show_if=field.show_if,
            members={need.fact.member: need.fact.name for need in served[field.name].needs},
        )
        for field in assembly.sheet(answers).form_fields
    ]


def material_shapes(assembly: Assembly, answers: Mapping[str, Any]) -> list[WantedShape]:
    """The merged list, given the answers: what is asked for, and what an earlier item gives."""
    needs = {need.key: need.necessity.value for need in assembly.material_needs(answers)}
    return [
        WantedShape(
            key=merged.key,
            name=merged.name,
            necessity=needs.get(merged.key, "given"),
            licence_type=merged.licence,
            given=merged.given,
            members={need.fact.member: need.fact.key for need in merged.needs},
        )
        for merged in assembly.materials
        if merged.given or merged.key in needs
    ]


def _members(found: Resolution, days: dict[str, date]) -> list[MemberShape]:
    by_slug = {member.slug: member for member in found.assembly.members}
    return [
        MemberShape(
            item=span.leg.key,
            name=by_slug[span.leg.key].document.name,
            edition=by_slug[span.leg.key].edition.version,
            stage=by_slug[span.leg.key].rule.stage,
            after=list(span.after),
            starts=float(span.starts),
            ends=float(span.ends),
            latest=days.get(span.leg.key),
            critical=span.leg.key in found.assembly.path.critical,
            may_be_left_out=span.leg.key in found.optional,
        )
        for span in found.assembly.path.spans
    ]
