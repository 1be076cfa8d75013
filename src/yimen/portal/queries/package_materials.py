"""The materials of a package's one list as its applicant sees them: what is here and why, what is left to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.choices import Presented
from yimen.applications.queries.resolving_together import package_counts
from yimen.applications.queries.together import assembly_of, package_papers, package_resolutions
from yimen.catalog.queries.packaging.papers import PaperLine, guide_lines, guides_of, paper
from yimen.files.choices import ACCEPT
from yimen.kit.errors import NotFound
from yimen.kit.telling import translated
from yimen.law.completeness import Necessity
from yimen.law.resolution import Way
from yimen.law.said import several
from yimen.portal.queries.materials import GIVEN
from yimen.ui.words import plain_date

if TYPE_CHECKING:
    from yimen.applications.models import PackageApplication, PackagePaper
    from yimen.catalog.queries.packaging import Assembly
    from yimen.law.package_resolution import MergedResolution


@dataclass(frozen=True)
class Face:
    """A material of the merged list; the names are those of `materials.MaterialFace`.

    letter: the items in whose own applications a letter of commitment may be signed instead.
    """

    line: PaperLine
    upload: dict[str, Any]
    done: bool
    usable: bool
    way: str
    label: str
    why: str
    hints: tuple[str, ...]
    again: bool
    deferrable: bool
    decline: str
    letter: str


@dataclass(frozen=True)
class Groups:
    """The page, as `materials.Groups`; letters: what is left to the items' own applications; results: what an item of

    the package gives.
    """

    total: int
    here: int
    to_do: list[Face]
    letters: list[Face]
    handed_in: list[Face]
    given: list[Face]
    optional: list[Face]
    results: list[PaperLine]
    not_asked: list[MergedResolution]


def page(application: PackageApplication, at: datetime) -> Groups:
    """What is left to do first, then what is here and why, told once for all items."""
    found = package_resolutions(application, at)
    total, here = package_counts(found)
    how = {each.key: each for each in found}
    shown = faces(application, at)
    given = [face for face in shown if face.done and how[face.line.key].way in GIVEN]
    return Groups(
        total=total,
        here=here,
        to_do=[face for face in shown if how[face.line.key].lacks and not how[face.line.key].item_by_item],
        letters=[face for face in shown if how[face.line.key].item_by_item],
        handed_in=[face for face in shown if face.done and face not in given],
        given=given,
        optional=[face for face in shown if not face.done and not how[face.line.key].required],
        results=results(application),
        not_asked=[each for each in found if not each.asked],
    )


def faces(application: PackageApplication, at: datetime, *, errors: Mapping[str, str] | None = None) -> list[Face]:
    """The materials that somebody wants from the applicant, each once."""
    assembly = assembly_of(application)
    held: dict[str, list[PackagePaper]] = {}
    for each in package_papers(application):
        held.setdefault(each.material, []).append(each)
    said, wrong = guide_lines(guides_of(assembly)), errors or {}
    needs = {need.key: need.necessity for need in assembly.material_needs(application.answers)}
    return [
        _face(application, how, line, held.get(how.key, []), wrong.get(how.key, ""))
        for how in package_resolutions(application, at)
        if how.asked and (line := line_of(assembly, how, needs.get(how.key), said))
    ]


def face(application: PackageApplication, key: str, at: datetime, *, error: str = "") -> Face:
    """One of them. Raises NotFound."""
    found = next((each for each in faces(application, at, errors={key: error}) if each.line.key == key), None)
    if found is None:
        raise NotFound
    return found


def line_of(
    assembly: Assembly, how: MergedResolution, necessity: Necessity | None, said: Mapping[tuple[str, str], Any]
) -> PaperLine | None:
    """What the items' guides say of it."""
    merged = assembly.material(how.key)
    loosest = Necessity.REQUIRED if how.required else Necessity.OPTIONAL
    return paper(assembly, merged, necessity or loosest, said) if merged else None


