"""The kinds of papers, their names, the words in their numbers, their templates."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The letter is the annex of the local standard; N, T, P, L, M and V are ours."""

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
    COMMITMENT = "P"
    TOLERANCE = "L"
    TOLERANCE_NOTICE = "M"
    REVOCATION = "V"

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
    Kind.COMMITMENT: "告知承诺书",
    Kind.TOLERANCE: "申请容缺受理承诺书",
    Kind.TOLERANCE_NOTICE: "容缺受理补齐材料通知书",
    Kind.REVOCATION: "撤销决定书",
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
    Kind.COMMITMENT: "诺",
    Kind.TOLERANCE: "容",
    Kind.TOLERANCE_NOTICE: "齐",
    Kind.REVOCATION: "撤",
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
    Kind.COMMITMENT: "commitment",
    Kind.TOLERANCE: "tolerance",
    Kind.TOLERANCE_NOTICE: "tolerance_notice",
    Kind.REVOCATION: "revocation",
}
TEMPLATE_VERSION = 1
