"""The verbs of a case, in the order of its life. Who may is asked in `access`, whether it is possible in `law`."""

from yimen.cases.commands.committing import NotDecidedYet, check_commitment, revoke_decision
from yimen.cases.commands.deciding import decide, extend, forward, pause, resume
from yimen.cases.commands.easing import NothingToEase, ease
from yimen.cases.commands.ending import close, return_, return_unkept, void, withdraw
from yimen.cases.commands.intake import accept, ask_supplement, deem_accepted, not_needed, receive, refuse, supplement
from yimen.cases.commands.moving import hold, lock, move_due, move_notice, note_reviewed
from yimen.cases.commands.papers import draw as draw_paper

__all__ = [
    "NotDecidedYet",
    "NothingToEase",
    "accept",
    "ask_supplement",
    "check_commitment",
    "close",
    "decide",
    "deem_accepted",
    "draw_paper",
    "ease",
    "extend",
    "forward",
    "hold",
    "lock",
    "move_due",
    "move_notice",
    "not_needed",
    "note_reviewed",
    "pause",
    "receive",
    "refuse",
    "resume",
    "return_",
    "return_unkept",
    "revoke_decision",
    "supplement",
    "void",
    "withdraw",
]
