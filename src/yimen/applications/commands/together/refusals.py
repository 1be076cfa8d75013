"""Why something can't be done with an application for a package."""

from __future__ import annotations

from yimen.kit.errors import NotFound, Refusal


class PackageClosed(Refusal):
    code = "package_application_closed"
    sentence = "这份“一件事”申请已经结束，不能再修改。"


class AlreadyDivided(Refusal):
    code = "package_already_divided"
    sentence = "已经分成单项申请（{items}），不能再更改情形；请在各个单项申请里修改，或者另外申请一次。"


class NotTogetherYet(Refusal):
    """Everything is there, but the offices do not take packages as one yet. What can be done now is in the sentence."""

    code = "package_item_by_item"
    sentence = (
        "各部门现在还是分别受理“{package}”里的事项。请选择“逐项提交”："
        "已经填好的内容和上传的材料会带到每一项，不用再填。"
    )


class NoSuchMember(NotFound):
    code = "no_such_member"
    sentence = "这份“一件事”申请里没有这个事项（{slug}）。"


class MemberGone(Refusal):
    code = "package_member_gone"
    sentence = "“{item}”现在不能申请（暂停或者取消），请先办其他事项，或者到综合窗口咨询。"
