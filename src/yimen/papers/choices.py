"""Which papers there are, and which facts each must carry (forms A, C-J of DB4406/T 14-2021, annexes; 许可法 32-45).

Callers build the facts class of the paper; a missing or unknown fact is refused at once, also by the type checker.
Facts hold plain words for people (labels, not codes); dates are dates, and times are turned into China's time.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from yimen.kit.time import local

Instant = Annotated[AwareDatetime, AfterValidator(local)]


class Kind(StrEnum):
    """The letter is the annex of the local standard; N and T are ours."""

    RECEIPT = "A"
    ACCEPTANCE = "C"
    SUPPLEMENT = "D"
    REFUSAL = "E"
    SPECIAL = "F"
    EXTENSION = "G"
    GRANT = "H"
    DENIAL = "I"
    DELIVERY = "J"
    NOT_NEEDED = "N"
    TERMINATION = "T"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def word(self) -> str:
        """The word of this kind within a paper's number: 岭政服`受`〔2026〕000123号."""
        return WORDS[self]


LABELS = {
    Kind.RECEIPT: "申请材料接收回执",
    Kind.ACCEPTANCE: "受理通知书",
    Kind.SUPPLEMENT: "申请材料补正告知书",
    Kind.REFUSAL: "不予受理通知书",
    Kind.NOT_NEEDED: "不受理通知书",
    Kind.SPECIAL: "特殊程序审查期限告知书",
    Kind.EXTENSION: "延长办理期限通知书",
    Kind.GRANT: "批准决定书",
    Kind.DENIAL: "不予批准决定书",
    Kind.DELIVERY: "送达回执",
    Kind.TERMINATION: "终止办理通知书",
}
WORDS = {
    Kind.RECEIPT: "收",
    Kind.ACCEPTANCE: "受",
    Kind.SUPPLEMENT: "补",
    Kind.REFUSAL: "不受",
    Kind.NOT_NEEDED: "免受",
    Kind.SPECIAL: "特",
    Kind.EXTENSION: "延",
    Kind.GRANT: "准",
    Kind.DENIAL: "不准",
    Kind.DELIVERY: "送",
    Kind.TERMINATION: "终",
}


TEMPLATES = {
    Kind.RECEIPT: "receipt",
    Kind.ACCEPTANCE: "acceptance",
    Kind.SUPPLEMENT: "supplement",
    Kind.REFUSAL: "refusal",
    Kind.NOT_NEEDED: "refusal",
    Kind.SPECIAL: "special",
    Kind.EXTENSION: "extension",
    Kind.GRANT: "grant",
    Kind.DENIAL: "denial",
    Kind.DELIVERY: "delivery",
    Kind.TERMINATION: "termination",
}
TEMPLATE_VERSION = 1


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Material(Part):
    """A line of what was handed in: pieces of each form (原件, 复印件, 电子件)."""

    name: str
    originals: int = 0
    copies: int = 0
    electronic: int = 0
    note: str = ""


class Wanting(Part):
    """A line of the one-time supplement notice: a material, or an entry of the sheet. (许可法 32(4))"""

    name: str
    reason: str
    basis: str = ""
    what: Literal["材料", "表单内容"] = "材料"


class Delivered(Part):
    """A paper or licence handed over."""

    name: str
    number: str = ""
    copies: int = 1


class Remedies(Part):
    """Where the applicant may turn to, and how long. Days and months are data, the city may set others.

    (行政复议法 art 20: 60 days; 行政诉讼法 art 46: six months; the sentence itself is in typst/words.json.)
    Empty bodies are printed as 本级人民政府 and 有管辖权的人民法院.
    """

    reconsider_at: str = ""
    reconsider_days: int = 60
    sue_at: str = ""
    sue_months: int = 6


class Facts(Part):
    """What every paper carries.

    agency, agency_code: in the heading and the seal; the code names the key that signs. matter: the kind of item
    (行政许可, 行政确认 …): articles of 许可法 are cited for 行政许可 only. applicant_document: label and masked number,
    e.g. "居民身份证 4414***********123". sample: the seal bears 演示样章.
    """

    kind: ClassVar[Kind]

    agency: str
    agency_code: str
    case_number: str
    item: str
    matter: str
    applicant: str
    dated: date
    edition: str = ""
    applicant_document: str = ""
    agent: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""
    sample: bool = False

    @property
    def title(self) -> str:
        return self.kind.label


class ReceiptFacts(Facts):
    """A: material has arrived; not yet an acceptance. due: last day on which acceptance is decided (32(4): 5 days)."""

    kind = Kind.RECEIPT

    materials: list[Material]
    receiver: str
    place: str
    received_at: Instant
    query_password: str
    query_address: str
    due: date
    way: str = "网上提交"


