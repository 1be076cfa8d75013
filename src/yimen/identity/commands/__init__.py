"""Entering people and firms, accounts, mandates, posts; counting failed sign-ins."""

from __future__ import annotations

from yimen.identity.commands.accounts import (
    AccountKnown,
    AccountOpen,
    PhoneTaken,
    SubjectKnown,
    UsernameTaken,
    close_account,
    correct_own_data,
    make_account,
    make_token,
    open_account,
    register_person,
    reopen_account,
    take_turn,
)
from yimen.identity.commands.mandates import AlreadyGranted, MayNotEnd, MayNotGrant, grant_mandate, revoke_mandate
from yimen.identity.commands.passwords import (
    AccountClosed,
    OwnAccount,
    StaffAccount,
    change_password,
    end_tokens,
    one_time_password,
    reset_password,
)
from yimen.identity.commands.posts import AlreadyHeld, assign_post, end_holding
from yimen.identity.commands.signing_in import SignInLocked, begin_attempt, forget_attempts, signed_in
from yimen.identity.commands.subjects import (
    BadNumber,
    NameDiffers,
    confirm_identity,
    correct_name,
    find_or_register_subject,
    register_subject,
    require_number,
    update_profile,
)

__all__ = [
    "AccountClosed",
    "AccountKnown",
    "AccountOpen",
    "AlreadyGranted",
    "AlreadyHeld",
    "BadNumber",
    "MayNotEnd",
    "MayNotGrant",
    "NameDiffers",
    "OwnAccount",
    "PhoneTaken",
    "SignInLocked",
    "StaffAccount",
    "SubjectKnown",
    "UsernameTaken",
    "assign_post",
    "begin_attempt",
    "change_password",
    "close_account",
    "confirm_identity",
    "correct_name",
    "correct_own_data",
    "end_holding",
    "end_tokens",
    "find_or_register_subject",
    "forget_attempts",
    "grant_mandate",
    "make_account",
    "make_token",
    "one_time_password",
    "open_account",
    "register_person",
    "register_subject",
    "reopen_account",
    "require_number",
    "reset_password",
    "revoke_mandate",
    "signed_in",
    "take_turn",
    "update_profile",
]
