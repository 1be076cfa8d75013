"""The typed document of one edition: everything an item's file says, checked, frozen, with what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, Self

from pydantic import Field, field_validator, model_validator

from yimen.catalog.choices.elements import (
    AgentService,
    Appointment,
    Attachment,
    Authority,
    Codes,
    Contacts,
    FeeRow,
    Inheritance,
    LegalBasis,
    Manual,
    Market,
    Online,
    Oversight,
    Place,
    Post,
    Rights,
)
from yimen.catalog.choices.material import Material
from yimen.catalog.choices.steps import Step, StepKind, settle
from yimen.catalog.choices.words import (
    Audience,
    CaseType,
    Channel,
    DayUnit,
    Delivery,
    Depth,
    ItemKind,
    Level,
    ResultKind,
    Scope,
    Slug,
    Text,
    Title,
)
from yimen.law.clocks import DecisionLimits, decision_limits
from yimen.law.said import said
from yimen.law.terms import Limit, Unit
from yimen.sheets.choices import FormField, FormRule, Part, from_schema

UNITS = {"工作日": Unit.WORKING_DAY, "自然日": Unit.NATURAL_DAY, "小时": Unit.HOUR, "月": Unit.MONTH}


class SpecialProcedure(Part):
    """A procedure whose time isn't counted (许可法 45), unless it is one of the steps already."""

    name: Title
    days: int | None = Field(default=None, ge=0, le=3650)
    unit: DayUnit = "工作日"
    counts_towards_limit: bool = False


class Fee(Part):
    """Whether and how much; amount in cents where it is one number."""

    charged: bool
    basis: str | None = None
    standard: str | None = None
    amount_cents: int | None = Field(default=None, ge=0)
    rows: tuple[FeeRow, ...] = ()


class Result(Part):
    """What one gets; licence_type: the kind in the licence library that is drawn up for it; sample 结果样本."""

    name: Title
    kind: ResultKind
    licence_type: str | None = None
    sample: Attachment | None = None


class Faq(Part):
    """A question people ask, and its answer."""

    q: Text
    a: Text


class Limits(NamedTuple):
    """The two limits of the decision; None where the file gives none. The law room says what holds then."""

    statutory: Limit | None
    promised: Limit | None


