"""The states of a case and the verbs that lead from one to the next. Rule in words: docs/rules/states.md

One table says everything: what is not in it is not possible. What a verb needs besides the right state (a reason, an
outcome, one notice only) stands in `invariants`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from .said import said


class State(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    ACCEPTED = "accepted"
    PAUSED = "paused"
    DECIDED = "decided"
    CLOSED = "closed"
    REFUSED = "refused"
    NOT_NEEDED = "not_needed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    VOID = "void"
    FORWARDED = "forwarded"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return _STATE_LABELS[self]


class Verb(StrEnum):
    """What can be done to a case."""

    SUBMIT = "submit"
    RECEIVE = "receive"
    ACCEPT = "accept"
    DEEM_ACCEPTED = "deem-accepted"
    ASK_SUPPLEMENT = "ask-supplement"
    SUPPLEMENT = "supplement"
    REFUSE = "refuse"
    NOT_NEEDED = "not-needed"
    OPINE = "opine"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    DECIDE = "decide"
    ISSUE = "issue"
    DELIVER = "deliver"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    VOID = "void"
    RETURN = "return"
    FORWARD = "forward"

    @property
    def label(self) -> str:
        """The verb in Chinese."""
        return _VERB_LABELS[self]


_STATE_LABELS = {
    State.DRAFT: said("暂存"),
    State.RECEIVED: said("已收件"),
    State.SUPPLEMENT: said("待补正"),
    State.ACCEPTED: said("已受理"),
    State.PAUSED: said("特别程序中"),
    State.DECIDED: said("已决定"),
    State.CLOSED: said("已办结"),
    State.REFUSED: said("不予受理"),
    State.NOT_NEEDED: said("不受理"),
    State.RETURNED: said("已退件"),
    State.WITHDRAWN: said("已撤回"),
    State.VOID: said("已作废"),
    State.FORWARDED: said("已转报"),
}

_VERB_LABELS = {
    Verb.SUBMIT: said("提交"),
    Verb.RECEIVE: said("收件"),
    Verb.ACCEPT: said("受理"),
    Verb.DEEM_ACCEPTED: said("视为受理"),
    Verb.ASK_SUPPLEMENT: said("要求补正"),
    Verb.SUPPLEMENT: said("补正"),
    Verb.REFUSE: said("不予受理"),
    Verb.NOT_NEEDED: said("不受理"),
    Verb.OPINE: said("出具意见"),
    Verb.PAUSE: said("启动特别程序"),
    Verb.RESUME: said("结束特别程序"),
    Verb.EXTEND: said("延长期限"),
    Verb.DECIDE: said("作出决定"),
    Verb.ISSUE: said("制作结果"),
    Verb.DELIVER: said("送达"),
    Verb.CLOSE: said("办结"),
    Verb.WITHDRAW: said("撤回"),
    Verb.VOID: said("作废"),
    Verb.RETURN: said("退件"),
    Verb.FORWARD: said("转报"),
}

_BY_STATE: dict[State, dict[Verb, State]] = {
    State.DRAFT: {
        Verb.SUBMIT: State.RECEIVED,
        Verb.RECEIVE: State.RECEIVED,  # paper that came by post: nobody pressed submit
    },
    State.RECEIVED: {
        Verb.ACCEPT: State.ACCEPTED,  # 许可法 32(5)
        Verb.DEEM_ACCEPTED: State.ACCEPTED,  # 许可法 32(4), last clause
        Verb.ASK_SUPPLEMENT: State.SUPPLEMENT,  # 许可法 32(4)
        Verb.REFUSE: State.REFUSED,  # 许可法 32(2): not this body's power
        Verb.NOT_NEEDED: State.NOT_NEEDED,  # 许可法 32(1): no licence is needed
        Verb.WITHDRAW: State.WITHDRAWN,
        Verb.VOID: State.VOID,
    },
    State.SUPPLEMENT: {
        Verb.SUPPLEMENT: State.RECEIVED,  # the acceptance clock begins anew
        Verb.RETURN: State.RETURNED,  # never supplemented
        Verb.WITHDRAW: State.WITHDRAWN,
        Verb.VOID: State.VOID,
    },
    State.ACCEPTED: {
        Verb.OPINE: State.ACCEPTED,
        Verb.PAUSE: State.PAUSED,  # 许可法 45
        Verb.EXTEND: State.ACCEPTED,  # 许可法 42
        Verb.DECIDE: State.DECIDED,  # 许可法 38
        Verb.FORWARD: State.FORWARDED,  # 许可法 35, 43: the lower body hands up
        Verb.RETURN: State.RETURNED,  # what was promised (容缺) never came
        Verb.WITHDRAW: State.WITHDRAWN,
        Verb.VOID: State.VOID,
    },
    State.PAUSED: {
        Verb.RESUME: State.ACCEPTED,
        Verb.WITHDRAW: State.WITHDRAWN,
        Verb.VOID: State.VOID,
    },
    State.DECIDED: {
        Verb.ISSUE: State.DECIDED,  # 许可法 44
        Verb.DELIVER: State.DECIDED,  # 许可法 44
        Verb.CLOSE: State.CLOSED,
        Verb.VOID: State.VOID,
    },
}

TRANSITIONS: Mapping[tuple[State, Verb], State] = MappingProxyType(
    {(state, verb): target for state, verbs in _BY_STATE.items() for verb, target in verbs.items()}
)
"""Every step a case can take."""

FINAL: frozenset[State] = frozenset(State) - frozenset(_BY_STATE)
"""The states nothing leads out of."""

BEFORE_DECISION: frozenset[State] = frozenset({State.RECEIVED, State.SUPPLEMENT, State.ACCEPTED, State.PAUSED})
"""The states in which the applicant may still withdraw."""


class NotPossible(Exception):
    """The state does not allow the verb. `sentence` says so in Chinese; `code` is stable."""

    code = "not_possible_in_state"

    def __init__(self, state: State, verb: Verb) -> None:
        self.state, self.verb = state, verb
        self.sentence = said("办件当前状态为“{state}”，不能进行“{verb}”操作。", state=state.label, verb=verb.label)
        super().__init__(self.sentence)


def step(state: State, verb: Verb) -> State:
    """The state a verb leads to. Raises NotPossible."""
    try:
        return TRANSITIONS[state, verb]
    except KeyError:
        raise NotPossible(state, verb) from None


def possible(state: State) -> frozenset[Verb]:
    """The verbs that a state allows."""
    return frozenset(_BY_STATE.get(state, ()))
