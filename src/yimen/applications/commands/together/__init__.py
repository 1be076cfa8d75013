"""One application for a one-thing package: begun, filled in, handed in, divided into its members' own drafts."""

from yimen.applications.commands.together.beginning import begin_package, change_situation, discard_package, fits
from yimen.applications.commands.together.dividing import begin_part, divide_package, submit_package
from yimen.applications.commands.together.filling import answer_package
from yimen.applications.commands.together.handing_in import (
    attach_to_package,
    decline_in_package,
    remove_from_package,
)
from yimen.applications.commands.together.refusals import (
    AlreadyDivided,
    MemberGone,
    NoSuchMember,
    NotTogetherYet,
    PackageClosed,
)
from yimen.applications.commands.together.reusing import fill_in_package, take_out_of_package

__all__ = [
    "AlreadyDivided",
    "MemberGone",
    "NoSuchMember",
    "NotTogetherYet",
    "PackageClosed",
    "answer_package",
    "attach_to_package",
    "begin_package",
    "begin_part",
    "change_situation",
    "decline_in_package",
    "discard_package",
    "divide_package",
    "fill_in_package",
    "fits",
    "remove_from_package",
    "submit_package",
    "take_out_of_package",
]
