"""Is an item of an upload fit to be loaded by whoever sent it? Asked of each, whatever form it came in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings

from yimen.catalog.choices import UNRELEASED, EditionDocument, EditionState
from yimen.catalog.models import Item
from yimen.catalog.queries.attachments import attachments
from yimen.catalog.queries.checking import WHOLE, check, typed
from yimen.catalog.queries.delegation import below
from yimen.catalog.queries.uploads.standing import Standing
from yimen.city import queries as city
from yimen.kit.actor import Actor

if TYPE_CHECKING:
    from yimen.city.models import Agency

Place = tuple[str | int, ...]
Wrong = tuple[Place, str]


class Judge:
    """Knows the agencies and who asks; reads nothing more of the database than the checks themselves do."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        rows = list(city.agencies().order_by("division__path", "code"))
        self.by_code = {agency.code: agency for agency in rows}
        self.by_department: dict[str, Agency] = {}
        for agency in rows:
            own = agency.division.code == settings.YIMEN_CITY_DIVISION
            if own or agency.department not in self.by_department:
                self.by_department.setdefault(agency.department, agency)

    def judge(self, raw: Any, standing: Standing | None) -> tuple[EditionDocument | None, Agency | None, list[Wrong]]:
        """The document and its agency when they may be loaded, and everything that is wrong with them."""
        document, problems = check(raw)
        wrong = [(place_of(each.field), each.reason) for each in problems]
        known = raw if isinstance(raw, Mapping) else {}
        agency = self._agency(known)
        if known and agency is None and not any(place[:1] in (("agency",), ("department",)) for place, _why in wrong):
            wrong.append(self._no_agency(known))
        wrong += self._rights(agency, standing)
        wrong += _standing_still(standing)
        if document is not None:
            wrong += _own_files(document, standing)
            wrong += _inheritance(document, agency, standing)
        return document, agency, wrong

    def _agency(self, raw: Mapping[str, Any]) -> Agency | None:
        code, department = raw.get("agency"), raw.get("department")
        return self.by_code.get(str(code)) if code else self.by_department.get(str(department))

    def _no_agency(self, raw: Mapping[str, Any]) -> Wrong:
        if raw.get("agency"):
            return ("agency",), f"没有部门“{raw['agency']}”"
        return ("department",), f"没有简码为“{raw.get('department') or ''}”的部门"

    def _rights(self, agency: Agency | None, standing: Standing | None) -> Iterator[Wrong]:
        if self.by.channel == "system":
            return
        if agency is not None and not self.by.may("editor", agency.pk):
            yield ("agency",), f"您的岗位不能编制{agency.name}的事项"
        if standing is not None and (agency is None or standing.item.agency_id != agency.pk):
            owner = standing.item.agency
            if not self.by.may("editor", owner.pk):
                yield ("slug",), f"这个标识属于{owner.name}的事项“{standing.item.name}”，您的岗位不能修改"


def place_of(field: str) -> Place:
    """materials[2].name as ("materials", 2, "name")."""
    if field == WHOLE:
        return ()
    return tuple(int(number) if number else name for number, name in re.findall(r"\[(\d+)\]|([^.\[\]]+)", field))


def typed_before(standing: Standing | None) -> EditionDocument | None:
    """What the item says now, as a document; None for a new one, or a draft that isn't fit yet."""
    if standing is None or standing.edition is None:
        return None
    document, _problems = typed(EditionDocument, standing.document)
    return document


def _standing_still(standing: Standing | None) -> Iterator[Wrong]:
    """What the offices have before them can't be changed under their hands."""
    if standing is None:
        return
    if standing.edition is None:
        yield ("slug",), "这个事项已经取消，不能导入"
    elif standing.edition.state in UNRELEASED and standing.edition.state != EditionState.DRAFT:
        label = EditionState(standing.edition.state).label
        yield ("slug",), f"这个事项的第 {standing.edition.version} 版已经送审（{label}），退回修改或者发布之后才能导入"


def _inheritance(document: EditionDocument, agency: Agency | None, standing: Standing | None) -> Iterator[Wrong]:
    """Whose standard an item follows is settled when it is taken on: nobody leaves it by a file."""
    said = (document.inherits.slug, document.inherits.version) if document.inherits else None
    if standing is not None:
        known = standing.document.get("inherits") or {}
        if said != ((known["slug"], known["version"]) if known else None):
            yield ("inherits",), "承接哪个上级事项、哪一版是承接时确定的，不能在这里改动：请改回下载时的内容"
    elif said is not None and agency is not None:
        upper = Item.objects.select_related("agency__division").filter(slug=said[0]).first()
        if upper is None:
            yield ("inherits",), f"没有上级事项“{said[0]}”，请先发布上级事项，再承接"
        elif not below(agency, upper):
            yield ("inherits",), f"{agency.name}不在{upper.agency.name}的下级，不能承接“{upper.name}”"
        elif not upper.editions.filter(version=said[1]).exclude(state__in=UNRELEASED).exists():
            yield ("inherits", "version"), f"上级事项“{upper.name}”没有发布过第 {said[1]} 版"


def _own_files(document: EditionDocument, standing: Standing | None) -> Iterator[Wrong]:
    """A file is named by its number only where the item has it already: nobody publishes another's file by guessing."""
    before = typed_before(standing) if any(each.file for each in attachments(document)) else None
    own = {each.file for each in attachments(before)} if before else set()
    for number, material in enumerate(document.materials):
        for part in ("blank_form", "sample"):
            each = getattr(material, part)
            if each and each.file and each.file not in own:
                yield ("materials", number, part, "file"), "没有这个文件：请在网页上传文件，或填写网址"
    for number, result in enumerate(document.results):
        if result.sample and result.sample.file and result.sample.file not in own:
            yield ("results", number, "sample", "file"), "没有这个文件：请在网页上传文件，或填写网址"
