"""Who may change the field library."""

from __future__ import annotations

from yimen.city import queries as city
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden


def may_define(by: Actor) -> bool:
    """An editor of the whole city's catalogue, an administrator, or the platform loading a file.

    The forms of all agencies are made of the library's fields, so an editor of one agency only chooses among them.
    """
    if by.channel == "system" or by.may("administrator"):
        return True
    return by.may("editor") and not city.agencies().exclude(pk__in=by.agencies).exists()


def require_define(by: Actor) -> None:
    """Raises Forbidden."""
    if not may_define(by):
        raise Forbidden("只有负责全市事项的编制人员或者系统管理员才能修改数据元。")
