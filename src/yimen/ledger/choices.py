"""Words that entries use for what happened."""

from __future__ import annotations


def case_chain(number: str) -> str:
    """The chain of an application and the case it becomes: one story, one chain."""
    return f"case:{number}"


def subject_chain(subject: int) -> str:
    """The chain of one person's or firm's own data: changes of it, and looks at it."""
    return f"subject:{subject}"


LOOK = "look"
