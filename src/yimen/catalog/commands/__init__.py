"""Verbs of the catalogue."""

from yimen.catalog.commands.approving import (
    NotReady,
    NotWaiting,
    SamePerson,
    Superseded,
    TooEarly,
    Undecided,
    approve,
    send_back,
    submit,
    take_effect,
)
from yimen.catalog.commands.drafting import (
    Conflicting,
    NotInHand,
    Saved,
    SlugTaken,
    begin_draft,
    begin_item,
    discard_draft,
    rebase,
    restore_revision,
    save_draft,
)
from yimen.catalog.commands.loading import BadFile, FileReport, Report, agency_of, load_folder, parse
from yimen.catalog.commands.measures import NotPossible, approve_measure, carry_out, propose, return_measure
from yimen.catalog.commands.packaging import release_package
from yimen.catalog.commands.releasing import Unchanged, release

__all__ = [
    "BadFile",
    "Conflicting",
    "FileReport",
    "NotInHand",
    "NotPossible",
    "NotReady",
    "NotWaiting",
    "Report",
    "SamePerson",
    "Saved",
    "SlugTaken",
    "Superseded",
    "TooEarly",
    "Unchanged",
    "Undecided",
    "agency_of",
    "approve",
    "approve_measure",
    "begin_draft",
    "begin_item",
    "carry_out",
    "discard_draft",
    "load_folder",
    "parse",
    "propose",
    "rebase",
    "release",
    "release_package",
    "restore_revision",
    "return_measure",
    "save_draft",
    "send_back",
    "submit",
    "take_effect",
]
