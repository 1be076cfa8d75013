"""The law: what a lawyer could dispute, as pure functions with dated, cited numbers.

It is for: working days, limits, states, completeness, conditions, identifiers, cards, masking; plain values in and out.
It is not for: storing, asking, showing, or reading the clock of the machine. It imports the standard library only.
Each module's rule stands in words, with a worked table, under docs/rules/.
"""
