"""Beginning, filling in, handing in, submitting, discarding."""

from yimen.applications.commands.beginning import applicant_named, begin
from yimen.applications.commands.consenting import (
    AlreadyAgreed,
    NothingToRevoke,
    decline_consent,
    give_consent,
    revoke_consent,
)
from yimen.applications.commands.filling import answer
from yimen.applications.commands.handing_in import attach, check_original, remove
from yimen.applications.commands.refusals import (
    AlreadyChecked,
    AlreadySubmitted,
    EditionMoved,
    Incomplete,
    NoSuchLicence,
    NoSuchMaterial,
    NotDeferrable,
    NotOpen,
    OnlyAtWindow,
    WrongSubject,
)
from yimen.applications.commands.renewing import NothingNewer, ease, renew
from yimen.applications.commands.submitting import discard, submit

__all__ = [
    "AlreadyAgreed",
    "AlreadyChecked",
    "AlreadySubmitted",
    "EditionMoved",
    "Incomplete",
    "NoSuchLicence",
    "NoSuchMaterial",
    "NotDeferrable",
    "NotOpen",
    "NothingNewer",
    "NothingToRevoke",
    "OnlyAtWindow",
    "WrongSubject",
    "answer",
    "applicant_named",
    "attach",
    "begin",
    "check_original",
    "decline_consent",
    "discard",
    "ease",
    "give_consent",
    "remove",
    "renew",
    "revoke_consent",
    "submit",
]
