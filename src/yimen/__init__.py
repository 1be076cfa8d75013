"""yimen (一门): a city's government services behind one door.

The packages below are rooms; they stand in the order in which an application walks through the house.
`docs/plan.md` is the plan, `pyproject.toml` ([tool.importlinter]) keeps it.
"""

__version__ = "0.1.0"
