"""The merged list of materials as people read it, at home and at a window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yimen.catalog.choices import Necessity
from yimen.catalog.queries.guide import NECESSITY, Guide, MaterialLine, guide
from yimen.catalog.queries.packaging.assembling import Assembly
from yimen.law.completeness import Necessity as LegalNecessity
from yimen.law.package_materials import MergedMaterial

WORDS = {
    LegalNecessity.REQUIRED: NECESSITY[Necessity.REQUIRED],
    LegalNecessity.DEFERRABLE: NECESSITY[Necessity.TOLERATED],
    LegalNecessity.OPTIONAL: NECESSITY[Necessity.OPTIONAL],
}

GuideLines = Mapping[tuple[str, str], MaterialLine]
Guides = Mapping[str, Guide]


@dataclass(frozen=True)
class Wanted:
    """Who needs a material, and what that item calls it."""

    item: str
    called: str
    necessity: str


@dataclass(frozen=True)
class PaperLine:
    """A material of the merged list. given: the item whose result it is; held: the licence the city already has."""

    key: str
    name: str
    required: bool
    necessity: str
    how: str
    spared: str
    given: str
    held: str
    wanted: tuple[Wanted, ...]
    mistakes: tuple[str, ...]
    standard: str = ""
    licence: str = ""


def guides_of(assembly: Assembly) -> Guides:
    """The guide of each member; made once for a page."""
    return {member.slug: guide(member.edition) for member in assembly.members}


def papers(assembly: Assembly, guides: Guides, answers: Mapping[str, Any], held: Mapping[str, str]) -> list[PaperLine]:
    """The merged list: first what must be brought, then what may follow, then what some situations need."""
    needs = {need.key: need.necessity for need in assembly.material_needs(answers)}
    said = guide_lines(guides)
    lines = [
        paper(assembly, each, needs.get(each.key), said, held.get(each.key, ""))
        for each in assembly.materials
        if each.given or each.key in needs
    ]
    order = [str(WORDS[each]) for each in WORDS]
    return sorted(lines, key=lambda line: (bool(line.given), order.index(line.necessity)))


def guide_lines(guides: Guides) -> GuideLines:
    """What each member's guide says of its materials."""
    return {(slug, line.key): line for slug, known in guides.items() for line in known.materials}


def paper(
    assembly: Assembly,
    merged: MergedMaterial,
    necessity: LegalNecessity | None,
    guides: GuideLines,
    held: str = "",
) -> PaperLine:
    """One material with everybody who wants it."""
    said = assembly.papers(merged)
    lines = [guides[member.slug, material.key or ""] for member, material in said]
    return PaperLine(
        key=merged.key,
        name=merged.name,
        required=necessity is LegalNecessity.REQUIRED,
        necessity=str(WORDS[necessity or LegalNecessity.REQUIRED]),
        licence=next((line.licence for line in lines if line.licence), ""),
        standard=next((line.standard for line in lines if line.standard), ""),
        how=max((line.how for line in lines), key=len, default=""),
        spared=next((line.spared for line in lines if line.spared), ""),
        given=assembly.name_of(merged.given) if merged.given else "",
        held=held,
        wanted=tuple(
            Wanted(member.document.name, material.name if material.name != merged.name else "", line.necessity)
            for (member, material), line in zip(said, lines, strict=True)
        ),
        mistakes=tuple(dict.fromkeys(each for line in lines for each in line.mistakes)),
    )
