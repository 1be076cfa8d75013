"""Who may draw up, approve and release editions, and who may look at the editors' desk."""

from __future__ import annotations

from collections.abc import Iterable

from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden

DESK = ("editor", "staffing", "legal", "administrator")
MANUALS = frozenset({"clerk", "reviewer", "chief", "deliverer", "supervisor", "hall_manager"})
"""Who finds the staff manuals in their navigation; the catalogue's own people reach them from an item."""
LINT = (*DESK, "supervisor")


def seen_agencies(by: Actor) -> frozenset[int] | None:
    """The agencies whose findings somebody sees: those that the post reaches; None: all."""
    return None if by.may("administrator") else by.agencies


def require_release(by: Actor) -> None:
    """The platform alone, loading what a city brings along: people release through both offices."""
    if by.channel != "system":
        raise Forbidden("事项要经过编制审核和法制审核才能发布，请起草后送审。")


def require_write_package(by: Actor) -> None:
    """Any editor, or the platform: a package belongs to several agencies."""
    if by.channel != "system" and not by.may("editor"):
        raise Forbidden("只有事项编制人员才能编写“一件事”。")


def require_lead(by: Actor, agency: int) -> None:
    """An editor whose post reaches the agency that leads the package."""
    if by.channel != "system" and not by.may("editor", agency):
        raise Forbidden("只有牵头部门的事项编制人员才能把“一件事”送审、撤回或者停用。")


def require_editor(by: Actor, agency: int) -> None:
    """An editor whose post reaches the agency, or the platform."""
    if by.channel != "system" and not by.may("editor", agency):
        raise Forbidden("只有本部门的事项编制人员才能修改这个事项。")


def require_staffing(by: Actor, agency: int) -> None:
    """The staffing office (编制) whose post reaches the agency."""
    if not by.may("staffing", agency):
        raise Forbidden("只有机构编制部门的审核人员才能作这一步审核。")


def require_legal(by: Actor, agency: int) -> None:
    """The legal office (法制) whose post reaches the agency."""
    if not by.may("legal", agency):
        raise Forbidden("只有法制部门的审核人员才能作这一步审核。")


def require_publish(by: Actor) -> None:
    """The staffing office (编制), which keeps the lists of powers, an administrator, or the platform by itself."""
    if by.channel != "system" and not (by.may("staffing") or by.may("administrator")):
        raise Forbidden("只有机构编制部门的审核人员或者系统管理员才能公布清单。")


def require_upload(by: Actor, agencies: Iterable[int] = ()) -> None:
    """An editor, whose post reaches all the agencies that the upload is about."""
    if not by.may("editor") or any(not by.may("editor", agency) for agency in agencies):
        raise Forbidden("只有本部门的事项编制人员才能上传事项。")


def require_desk(by: Actor) -> None:
    """Whoever works on the catalogue."""
    if not by.duties & set(DESK):
        raise Forbidden
