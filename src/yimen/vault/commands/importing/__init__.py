"""Old licences by the batch (历史证照电子化): taken in, looked at, compared by a second person, entered."""

from yimen.vault.commands.importing.beginning import WrongState, begin_batch, drop_batch, map_columns
from yimen.vault.commands.importing.entering import enter_batch
from yimen.vault.commands.importing.forgetting import forget_batch, forget_batches
from yimen.vault.commands.importing.reading import Elsewhere, read_batch
from yimen.vault.commands.importing.reviving import GAVE_UP, StillWorking, resume_batch, revive_batch
from yimen.vault.commands.importing.sampling import NoSuchRow, NotAllCompared, conclude, draw_sample, judge_row

__all__ = [
    "GAVE_UP",
    "Elsewhere",
    "NoSuchRow",
    "NotAllCompared",
    "StillWorking",
    "WrongState",
    "begin_batch",
    "conclude",
    "draw_sample",
    "drop_batch",
    "enter_batch",
    "forget_batch",
    "forget_batches",
    "judge_row",
    "map_columns",
    "read_batch",
    "resume_batch",
    "revive_batch",
]
