"""Beginning, filling in, handing in, submitting, discarding."""

from yimen.applications.commands.beginning import applicant_named, begin
from yimen.applications.commands.citing import cite
from yimen.applications.commands.committing import commit, judge, repair
from yimen.applications.commands.consenting import (
    AlreadyAgreed,
    NothingToRevoke,
    decline_consent,
    give_consent,
    revoke_consent,
)
from yimen.applications.commands.filling import answer
from yimen.applications.commands.handing_in import attach, check_original, remove
from yimen.applications.commands.meeting import decline, use_again
from yimen.applications.commands.promising import note_broken
from yimen.applications.commands.refusals import (
    AlreadyChecked,
    AlreadyJudged,
    AlreadySubmitted,
    EditionMoved,
    Incomplete,
    LetterFirst,
    NoSuchEarlier,
    NoSuchLicence,
    NoSuchMaterial,
    NotCitable,
    NotDeferrable,
    NothingToDecline,
    NothingToRepair,
    NotOpen,
    OnlyAtWindow,
    OriginalExpired,
    PromiseStands,
    ToleranceNotOpen,
    WrongSubject,
)
from yimen.applications.commands.renewing import NothingNewer, ease, renew
from yimen.applications.commands.reusing import NothingToTakeOut, NotTheSame, copy_from, fill_in, take_out
from yimen.applications.commands.submitting import discard, submit

__all__ = [
    "AlreadyAgreed",
    "AlreadyChecked",
    "AlreadyJudged",
    "AlreadySubmitted",
    "EditionMoved",
    "Incomplete",
    "LetterFirst",
    "NoSuchEarlier",
    "NoSuchLicence",
    "NoSuchMaterial",
    "NotCitable",
    "NotDeferrable",
    "NotOpen",
    "NotTheSame",
    "NothingNewer",
    "NothingToDecline",
    "NothingToRepair",
    "NothingToRevoke",
    "NothingToTakeOut",
    "OnlyAtWindow",
    "OriginalExpired",
    "PromiseStands",
    "ToleranceNotOpen",
    "WrongSubject",
    "answer",
    "applicant_named",
    "attach",
    "begin",
    "check_original",
    "cite",
    "commit",
    "copy_from",
    "decline",
    "decline_consent",
    "discard",
    "ease",
    "fill_in",
    "give_consent",
    "judge",
    "note_broken",
    "remove",
    "renew",
    "repair",
    "revoke_consent",
    "submit",
    "take_out",
    "use_again",
]
