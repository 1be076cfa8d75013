"""Everything an edition knows, prepared for a guide page: plain words, in the order in which people ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yimen.catalog.choices import (
    Attachment,
    EditionDocument,
    Faq,
    Material,
    Necessity,
    Result,
    SpecialProcedure,
    Step,
    StepKind,
)
from yimen.catalog.choices.steps import LABELS as STEP_LABELS
from yimen.catalog.models import Edition
from yimen.catalog.queries.condition_words import condition_words
from yimen.catalog.queries.saying import days
from yimen.law.terms import Limit
from yimen.law.whose import ONESELF, whose
from yimen.ui.words import limit as words_of
from yimen.vault.queries import kinds

if TYPE_CHECKING:
    from yimen.city.models import Agency
    from yimen.vault.models import LicenceKind


@dataclass(frozen=True)
class Download:
    """A file to fetch. outside: it lies elsewhere, not on this platform."""

    name: str
    url: str
    outside: bool


@dataclass(frozen=True)
class MaterialLine:
    """A material as a guide shows it. how: 原件 1 份、复印件 1 份; spared: why it need not be brought, in words.

    when: the situation in which it is asked for, in words; notes: (label, words) of what else there is to know.
    """

    key: str
    name: str
    necessity: str
    required: bool
    kind: str
    how: str
    source: str
    issuer: str
    licence: str
    spared: str
    basis: str
    standard: str
    mistakes: tuple[str, ...]
    when: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    blank_form: Download | None = None
    sample: Download | None = None
    review_points: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepLine:
    """A step. days: in words, "" where not fixed; parallel: side by side with the step before."""

    number: int
    name: str
    role: str
    days: str
    kind: str
    kind_label: str
    parallel: bool
    office: str = ""
    decided_by: str = ""
    review_points: tuple[str, ...] = ()
    special: str = ""


@dataclass(frozen=True)
class ProcedureLine:
    """A special procedure (不计入时限)."""

    name: str
    days: str
    counted: bool


@dataclass(frozen=True)
class ResultLine:
    """What one gets. validity: of the licence, in words."""

    name: str
    kind: str
    licence: str
    validity: str
    sample: Download | None = None


@dataclass(frozen=True)
class Office:
    """Who handles it and how to reach them."""

    name: str
    code: str
    address: str
    phone: str
    window_phone: str
    division: str


@dataclass(frozen=True)
class Guide:
    """A guide page's content. promised, statutory: limits in words; limit_reason: where they come from."""

    slug: str
    name: str
    kind: str
    case_type: str
    instant: bool
    code: str
    version: int
    released_at: datetime | None
    subjects: tuple[str, ...]
    themes: tuple[str, ...]
    life_events: tuple[str, ...]
    levels: tuple[str, ...]
    office: Office
    promised: str
    statutory: str
    limit_reason: str
    visits: int
    visits_words: str
    online: str
    online_depth: str
    cross_city: bool
    fee: str
    charged: bool
    fee_basis: str
    delivery: tuple[str, ...]
    conditions: tuple[str, ...]
    materials: tuple[MaterialLine, ...]
    steps: tuple[StepLine, ...]
    procedures: tuple[ProcedureLine, ...]
    results: tuple[ResultLine, ...]
    legal_basis: tuple[str, ...]
    faq: tuple[Faq, ...]
    fields: tuple[str, ...]

    @property
    def required_materials(self) -> int:
        """How many materials everybody needs, whatever the situation."""
        return len(self.always)

    @property
    def spared_materials(self) -> int:
        """How many of those need not be brought when the city has the data already."""
        return sum(bool(material.spared) for material in self.always)

    @property
    def always(self) -> tuple[MaterialLine, ...]:
        """The materials that everybody needs."""
        return tuple(material for material in self.materials if material.required and not material.when)

    @property
    def sometimes(self) -> tuple[MaterialLine, ...]:
        """The materials that a situation makes necessary."""
        return tuple(material for material in self.materials if material.required and material.when)


ONLINE = {
    "一级": gettext_lazy("网上可查看办事指南和下载表格"),
    "二级": gettext_lazy("网上可预约和下载表格，须到现场办理"),
    "三级": gettext_lazy("网上可以申请和预审，须到现场一次"),
    "四级": gettext_lazy("全程网上办理，不用跑现场"),
}
SPARED = {
    "电子证照": gettext_lazy("有电子证照的不用提交"),
    "数据共享": gettext_lazy("可以通过数据共享核验，不用提交"),
    "告知承诺": gettext_lazy("可以用书面承诺代替"),
}
NECESSITY = {
    Necessity.REQUIRED: gettext_lazy("必要"),
    Necessity.OPTIONAL: gettext_lazy("特定情形需要"),
    Necessity.TOLERATED: gettext_lazy("可以容缺后补"),
}


