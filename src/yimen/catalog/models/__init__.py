"""What the catalogue keeps: items and editions, packages, consultations, published lists, uploads."""

from yimen.catalog.models.checkups import Burden, Checkup
from yimen.catalog.models.consulting import Comment, Consultation
from yimen.catalog.models.editions import Edition, Item, Measure, Passage, Revision
from yimen.catalog.models.packaging import Package, PackageDraft, PackageEdition
from yimen.catalog.models.publishing import Publication, Shelf
from yimen.catalog.models.searching import SearchIndex, TextVector
from yimen.catalog.models.uploading import Upload, UploadItem

__all__ = [
    "Burden",
    "Checkup",
    "Comment",
    "Consultation",
    "Edition",
    "Item",
    "Measure",
    "Package",
    "PackageDraft",
    "PackageEdition",
    "Passage",
    "Publication",
    "Revision",
    "SearchIndex",
    "Shelf",
    "TextVector",
    "Upload",
    "UploadItem",
]
