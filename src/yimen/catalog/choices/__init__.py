"""Words of the catalogue and the typed document of an edition."""

from yimen.catalog.choices.departments import DepartmentsDocument
from yimen.catalog.choices.document import EditionDocument, Faq, Fee, Limits, Result, SpecialProcedure
from yimen.catalog.choices.elements import (
    AgentService,
    Attachment,
    Contacts,
    Discretion,
    FeeRow,
    Inheritance,
    LegalBasis,
    Manual,
    Place,
    Remedy,
    Wording,
)
from yimen.catalog.choices.material import Material
from yimen.catalog.choices.package import ExternalStep, PackageDocument, PackageItem, Question, package_chain
from yimen.catalog.choices.steps import Step, StepKind
from yimen.catalog.choices.uploading import UploadForm, UploadOutcome, UploadState, UploadWork
from yimen.catalog.choices.words import (
    UNRELEASED,
    CaseType,
    EditionState,
    MeasureKind,
    MeasureState,
    Necessity,
    PassageKind,
    ProofOutcome,
    Reach,
    chain,
)

__all__ = [
    "UNRELEASED",
    "AgentService",
    "Attachment",
    "CaseType",
    "Contacts",
    "DepartmentsDocument",
    "Discretion",
    "EditionDocument",
    "EditionState",
    "ExternalStep",
    "Faq",
    "Fee",
    "FeeRow",
    "Inheritance",
    "LegalBasis",
    "Limits",
    "Manual",
    "Material",
    "MeasureKind",
    "MeasureState",
    "Necessity",
    "PackageDocument",
    "PackageItem",
    "PassageKind",
    "Place",
    "ProofOutcome",
    "Question",
    "Reach",
    "Remedy",
    "Result",
    "SpecialProcedure",
    "Step",
    "StepKind",
    "UploadForm",
    "UploadOutcome",
    "UploadState",
    "UploadWork",
    "Wording",
    "chain",
    "package_chain",
]
