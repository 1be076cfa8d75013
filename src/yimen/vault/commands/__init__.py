"""Verbs of the licence library."""

from yimen.vault.commands.freezing import AlreadyFrozen, NotFrozen, NothingToFreeze, freeze, lift_freeze
from yimen.vault.commands.kinds import define_kind
from yimen.vault.commands.licences import AlreadySigned, NotSigned, SameHands, draw_up, revoke, sign, take_in
from yimen.vault.commands.presenting import (
    CodeTaken,
    NotPresentable,
    Shown,
    count_printed,
    note_misuse,
    present,
    take,
)
from yimen.vault.commands.using import NothingQuoted, NotUsable, cite, note_refused, opened, use

__all__ = [
    "AlreadyFrozen",
    "AlreadySigned",
    "CodeTaken",
    "NotFrozen",
    "NotPresentable",
    "NotSigned",
    "NotUsable",
    "NothingQuoted",
    "NothingToFreeze",
    "SameHands",
    "Shown",
    "cite",
    "count_printed",
    "define_kind",
    "draw_up",
    "freeze",
    "lift_freeze",
    "note_misuse",
    "note_refused",
    "opened",
    "present",
    "revoke",
    "sign",
    "take",
    "take_in",
    "use",
]
