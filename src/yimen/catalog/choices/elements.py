"""Elements of an item beyond what a case needs to run. (GB/T 39046-2020 table 4; national columns of C0109.2)

Every class here is optional in a document: a city fills them in over time, and the rules of `law` say what is missing.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from yimen.catalog.choices.words import (
    AgencyNature,
    Basis,
    OnlineStage,
    PaperKind,
    PlaceKind,
    PowerSource,
    Slug,
    SystemLevel,
    Text,
    Title,
)
from yimen.sheets.choices import Name, Part

Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class LegalBasis(Part):
    """What the item rests on (设定依据). article None: not confirmed. rank: what kind of rule it is.

    issuer: 颁布机关; effective_from: 实施日期; text: 条款内容.
    """

    title: Title
    document_no: str | None = None
    article: str | None = None
    url: str | None = None
    rank: Basis | None = None
    issuer: Title | None = None
    effective_from: date | None = None
    text: Text | None = None

    def __str__(self) -> str:
        return f"《{self.title}》" + (f"（{self.document_no}）" if self.document_no else "") + (self.article or "")


class Attachment(Part):
    """A file that goes with the item: a blank form, a sample. file: the id under which the platform keeps it;

    url: where it lies elsewhere.
    """

    name: Title
    file: Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")] | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://", max_length=500)] | None = None


class Codes(Part):
    """The codes of an item. (GB/T 39554.1) basic 基本编码, implementation 实施编码, handling_item 业务办理项编码;

    local_*: what the city called it before.
    """

    basic: Code | None = None
    implementation: Code | None = None
    handling_item: Code | None = None
    local_basic: Code | None = None
    local_implementation: Code | None = None


class NamedAgency(Part):
    """A body, and its unified code where known."""

    name: Title
    code: Code | None = None


class Authority(Part):
    """Whose power it is. (39046 no. 9-14, 23-26)

    source 权力来源, division 权限划分, content 行使内容, nature 实施主体性质, entrusted_by 委托部门,
    guided_by 中央业务指导部门, handled_by 承办机构, joint 联办机构.
    """

    source: PowerSource | None = None
    division: Text | None = None
    content: Text | None = None
    nature: AgencyNature | None = None
    entrusted_by: Title | None = None
    guided_by: Title | None = None
    handled_by: NamedAgency | None = None
    joint: tuple[NamedAgency, ...] = ()


class FeeRow(Part):
    """One charge: name, standard, basis; reducible: 是否允许减免, and under which conditions."""

    name: Title
    standard: Text
    basis: Text | None = None
    reducible: bool = False
    reduction: Text | None = None
    remark: Text | None = None


class Online(Part):
    """How it is done online: addresses, how deep, which system runs it; whether one sign-in is enough (web, app)."""

    url: Annotated[str, StringConstraints(max_length=500)] | None = None
    mobile_url: Annotated[str, StringConstraints(max_length=500)] | None = None
    single_sign_on: bool = True
    app_single_sign_on: bool = True
    stages: tuple[OnlineStage, ...] = ()
    system_level: SystemLevel | None = None
    payment: bool = False


class Appointment(Part):
    """预约: how many a day, and the rule in words."""

    per_day: int | None = Field(default=None, ge=0, le=100_000)
    rule: Text | None = None


class Post(Part):
    """物流快递: whether materials may be sent in, and results are sent out."""

    materials: bool = False
    results: bool = False


class Place(Part):
    """Where it is handled: to the window, with hours that say which days, and how to get there.

    buses: one line each, as 3路、12路 岭东广场站.
    """

    name: Title
    address: Address
    hours: Text | None = None
    window: Title | None = None
    kind: PlaceKind | None = None
    phone: Phone | None = None
    buses: tuple[Title, ...] = ()
    directions: Text | None = None


class Contacts(Part):
    """Whom to ask (咨询) and where to complain (监督), by phone and otherwise."""

    consult_phone: Phone | None = None
    consult: Text | None = None
    supervise_phone: Phone | None = None
    supervise: Text | None = None


class AgentService(Part):
    """中介服务: allowed only with a basis of the ranks that the reform names."""

    name: Title
    content: Text | None = None
    basis: Text | None = None
    rank: Basis | None = None


class Remedy(Part):
    """Where to ask for reconsideration, or to sue."""

    office: Title
    address: Address | None = None
    phone: Phone | None = None
    url: Annotated[str, StringConstraints(max_length=500)] | None = None


class Rights(Part):
    """What applicants may and must, who answers for mistakes (责任追究), and the two remedies."""

    enjoyed: tuple[Text, ...] = ()
    duties: tuple[Text, ...] = ()
    accountability: tuple[Text, ...] = ()
    reconsideration: Remedy | None = None
    litigation: Remedy | None = None


class Market(Part):
    """市场准入负面清单: the entry's number and whether it forbids or needs a permit."""

    number: Code
    measure: Text


class Oversight(Part):
    """事中事后监管: what is watched after the decision, how, how often, on what basis."""

    subject: Text
    way: Text
    frequency: Title | None = None
    basis: Text | None = None


class Wording(Part):
    """Standard words of a notice, offered to whoever writes one."""

    paper: PaperKind
    title: Title
    text: Text


class DiscretionInput(Part):
    """A fact that a discretion table looks at. field: an answer's name, where the applicant's form has it."""

    name: Name
    label: Title
    field: Name | None = None
    unit: str = ""


class DiscretionRow(Part):
    """One row: conditions by input name, as the table language writes them (absent: any), and what follows."""

    when: dict[str, Annotated[str, StringConstraints(max_length=200)]] = Field(default_factory=dict)
    outcome: Title
    grounds: Text


class Discretion(Part):
    """裁量标准: the first row whose conditions all hold decides; outcome and grounds are proposed to the reviewer."""

    name: Title
    basis: Text | None = None
    inputs: tuple[DiscretionInput, ...] = Field(min_length=1)
    rows: tuple[DiscretionRow, ...] = Field(min_length=1)


class Manual(Part):
    """业务手册: what staff read beside the guide; the same edition, the same text."""

    wordings: tuple[Wording, ...] = ()
    discretion: tuple[Discretion, ...] = ()
    notes: tuple[Text, ...] = ()


class Inheritance(Part):
    """一套标准、四级贯通: which edition this one is drawn from, and what it sets itself."""

    slug: Slug
    version: int = Field(ge=1)
    own: dict[str, Any] = Field(default_factory=dict)
