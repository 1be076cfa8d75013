"""Plain editions for the law's tests: only what the rules read, everything in order until a test says otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Basis:
    title: str = "中华人民共和国食品安全法"
    document_no: str | None = None
    article: str | None = "第三十五条"


@dataclass(frozen=True)
class Material:
    name: str = "食品经营许可申请书"
    kind: str = "申请表格"
    source: str = "申请人自备"
    issuer: str | None = None
    necessity: str = "必要"
    original: int = 1
    copies: int = 0
    electronic: bool = True
    licence_type: str | None = None
    data_service: str | None = None
    legal_reason: str | None = None
    basis: str | None = "《食品经营许可和备案管理办法》第十三条"
    exempt_when: str | None = None
    standard: str | None = "填写完整，签名或者盖章"
    guidance: str | None = None
    usage: str | None = None
    review_points: tuple[str, ...] = ()
    show_if: str | None = None
    form: str | None = "纸质/电子化"
    blank_form: object | None = "表格"
    sample: object | None = "示范"


@dataclass(frozen=True)
class Step:
    name: str
    days: float | None = None
    kind: str | None = None
    parallel_with_previous: bool = False
    special: str | None = None


@dataclass(frozen=True)
class Procedure:
    name: str
    counts_towards_limit: bool = False


@dataclass(frozen=True)
class FeeRow:
    name: str = "工本费"
    standard: str = "20元/证"
    basis: str | None = None


@dataclass(frozen=True)
class Fee:
    charged: bool = False
    basis: str | None = None
    standard: str | None = None
    amount_cents: int | None = None
    rows: tuple[FeeRow, ...] = ()


@dataclass(frozen=True)
class Result:
    name: str = "食品经营许可证"
    kind: str = "证照"
    licence_type: str | None = None
    sample: object | None = "样本"


@dataclass(frozen=True)
class Online:
    stages: tuple[str, ...] = ()
    payment: bool = False


@dataclass(frozen=True)
class Codes:
    basic: str | None = "000131011000"
    implementation: str | None = "11441400MB2C92117T3000131011000"
    handling_item: str | None = None


@dataclass(frozen=True)
class Authority:
    source: str | None = "法定本级行使"
    nature: str | None = "法定机关"
    entrusted_by: str | None = None
    division: str | None = "市、县分级负责"


@dataclass(frozen=True)
class Contacts:
    consult_phone: str | None = "0753-2180001"
    supervise_phone: str | None = "12345"


@dataclass(frozen=True)
class Place:
    name: str = "市政务服务中心"
    address: str = "岭东大道88号"
    hours: str | None = "工作日8:30-12:00，14:30-17:30"
    window: str | None = "12号窗口"
    phone: str | None = None
    buses: tuple[str, ...] = ("3路、12路岭东广场站",)
    directions: str | None = None


@dataclass(frozen=True)
class Agent:
    name: str = "检测"
    basis: str | None = "《食品安全法》第八十四条"
    rank: str | None = "法律"


@dataclass(frozen=True)
class Rights:
    accountability: tuple[str, ...] = ("逾期不办的，依法追究责任",)
    reconsideration: object | None = "市人民政府"
    litigation: object | None = "市中级人民法院"


@dataclass(frozen=True)
class Asking:
    label: str = "单位名称"
    kind: str = "text"
    prefill: str | None = None
    element: str | None = None


@dataclass(frozen=True)
class Edition:
    slug: str = "food"
    form_fields: tuple[Asking, ...] = ()
    name: str = "食品经营许可"
    kind: str = "行政许可"
    subjects: tuple[str, ...] = ("企业法人",)
    theme: tuple[str, ...] = ()
    person_themes: tuple[str, ...] = ()
    firm_themes: tuple[str, ...] = ("准营准办",)
    legal_basis: tuple[Basis, ...] = (Basis(),)
    conditions: tuple[str, ...] = ("有固定的经营场所",)
    materials: tuple[Material, ...] = (Material(),)
    case_type: str = "承诺件"
    statutory_days: int | None = 20
    statutory_unit: str = "工作日"
    promised_days: int | None = 5
    promised_unit: str = "工作日"
    special_procedures: tuple[Procedure, ...] = ()
    steps: tuple[Step, ...] = (
        Step("受理", 1, "accept"),
        Step("审核", 2, "review"),
        Step("决定", 1, "decide"),
        Step("制证送达", 1, "draw_up"),
    )
    fee: Fee = Fee()
    results: tuple[Result, ...] = (Result(),)
    visits: int = 0
    visits_reason: str | None = None
    online_depth: str = "四级"
    online: Online = Online()
    channels: tuple[str, ...] = ("窗口办理", "电脑端网上办理")
    faq: tuple[object, ...] = ("没有房产证能办吗？",)
    codes: Codes = Codes()
    authority: Authority = Authority()
    process: str | None = "申请、受理、审查、决定、送达"
    places: tuple[Place, ...] = (Place(),)
    contacts: Contacts = Contacts()
    agents: tuple[Agent, ...] = ()
    rights: Rights = field(default_factory=Rights)


def edition(**changes: Any) -> Edition:
    """An edition that no rule finds fault with, but for the changes."""
    return replace(Edition(), **changes)


def material(name: str = "食品经营许可申请书", **changes: Any) -> Material:
    """A material that no rule finds fault with, but for the changes."""
    return replace(Material(), name=name, **changes)


def proof(name: str, **changes: Any) -> Material:
    """A proof that rests on a law."""
    return material(name, **{"kind": "证明", "basis": "《户口登记条例》第七条", **changes})
