"""Which facts each paper must carry. (许可法 32-45; forms A, C-J of DB4406/T 14-2021)

Facts hold plain words for people (labels, not codes); dates are dates, and times are turned into China's time.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from yimen.papers.choices.kinds import Kind
from yimen.papers.choices.parts import Delivered, Instant, Material, Part, Remedies, Wanting


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
