"""The members of somebody's package put together: one form, one list of materials, and back again.

The law decides what is one (docs/rules/packages.md); here editions become its facts, and its answers form fields.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from yimen.catalog.choices import EditionDocument, Material, PackageDocument, PackageItem
from yimen.catalog.models import Edition
from yimen.catalog.queries.editions import NEEDS
from yimen.law.completeness import FieldNeed, MaterialNeed, answers_that_count
from yimen.law.package_fields import (
    Declared,
    FieldFact,
    MergedField,
    MergedForm,
    answers_for,
    answers_from,
    field_needs,
    merge_fields,
)
from yimen.law.package_materials import (
    MaterialFact,
    MergedMaterial,
    Shared,
    material_needs,
    merge_materials,
    wanted_now,
)
from yimen.law.package_path import CriticalPath, Leg, critical_path
from yimen.sheets.choices import FormField, Kind
from yimen.sheets.queries import library
from yimen.vault.queries import kinds

_UNIT = re.compile(r"[（(]([^（()）]{1,10})[）)]$")
NAMED = 3
LONGEST_LABEL = 200
MANY = 200


@dataclass(frozen=True)
class Taken:
    """A member that takes part, under the edition that counts for it."""

    rule: PackageItem
    edition: Edition

    @property
    def slug(self) -> str:
        """The item."""
        return self.rule.slug

    @property
    def document(self) -> EditionDocument:
        """What the edition says."""
        return self.edition.doc


@dataclass(frozen=True)
class MergedSheet:
    """A form as `sheets` takes it."""

    form_fields: tuple[FormField, ...]


@dataclass(frozen=True)
class Assembly:
    """One form and one list of materials for the members that take part."""

    package: PackageDocument
    members: tuple[Taken, ...]
    path: CriticalPath
    form: MergedForm
    materials: tuple[MergedMaterial, ...]

    def sheet(self, answers: Mapping[str, Any] | None = None) -> MergedSheet:
        """The form; what is required is so given the answers."""
        required = {need.name for need in self.field_needs(answers or {}) if need.required}
        return MergedSheet(
            tuple(field.model_copy(update={"required": field.name in required}) for field in self._fields)
        )

    def field_needs(self, answers: Mapping[str, Any]) -> list[FieldNeed]:
        """The fields as law.completeness counts them."""
        return field_needs(self.form, {field.name: field.label for field in self._fields}, answers)

    def material_needs(self, answers: Mapping[str, Any]) -> list[MaterialNeed]:
        """The materials that are asked for, given the answers."""
        return material_needs(self.materials, self.known(answers))

    def known(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers that count: those to fields that are asked."""
        return answers_that_count(self.field_needs(answers), answers)

    def material(self, key: str) -> MergedMaterial | None:
        """The material of a key."""
        return next((each for each in self.materials if each.key == key), None)

    def papers(self, merged: MergedMaterial) -> list[tuple[Taken, Material]]:
        """What each member that wants it says of it."""
        by_slug = {member.slug: member for member in self.members}
        return [
            (by_slug[need.fact.member], found)
            for need in merged.needs
            if (found := by_slug[need.fact.member].document.material(need.fact.key))
        ]

    def wanted_by(self, merged: MergedMaterial, answers: Mapping[str, Any]) -> tuple[str, ...]:
        """The members that want it from the applicant now."""
        return tuple(need.fact.member for need in wanted_now(merged, self.known(answers)))

    def answers_of(self, slug: str, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers that belong to one member, under its own names."""
        return answers_for(self.form, field_facts(self._member(slug).document), answers)

    def given_fields(self, slug: str) -> frozenset[str]:
        """The member's fields whose answer is the result of one it waits for."""
        return frozenset(
            need.fact.name
            for merged in self.form.fields
            for need in merged.needs
            if need.given and need.fact.member == slug
        )

    def awaited(self, slug: str) -> frozenset[str]:
        """The kinds of licences that a member needs and one it waits for gives."""
        return frozenset(
            need.fact.licence
            for merged in self.materials
            for need in merged.needs
            if need.given and need.fact.member == slug
        )

    def answers_in(self, slug: str, own: Mapping[str, Any]) -> dict[str, Any]:
        """A member's answers under the names of the merged form."""
        return answers_from(self.form, slug, own)

    def keys_of(self, slug: str) -> dict[str, str]:
        """{key of the merged list: key of the member's own list}."""
        return {
            merged.key: need.fact.key for merged in self.materials for need in merged.needs if need.fact.member == slug
        }

    def name_of(self, slug: str) -> str:
        """The item's name."""
        return self._member(slug).document.name

    def _member(self, slug: str) -> Taken:
        return next(member for member in self.members if member.slug == slug)

    @cached_property
    def _fields(self) -> tuple[FormField, ...]:
        return tuple(self._field(merged) for merged in self.form.fields if merged.asking)

    def _field(self, merged: MergedField) -> FormField:
        """The first member's field, under the merged name, with what the others add."""
        own = [
            found for need in merged.needs if (found := self._member(need.fact.member).document.field(need.fact.name))
        ]
        first = own[0]
        return first.model_copy(
            update={
                "name": merged.name,
                "label": self._label(merged, first),
                "choices": merged.choices or None,
                "show_if": merged.show_if,
                "prefill": next((each.prefill for each in own if each.prefill), None),
                "element": next((need.fact.element for need in merged.needs if need.fact.element), None),
                "hint": self._hint(merged, first),
                "section": first.section or self._section(merged, first),
                "max_length": min(each.max_length for each in own),
            }
        )

    def _label(self, merged: MergedField, first: FormField) -> str:
        """What is asked again, or has a namesake that means something else, says for which item it is asked."""
        alike = [each for each in self.form.fields if each.needs[0].fact.label == first.label]
        if len(alike) == 1 or first.kind is Kind.NUMBER or (not merged.rest_of and alike[0] is merged):
            return first.label
        return f"{first.label}（{self.name_of(merged.members[0])}）"[:LONGEST_LABEL]

    def _hint(self, merged: MergedField, first: FormField) -> str:
        names = [self.name_of(member) for member in merged.members]
        if merged.rest_of:
            return _("“%(item)s”不能选上面那一种，请为它另选。") % {"item": names[0]}
        if first.hint or len(names) in (1, len(self.members)):
            return first.hint
        told = "、".join(names[:NAMED])
        return _("用于：%(items)s") % {"items": told if len(names) <= NAMED else told + _("等 %d 项") % len(names)}

    def _section(self, merged: MergedField, first: FormField) -> str | None:
        """What only one item asks stands under its name; who applies and how results come are everybody's."""
        alone = len(merged.needs) == 1 and len(self.members) > 1 and not merged.rest_of
        general = (
            (first.prefill or "").startswith(("person.", "org.")) or "领取" in first.label or "邮寄" in first.label
        )
        return self.name_of(merged.members[0]) if alone and not general else None


_KNOWN: dict[tuple[str, tuple[str, ...]], Assembly] = {}


def assemble(package: PackageDocument, digest: str, taken: Sequence[Taken]) -> Assembly:
    """Put the members together; the same package and editions are put together once per process.

    Raises PackageError where they wait for one another.
    """
    key = (f"{digest}:{library().version}", tuple(f"{member.edition.pk}:{member.edition.digest}" for member in taken))
    found = _KNOWN.get(key) if digest else None
    if found is None:
        found = _assembled(package, tuple(taken))
        if len(_KNOWN) >= MANY:
            _KNOWN.pop(next(iter(_KNOWN)), None)
        if digest:
            _KNOWN[key] = found
    return found


def legs(package: PackageDocument, editions: Mapping[str, Edition]) -> list[Leg]:
    """All members on their way; one that is nowhere to be found takes no time."""
    return [
        Leg(
            rule.slug,
            editions[rule.slug].doc.decision_limits.promise,
            rule.order,
            rule.parallel,
            rule.depends_on,
        )
        for rule in package.items
        if rule.slug in editions
    ]


def field_facts(document: EditionDocument) -> list[FieldFact]:
    """The fields of an item as the law compares them."""
    known = library()
    return [
        FieldFact(
            member=document.slug,
            name=field.name,
            label=field.label,
            kind=field.kind.value,
            required=field.required,
            choices=tuple(field.choices or ()),
            source=field.prefill or "",
            show_if=field.show_if,
            shape=(_unit(field), field.columns),
            element=known.sure_element_of(field) or "",
        )
        for field in document.form_fields
    ]


def material_facts(document: EditionDocument) -> list[MaterialFact]:
    """The materials of an item as the law compares them."""
    return [
        MaterialFact(
            member=document.slug,
            key=material.key or "",
            name=material.name,
            kind=material.kind,
            licence=material.licence_type or "",
            necessity=NEEDS[material.necessity],
            show_if=material.show_if,
        )
        for material in document.materials
    ]


def _assembled(package: PackageDocument, taken: tuple[Taken, ...]) -> Assembly:
    editions = {member.slug: member.edition for member in taken}
    path = critical_path(legs(package, editions), set(editions))
    given = _given(taken, path)
    form = merge_fields(
        [fact for member in taken for fact in field_facts(member.document)],
        Declared(_groups(package.same_fields), _groups(package.different_fields)),
        _said(taken, given),
    )
    materials = merge_materials(
        [fact for member in taken for fact in material_facts(member.document)],
        Shared(
            package.shared_materials,
            package.shared_licences,
            Declared(_groups(package.same_materials), _groups(package.different_materials)),
        ),
        field_names=_field_names(form),
        given=given,
    )
    return Assembly(package, taken, path, form, tuple(materials))


def _given(taken: Iterable[Taken], path: CriticalPath) -> dict[tuple[str, str], str]:
    """Which licence each member gets from one it waits for."""
    before: dict[str, list[str]] = {}
    for span in path.spans:
        before[span.leg.key] = list(dict.fromkeys([*(each for key in span.after for each in before[key]), *span.after]))
    makes = {member.slug: {each.licence_type for each in member.document.results} for member in taken}
    return {
        (slug, licence): maker
        for slug, makers in before.items()
        for maker in reversed(makers)
        for licence in makes[maker]
        if licence
    }


def _said(taken: Iterable[Taken], given: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """{(member, source): maker}: what a licence says that does not exist yet, and a firm that is only founded."""
    known = kinds()
    founders = {
        member.slug for member in taken if all(field.prefill != "org.uscc" for field in member.document.form_fields)
    }
    said: dict[tuple[str, str], str] = {}
    for (slug, code), maker in given.items():
        keys = list(known[code].key_fields) if code in known else []
        said |= {(slug, f"licence.{code}.{key}"): maker for key in keys}
        if maker in founders and "uscc" in keys:
            said |= {(slug, f"org.{key}"): maker for key in keys}
    return said


def _field_names(form: MergedForm) -> dict[str, dict[str, Sequence[str]]]:
    found: dict[str, dict[str, Sequence[str]]] = {}
    for (member, name), places in form.places.items():
        found.setdefault(member, {})[name] = places
    return found


def _groups(declared: Collection[Sequence[str]]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group) for group in declared)


def _unit(field: FormField) -> str:
    """Behind a number's label stands its unit in the catalogues: 注册资本（万元）."""
    found = _UNIT.search(field.label) if field.kind is Kind.NUMBER else None
    return field.unit or (found[1] if found else "")
