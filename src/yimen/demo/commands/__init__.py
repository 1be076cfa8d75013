"""Walking the demonstration city into being."""

from yimen.demo.commands.city import found
from yimen.demo.commands.digitising import digitise
from yimen.demo.commands.issuing import issue_licences
from yimen.demo.commands.licences import use_licences
from yimen.demo.commands.manual import write_manual
from yimen.demo.commands.my_data import look_after_data
from yimen.demo.commands.public import open_to_the_public
from yimen.demo.commands.walks import apply_for, fill

__all__ = [
    "apply_for",
    "digitise",
    "fill",
    "found",
    "issue_licences",
    "look_after_data",
    "open_to_the_public",
    "use_licences",
    "write_manual",
]
