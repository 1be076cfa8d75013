"""Doors of the counter: who stands here, what they want, the checklist, and what is done at the window afterwards."""