def guide(edition: Edition) -> Guide:
    """The guide of an edition; two statements at most beside what the edition was read with."""
    document, item, known = edition.doc, edition.item, kinds()
    limits = document.decision_limits
    return Guide(
        slug=document.slug,
        name=document.name,
        kind=document.kind,
        case_type=document.case_type.value,
        instant=document.instant,
        code=document.code or "",
        version=edition.version,
        released_at=edition.released_at,
        subjects=document.subjects,
        themes=document.theme,
        life_events=document.life_event,
        levels=document.level,
        office=_office(item.agency),
        promised=_limit(limits.promise, instant=document.instant),
        statutory=_limit(limits.statutory, instant=limits.statutory.instant),
        limit_reason=limits.sentence,
        visits=document.visits,
        visits_words=_visits(document.visits),
        online=str(ONLINE[document.online_depth]),
        online_depth=document.online_depth,
        cross_city=document.cross_city,
        fee=_fee(document),
        charged=document.fee.charged,
        fee_basis=document.fee.basis or "",
        delivery=document.delivery,
        conditions=document.conditions,
        materials=tuple(_material(material, known, document) for material in document.materials),
        steps=tuple(_step(number, step, document) for number, step in enumerate(document.steps, 1)),
        procedures=tuple(_procedure(each) for each in document.special_procedures),
        results=tuple(_result(each, known.get(each.licence_type or ""), document.slug) for each in document.results),
        legal_basis=tuple(str(basis) for basis in document.legal_basis),
        faq=document.faq,
        fields=tuple(field.label for field in document.form_fields),
    )


def _limit(limit: Limit, *, instant: bool) -> str:
    return words_of(0 if instant else limit.amount, limit.unit)


def _visits(count: int) -> str:
    if not count:
        return _("一次也不用跑")
    return ngettext("最多跑 %(n)s 次", "最多跑 %(n)s 次", count) % {"n": count}


def _office(agency: Agency) -> Office:
    return Office(
        name=agency.name,
        code=agency.code,
        address=agency.address,
        phone=agency.phone,
        window_phone=agency.window_phone,
        division=agency.division.name,
    )


def _procedure(each: SpecialProcedure) -> ProcedureLine:
    return ProcedureLine(each.name, days(each.days, each.unit) if each.days else "", each.counts_towards_limit)


def download(attachment: Attachment | None, slug: str) -> Download | None:
    """Where an attachment can be fetched; None without one, or with neither file nor address."""
    if attachment is None or not (attachment.file or attachment.url):
        return None
    own = reverse("catalog:attachment", args=[slug, attachment.file]) if attachment.file else ""
    return Download(attachment.name, own or attachment.url or "", not own)


def _material(material: Material, known: Mapping[str, LicenceKind], document: EditionDocument) -> MaterialLine:
    licence = known.get(material.licence_type or "") if whose(material.name) in ONESELF else None
    labels = {field.name: field.label for field in document.form_fields}
    return MaterialLine(
        key=material.key or "",
        name=material.name,
        necessity=str(NECESSITY[material.necessity]),
        required=material.necessity is Necessity.REQUIRED,
        kind=material.kind,
        how=_how(material),
        source=material.source,
        issuer=material.issuer or "",
        licence=licence.name if licence else "",
        spared=_spared(material, licence),
        basis=material.basis or "",
        standard=material.standard or "",
        mistakes=material.common_mistakes,
        when=condition_words(material.show_if, labels),
        notes=tuple(_notes(material)),
        blank_form=download(material.blank_form, document.slug),
        sample=download(material.sample, document.slug),
        review_points=material.review_points,
    )


def _spared(material: Material, licence: LicenceKind | None) -> str:
    """A stated legal reason for paper goes before what the city has already."""
    if material.legal_reason:
        return ""
    shared = SPARED["数据共享"] if material.data_service else ""
    return str(SPARED.get(material.exempt_when or "", SPARED["电子证照"] if licence else shared))


def _notes(material: Material) -> Iterator[tuple[str, str]]:
    pairs = (
        (_("材料形式"), material.form), (_("出具时间要求"), material.issued_within), (_("怎么办理"), material.guidance),
        (_("在哪里办理"), material.obtained_at), (_("用途"), material.usage),
        (_("为什么仍要纸质材料"), material.legal_reason),
    )  # fmt: skip
    return ((label, str(words)) for label, words in pairs if words)


def _how(material: Material) -> str:
    """How many originals and copies, and that a file will do."""
    originals, copies = material.original, material.copies
    forms = [ngettext("原件 %(n)s 份", "原件 %(n)s 份", originals) % {"n": originals}] if originals else []
    forms += [ngettext("复印件 %(n)s 份", "复印件 %(n)s 份", copies) % {"n": copies}] if copies else []
    forms += [_("网上办理可上传电子件")] if material.electronic else []
    return _("，").join(forms)


def _step(number: int, step: Step, document: EditionDocument) -> StepLine:
    kind = step.kind or StepKind.REVIEW
    return StepLine(
        number=number,
        name=step.name,
        role=step.role,
        days="" if step.days is None else days(step.days, document.promised_unit),
        kind=kind.value,
        kind_label=STEP_LABELS[kind],
        parallel=step.parallel_with_previous,
        office=step.office or "",
        decided_by=step.decided_by or "",
        review_points=step.review_points,
        special=step.special or "",
    )


def _result(result: Result, licence: LicenceKind | None, slug: str) -> ResultLine:
    return ResultLine(
        result.name,
        result.kind,
        licence.name if licence else "",
        licence.validity if licence else "",
        download(result.sample, slug),
    )


def _fee(document: EditionDocument) -> str:
    fee = document.fee
    if not fee.charged:
        return _("不收费")
    amount = _("%(amount)s 元") % {"amount": f"{fee.amount_cents / 100:g}"} if fee.amount_cents else ""
    return fee.standard or amount or _("按规定标准收费")
