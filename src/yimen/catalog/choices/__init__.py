"""Words of the catalogue and the typed document of an edition."""

from yimen.catalog.choices.departments import DepartmentsDocument
from yimen.catalog.choices.document import (
    EditionDocument,
    Faq,
    Fee,
    LegalBasis,
    Limits,
    Material,
    Result,
    SpecialProcedure,
)
from yimen.catalog.choices.package import PackageDocument, PackageItem, Question
from yimen.catalog.choices.steps import Step, StepKind
from yimen.catalog.choices.words import CaseType, EditionState, Necessity, chain

__all__ = [
    "CaseType",
    "DepartmentsDocument",
    "EditionDocument",
    "EditionState",
    "Faq",
    "Fee",
    "LegalBasis",
    "Limits",
    "Material",
    "Necessity",
    "PackageDocument",
    "PackageItem",
    "Question",
    "Result",
    "SpecialProcedure",
    "Step",
    "StepKind",
    "chain",
]
