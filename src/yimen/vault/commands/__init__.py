"""Verbs of the licence library."""

from yimen.vault.commands.kinds import define_kind
from yimen.vault.commands.licences import AlreadySigned, NotSigned, SameHands, draw_up, revoke, sign, take_in

__all__ = ["AlreadySigned", "NotSigned", "SameHands", "define_kind", "draw_up", "revoke", "sign", "take_in"]
