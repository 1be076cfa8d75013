"""审批: the edition's steps as tasks, one after another or side by side; opinions; readiness for decision.

It can't ask for anything that is not on the edition's list, and whoever accepted a case can't review it (受审分离).
"""
