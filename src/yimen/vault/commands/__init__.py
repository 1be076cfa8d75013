"""Verbs of the licence library."""

from yimen.vault.commands.ending import resume, revoke, suspend
from yimen.vault.commands.expiring import forget_codes, tell_expiries, tell_expiry
from yimen.vault.commands.filing import filed, make_file
from yimen.vault.commands.freezing import AlreadyFrozen, NotFrozen, NothingToFreeze, freeze, lift_freeze
from yimen.vault.commands.holders import Held
from yimen.vault.commands.kinds import define_kind, set_layout
from yimen.vault.commands.licences import carried, discard, draw_up, redraw, sign, take_in
from yimen.vault.commands.presenting import (
    CodeTaken,
    NotPresentable,
    Shown,
    count_printed,
    note_misuse,
    present,
    take,
)
from yimen.vault.commands.refusals import (
    AlreadyHere,
    AlreadySigned,
    BeingReplaced,
    NoSuchMove,
    NotADraft,
    NotAnUpload,
    NotInForce,
    NotSigned,
    NotSuspended,
    SameHands,
    SignedWithItsCase,
    TooManyUploads,
)
from yimen.vault.commands.relating import relate
from yimen.vault.commands.sealing import seal_all
from yimen.vault.commands.trusting import verify_original
from yimen.vault.commands.uploading import Outside, compare, keep_scan, take_back, upload
from yimen.vault.commands.using import NothingQuoted, NotUsable, cite, cite_for, note_refused, opened, opened_case, use

__all__ = [
    "AlreadyFrozen",
    "AlreadyHere",
    "AlreadySigned",
    "BeingReplaced",
    "CodeTaken",
    "Held",
    "NoSuchMove",
    "NotADraft",
    "NotAnUpload",
    "NotFrozen",
    "NotInForce",
    "NotPresentable",
    "NotSigned",
    "NotSuspended",
    "NotUsable",
    "NothingQuoted",
    "NothingToFreeze",
    "Outside",
    "SameHands",
    "Shown",
    "SignedWithItsCase",
    "TooManyUploads",
    "carried",
    "cite",
    "cite_for",
    "compare",
    "count_printed",
    "define_kind",
    "discard",
    "draw_up",
    "filed",
    "forget_codes",
    "freeze",
    "keep_scan",
    "lift_freeze",
    "make_file",
    "note_misuse",
    "note_refused",
    "opened",
    "opened_case",
    "present",
    "redraw",
    "relate",
    "resume",
    "revoke",
    "seal_all",
    "set_layout",
    "sign",
    "suspend",
    "take",
    "take_back",
    "take_in",
    "tell_expiries",
    "tell_expiry",
    "upload",
    "use",
    "verify_original",
]