def results(application: PackageApplication) -> list[PaperLine]:
    """What an earlier item of the package gives."""
    assembly = assembly_of(application)
    said = guide_lines(guides_of(assembly))
    return [paper(assembly, each, None, said) for each in assembly.materials if each.given]


def _face(
    application: PackageApplication, how: MergedResolution, line: PaperLine, mine: Sequence[PackagePaper], error: str
) -> Face:
    offered = {each for _slug, own in how.members if not own.met for each in (own.way, *own.open)}
    taken = how.met and any(own.way in (Way.LICENCE, Way.EARLIER) for _slug, own in how.members)
    lost = {ref for _slug, own in how.members for ref in own.lost}
    names = {member.slug: member.document.name for member in assembly_of(application).members}
    letters = [names[slug] for slug, own in how.wanting if Way.COMMITMENT in (own.way, *own.open)]
    number = application.number
    return Face(
        line=line,
        upload=_upload(number, how.key, line.name, mine, error, lost),
        done=how.met,
        usable=Way.LICENCE in (offered or how.open),
        way=how.way.value,
        label=translated(how.way.label),
        why=translated(several(how.whys, "")),
        hints=tuple(translated(each) for each in how.hints),
        again=Way.EARLIER in offered,
        deferrable=how.lacks and Way.TOLERATED in offered and not how.demanded,
        decline=reverse("portal:package_decline", args=[number, how.key]) if taken else "",
        letter="、".join(f"“{each}”" for each in letters) if how.lacks and not how.demanded else "",
    )


def _upload(
    number: str, key: str, name: str, held: Sequence[PackagePaper], error: str, lost: set[int]
) -> dict[str, Any]:
    return {
        "name": key,
        "label": name,
        "url": reverse("portal:package_upload", args=[number, key]),
        "accept": ACCEPT,
        "limit_mb": settings.YIMEN_UPLOAD_LIMIT // (1024 * 1024),
        "error": error,
        "multiple": True,
        "files": [_file(number, each, gone=each.pk in lost) for each in held],
    }


def _file(number: str, each: PackagePaper, *, gone: bool) -> dict[str, Any]:
    told = {
        Presented.LICENCE: _("城市已有，不用上传"),
        Presented.PROMISE: _("容缺后补"),
        Presented.EARLIER: _("以前交过，不用上传"),
    }
    return {
        "name": words(each),
        "size": each.file.size if each.file else None,
        "url": reverse("portal:package_document", args=[number, each.pk]) if each.file else "",
        "remove_url": reverse("portal:package_remove", args=[number, each.pk]),
        "state": "warn" if gone else "good",
        "word": _("现在不能使用") if gone else told.get(Presented(each.presented), _("已上传")),
    }


def words(each: PackagePaper) -> str:
    """A paper in one line."""
    if each.presented == Presented.LICENCE and each.licence:
        issued = plain_date(each.licence.issued_at)
        return _("%(kind)s（电子证照，%(day)s 签发）") % {"kind": each.licence.kind.name, "day": issued}
    if each.repeats and each.repeats.file:
        return str(each.repeats.file.name)
    if each.file:
        return str(each.file.name)
    if each.presented == Presented.PROMISE:
        return _("已承诺在作出决定前补交")
    return str(Presented(each.presented).label)


def rows(application: PackageApplication, at: datetime) -> list[dict[str, Any]]:
    """For the check: each material with what is there, or a dash, and why nothing need be handed in."""
    url = reverse("portal:package_materials", args=[application.number])
    return [
        {
            "label": each.line.name,
            "value": [file["name"] for file in each.upload["files"]] or ([each.label] if each.done else None),
            "note": _note(each),
            "change_url": f"{url}#upload-{each.line.key}",
        }
        for each in faces(application, at)
    ]


def _note(each: Face) -> str:
    if each.done:
        return "" if each.way == Way.HANDED_IN.value else each.why
    if each.letter:
        return _("在%(items)s的申请里签承诺书，或者提交材料") % {"items": each.letter}
    return "" if each.line.required else each.line.necessity
