"""What is said about how a material is met, in words that a citizen understands."""

from __future__ import annotations

from datetime import date

from .phrases import day_in_words
from .said import Said, said

LABELS = {
    "not_asked": said("这次不需要"),
    "exempt": said("免交"),
    "form": said("在线填写"),
    "licence": said("电子证照"),
    "service": said("数据核对"),
    "earlier": said("以前交过"),
    "handed_in": said("已经提交"),
    "commitment": said("告知承诺"),
    "tolerated": said("容缺后补"),
    "upload": said("需要提交"),
}
NOT_ASKED = said("按您填写的情形，这次不需要这份材料。")
FORM = said("您在网上填写并确认的内容就是这份申请表，不用另外提交。")
EASED = said("现行办事指南已经不再要求这份材料。")
UPLOAD = said("我们没有掌握这份材料，请您提交。")
OPTIONAL = said("不是必须提交的，符合情形时再交。")
COMMITMENT = said("可以用书面承诺代替：签署告知承诺书，或者提交材料，由您选择。")
NOT_ELIGIBLE = said("您有一份承诺经核查不属实，还没有修复，这份材料暂时不能用承诺代替。")
HANDED = {
    "A": said("{day}提交，由发证机关核发，有效。"),
    "B": said("{day}提交，窗口已经核验原件。"),
    "C": said("{day}上传，由工作人员核对；到窗口核验原件后，以后办事就不用再交。"),
    "D": said("{day}提交，是您自己制作并承诺属实的，可以直接使用。"),
}


def licence(name: str, issued: date | None, until: date | None) -> Said:
    """Where it comes from, of when it is, how long it holds."""
    day = day_in_words(issued) if issued else ""
    holds = said("有效期至{until}", until=day_in_words(until)) if until else said("有效")
    if not day:
        return said("已从电子证照库取得{name}（{holds}），不用提交。", name=name, holds=holds)
    return said("已从电子证照库取得{name}（{day}签发，{holds}），不用提交。", name=name, day=day, holds=holds)


def service(name: str, on: date) -> Said:
    """What the office reads itself."""
    return said("已通过{name}核对（{day}的数据），不用提交。", name=name, day=day_in_words(on))


def earlier(trust: str, on: date, item: str) -> Said:
    """Which paper of when; item: of another item, "" of the same."""
    day = day_in_words(on)
    if trust == "D":
        return said("您{day}办理时交过自己制作的这份材料；内容没有变化的，可以再次使用。", day=day)
    if item:
        return said("您{day}办理“{item}”时交过，已经核验原件，经您同意再次使用。", day=day, item=item)
    return said("您{day}办理时交过，已经核验原件，可以再次使用，不用提交。", day=day)


def handed_in(trust: str, on: date) -> Said:
    """What it counts for."""
    return said(HANDED[trust].template, day=day_in_words(on))


def committed(on: date) -> Said:
    """Signed."""
    return said("您{day}签署了告知承诺书，不用提交这份材料；以后会核查。", day=day_in_words(on))


def promised(until: date | None) -> Said:
    """To come later; without a day in what was promised before days were noted."""
    if until is None:
        return said("您已承诺在作出决定前补交。")
    return said("您已承诺在{until}前补交。", until=day_in_words(until))


def tolerated(until: date) -> Said:
    """May come later."""
    return said("可以容缺：您承诺在{until}前补交，现在就能提交申请。", until=day_in_words(until))


def unusable(name: str, until: date | None, expired: bool, trust: str, frozen: bool) -> Said:
    """Why a licence at hand doesn't do."""
    if frozen:
        return said("{name}已由持证人冻结，解除冻结以后才能使用。", name=name)
    if expired and until:
        return said("您的{name}已于{until}到期，不能使用。", name=name, until=day_in_words(until))
    if trust not in ("A", "B"):
        return said("您的{name}是 {trust} 级，要到窗口核验原件后才能使用。", name=name, trust=trust)
    return said("您的{name}现在不是有效状态，不能使用。", name=name)


def own_only(name: str) -> Said:
    """What one has of one's own, where a material is of several people."""
    return said("您本人的{name}我们已经有了，不用再交；请提交其他人的。", name=name)


def unseen(name: str, on: date) -> Said:
    """Level C."""
    return said("您{day}上传过“{name}”，是 C 级材料，要到窗口核验原件后才能再次使用。", day=day_in_words(on), name=name)


def lapsed(name: str, on: date, until: date | None) -> Said:
    """The original's last day is past."""
    day = day_in_words(until) if until else ""
    return said("您{on}交过的“{name}”，原件{day}已经到期。", on=day_in_words(on), name=name, day=day)


def consent(item: str) -> Said:
    """What would help."""
    return said("您办理“{item}”时交过同样的材料；您同意材料用于其他事项后，就不用再交。", item=item)


def lack(way: str, name: str, lost: str = "") -> Said:
    """What is still to be done about a material, as a line of what is missing. lost: why what was there counts no

    more, a whole sentence.
    """
    if lost:
        return said("{why}{what}", why=lost, what=lack(way, name))
    if way == "commitment":
        return said("“{material}”可以用书面承诺代替，请签署告知承诺书或者提交材料。", material=name)
    if way == "tolerated":
        return said("“{material}”可以容缺，请承诺后补。", material=name)
    if way == "earlier":
        return said("“{material}”您以前交过，请确认再次使用或者重新提交。", material=name)
    return said("请提供“{material}”。", material=name)