class AcceptanceFacts(Facts):
    """C: 受理 (32(5)). Limits as words ("20个工作日"), dues as dates; deemed: by silence of the office (32(4))."""

    kind = Kind.ACCEPTANCE

    received_at: Instant
    accepted_at: Instant
    statutory_limit: str = ""
    statutory_due: date | None = None
    promised_limit: str = ""
    promised_due: date | None = None
    not_counted: list[str] = []
    officer: str = ""
    deemed: bool = False


class SupplementFacts(Facts):
    """D: everything that is wanting, once (32(4))."""

    kind = Kind.SUPPLEMENT

    received_at: Instant
    wanting: list[Wanting]
    due: date
    limit: str
    officer: str
    how: str = "登录办理平台上传，或者到收件窗口提交"
    consequence: str = ""


class RefusalFacts(Facts):
    """E: 不予受理, not within this agency's power (32(2)) or not meeting the conditions of acceptance."""

    kind = Kind.REFUSAL

    received_at: Instant
    reason: str
    basis: str = ""
    competent_body: str = ""
    remedies: Remedies = Remedies()


class NotNeededFacts(Facts):
    """N: 不受理, the matter needs no permit (32(1))."""

    kind = Kind.NOT_NEEDED

    received_at: Instant
    reason: str
    basis: str = ""
    remedies: Remedies = Remedies()


class SpecialFacts(Facts):
    """F: a special procedure whose time is not counted, told in writing (45)."""

    kind = Kind.SPECIAL

    accepted_on: date
    procedure: str
    reason: str
    planned: str
    starts: date
    basis: str = ""
    approver: str = ""
    due_before: date | None = None


class ExtensionFacts(Facts):
    """G: the limit is extended (42). extension as words: "10个工作日"."""

    kind = Kind.EXTENSION

    accepted_on: date
    extension: str
    reason: str
    approver: str
    due_before: date
    due: date


class GrantFacts(Facts):
    """H: the decision is yes (38(1)). content: what is granted; result: the licence or paper that will be issued."""

    kind = Kind.GRANT

    accepted_on: date
    content: str
    reason: str = ""
    basis: str = ""
    result: str = ""
    result_number: str = ""
    validity: str = ""
    conditions: list[str] = []
    delivery: str = ""
    remedies: Remedies = Remedies()

    @property
    def title(self) -> str:
        return "准予行政许可决定书" if self.matter == "行政许可" else self.kind.label


class DenialFacts(Facts):
    """I: the decision is no, with reasons and remedies (38(2))."""

    kind = Kind.DENIAL

    accepted_on: date
    reason: str
    basis: str = ""
    remedies: Remedies = Remedies()

    @property
    def title(self) -> str:
        return "不予行政许可决定书" if self.matter == "行政许可" else self.kind.label


class DeliveryFacts(Facts):
    """J: handed over (44). way: 窗口领取, 邮寄送达 or 电子送达."""

    kind = Kind.DELIVERY

    delivered: list[Delivered]
    way: Literal["窗口领取", "邮寄送达", "电子送达"]
    receiver: str
    delivered_at: Instant
    deliverer: str
    receiver_document: str = ""
    relation: str = "本人"
    tracking: str = ""
    place: str = ""


class TerminationFacts(Facts):
    """T: the case ends without a decision: withdrawn, returned (not supplemented), void, or forwarded."""

    kind = Kind.TERMINATION

    cause: Literal["withdrawn", "returned", "void", "forwarded"]
    received_at: Instant
    ended_at: Instant
    reason: str
    basis: str = ""
    competent_body: str = ""
    returned: list[Material] = []
    remedies: Remedies | None = None

    @property
    def title(self) -> str:
        return TERMINATIONS[self.cause]


TERMINATIONS = {
    "withdrawn": "撤回申请终止办理通知书",
    "returned": "退件通知书",
    "void": "办件作废通知书",
    "forwarded": "转报告知书",
}

FACTS: dict[Kind, type[Facts]] = {
    facts.kind: facts
    for facts in (
        ReceiptFacts,
        AcceptanceFacts,
        SupplementFacts,
        RefusalFacts,
        NotNeededFacts,
        SpecialFacts,
        ExtensionFacts,
        GrantFacts,
        DenialFacts,
        DeliveryFacts,
        TerminationFacts,
    )
}


class Entry(Part):
    """One labelled value in the grid of a licence; wide entries take the whole row."""

    label: str
    value: str
    wide: bool = False


class LicenceFacts(Part):
    """The face of a licence (vault). identifier: GB/T 36904; copy_note: the watermark of an annotated copy (加注件),

    e.g. "仅供办理食品经营许可使用，有效期至2026年12月31日". Empty dates of validity are printed as 长期.
    """

    title: str
    number: str
    identifier: str
    holder: str
    issuer: str
    issued_on: date
    entries: list[Entry]
    verify_url: str
    verify_code: str
    holder_document: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    copy_note: str = ""
    sample: bool = False
    edition: str = ""
