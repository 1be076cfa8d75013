"""Uploads of items: taken in, looked at whole, loaded all or not at all."""

from yimen.catalog.commands.uploading.doing import check_upload, load_upload
from yimen.catalog.commands.uploading.folders import BadFolder
from yimen.catalog.commands.uploading.loading import Overtaken, load_items
from yimen.catalog.commands.uploading.reviving import remove_upload, restart_upload, revive_upload
from yimen.catalog.commands.uploading.taking import (
    AgencyBusy,
    NotConfirmable,
    StillWorking,
    WrongFile,
    begin_upload,
    confirm_upload,
    drop_upload,
    form_of,
)

__all__ = [
    "AgencyBusy",
    "BadFolder",
    "NotConfirmable",
    "Overtaken",
    "StillWorking",
    "WrongFile",
    "begin_upload",
    "check_upload",
    "confirm_upload",
    "drop_upload",
    "form_of",
    "load_items",
    "load_upload",
    "remove_upload",
    "restart_upload",
    "revive_upload",
]