class EditionDocument(Part):
    """One edition of one item. Unknown fields are refused, so that no misspelt one is silently lost.

    joint: several agencies handle it together (统一、联合、集中办理): other general limits hold (许可法 42(2)).
    commitment: 告知承诺制; commitment_public: its letters are published; commitment_days: working days within which one
    is checked after the decision, tolerance_days: to which a promise (容缺) may run; None: as the city sets them.
    process 办理流程, quota 数量限制, in_hall 是否进驻大厅, terminals: 自助终端 that can do it,
    visits_reason 必须现场办理原因. person_themes, firm_themes: names of the two national lists.
    """

    slug: Slug
    name: Title
    code: str | None = None
    kind: ItemKind
    subjects: tuple[Audience, ...] = Field(min_length=1)
    theme: tuple[Title, ...] = ()
    life_event: tuple[Title, ...] = ()
    department: Title
    agency: str | None = None
    level: tuple[Level, ...] = Field(min_length=1)
    legal_basis: tuple[LegalBasis, ...] = ()
    conditions: tuple[Text, ...] = ()
    materials: tuple[Material, ...] = ()
    form_fields: tuple[FormField, ...] = ()
    form_rules: tuple[FormRule, ...] = ()
    case_type: CaseType
    statutory_days: int | None = Field(default=None, ge=0, le=3650)
    statutory_unit: DayUnit = "工作日"
    promised_days: int | None = Field(default=None, ge=0, le=3650)
    promised_unit: DayUnit = "工作日"
    special_procedures: tuple[SpecialProcedure, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)
    fee: Fee
    results: tuple[Result, ...] = ()
    visits: int = Field(ge=0, le=20)
    online_depth: Depth
    delivery: tuple[Delivery, ...] = ()
    cross_city: bool = False
    joint: bool = False
    faq: tuple[Faq, ...] = ()
    everyday_words: tuple[Title, ...] = ()
    confidence: str | None = None
    codes: Codes = Codes()
    authority: Authority = Authority()
    statutory_note: Text | None = None
    promised_note: Text | None = None
    special_note: Text | None = None
    process: Text | None = None
    channels: tuple[Channel, ...] = ()
    visits_reason: Text | None = None
    online: Online = Online()
    in_hall: bool | None = None
    terminals: tuple[Title, ...] = ()
    appointment: Appointment | None = None
    post: Post = Post()
    scope: Scope | None = None
    commitment: bool = False
    commitment_public: bool = False
    commitment_days: int | None = Field(default=None, ge=1, le=365)
    tolerance_days: int | None = Field(default=None, ge=0, le=365)
    quota: Text | None = None
    places: tuple[Place, ...] = ()
    contacts: Contacts = Contacts()
    person_themes: tuple[Title, ...] = ()
    firm_themes: tuple[Title, ...] = ()
    agents: tuple[AgentService, ...] = ()
    rights: Rights = Rights()
    market: Market | None = None
    oversight: tuple[Oversight, ...] = ()
    manual: Manual = Manual()
    inherits: Inheritance | None = None

    @model_validator(mode="before")
    @classmethod
    def _form_by_schema(cls, raw: Any) -> Any:
        """A file may bring its form as JSON Schema (`form`), as the API gives it out, instead of `form_fields`."""
        if not isinstance(raw, dict) or not isinstance(raw.get("form"), dict) or "form_fields" in raw:
            return raw
        fields, rules = from_schema(raw["form"])
        rest = {name: value for name, value in raw.items() if name != "form"}
        return {**rest, "form_fields": fields, "form_rules": rules}

    @field_validator("steps")
    @classmethod
    def _every_step_has_a_kind(cls, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        return settle(steps)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for _place, reason in contradictions(self):
            raise ValueError(reason)
        return self

    @property
    def instant(self) -> bool:
        """即办件: decided at once."""
        return self.case_type is CaseType.INSTANT

    @property
    def limits(self) -> Limits:
        """Both limits as the law room counts them."""
        basis = str(self.legal_basis[0]) if self.legal_basis else "法定办结时限"
        return Limits(
            statutory=_limit(self.statutory_days, self.statutory_unit, basis),
            promised=_limit(self.promised_days, self.promised_unit, "承诺办结时限"),
        )

    @property
    def decision_limits(self) -> DecisionLimits:
        """What binds a case of this edition, with the sentence that says why."""
        return decision_limits(promised=self.limits.promised, statutory=self.limits.statutory, joint=self.joint)

    @property
    def decision_step(self) -> Step | None:
        """The step that decides, if the list has one."""
        return next((step for step in self.steps if step.kind is StepKind.DECIDE), None)

    def material(self, key: str) -> Material | None:
        """The material of a key."""
        return next((material for material in self.materials if material.key == key), None)

    def field(self, name: str) -> FormField | None:
        """The form field of a name."""
        return next((field for field in self.form_fields if field.name == name), None)

    def keyed(self, before: EditionDocument | None = None) -> EditionDocument:
        """The same with a key for every material: its own, the one it had in the edition before, or the next free."""
        known = {material.name: material.key for material in before.materials} if before else {}
        taken = {material.key for material in self.materials} | set(known.values())
        free = (key for number in range(1, 1000) if (key := f"m{number:02d}") not in taken)
        keyed = [
            material if material.key else material.model_copy(update={"key": known.get(material.name) or next(free)})
            for material in self.materials
        ]
        return self.model_copy(update={"materials": tuple(keyed)})

    def essence(self) -> dict[str, Any]:
        """What makes this edition differ from another: fields at their defaults left out, so that a field which the

        format gains later changes no digest.
        """
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    def stored(self) -> dict[str, Any]:
        """As JSON, with the names of the file format."""
        return self.model_dump(mode="json", by_alias=True)


def _limit(amount: int | None, unit: str, source: str) -> Limit | None:
    return None if amount is None else Limit(amount, UNITS[unit], source)


def contradictions(document: EditionDocument) -> Iterator[tuple[str, str]]:
    """What fits each by itself but not together, each with its place: names given twice, limits of instant items."""
    named = (
        ("form_fields", said("字段名"), "name", [field.name for field in document.form_fields]),
        ("materials", said("材料编号"), "key", [material.key for material in document.materials]),
        ("materials", said("材料名称"), "name", [material.name for material in document.materials]),
    )
    for part, what, element, names in named:
        for number, name in enumerate(names):
            if name and name in names[:number]:
                yield (
                    f"{part}[{number}].{element}",
                    said("{part} 中{what}重复：{name}", part=part, what=what, name=name),
                )
    if document.case_type is CaseType.INSTANT and document.promised_days:
        yield "promised_days", said("即办件的承诺时限（promised_days）必须为 0")
    if document.case_type is CaseType.PROMISE and document.promised_days == 0:
        yield "promised_days", said("承诺时限（promised_days）为 0 的事项应为即办件")
