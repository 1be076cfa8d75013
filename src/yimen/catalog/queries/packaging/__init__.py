"""One-thing packages: finding them, deciding what somebody's comes to, putting members together, checking."""

from yimen.catalog.queries.packaging.asking import question_fields
from yimen.catalog.queries.packaging.assembling import Assembly, MergedSheet, Taken
from yimen.catalog.queries.packaging.checking import Finding, check_package_whole, preview
from yimen.catalog.queries.packaging.listing import (
    NoSuchPackage,
    PackageLine,
    find_package,
    item_names,
    lead_agency,
    package_draft,
    package_drafts,
    package_lines,
    package_named,
    package_versions,
)
from yimen.catalog.queries.packaging.resolving import (
    Resolution,
    current_editions,
    good_answers,
    in_steps,
    open_questions,
    reassemble,
    resolve,
)

__all__ = [
    "Assembly",
    "Finding",
    "MergedSheet",
    "NoSuchPackage",
    "PackageLine",
    "Resolution",
    "Taken",
    "check_package_whole",
    "current_editions",
    "find_package",
    "good_answers",
    "in_steps",
    "item_names",
    "lead_agency",
    "open_questions",
    "package_draft",
    "package_drafts",
    "package_lines",
    "package_named",
    "package_versions",
    "preview",
    "question_fields",
    "reassemble",
    "resolve",
]
